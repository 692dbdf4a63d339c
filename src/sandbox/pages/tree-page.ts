import type { Context, Hono } from "hono";
import type { TreeEntry } from "../../git/parse-tree.ts";
import { tipOf } from "../actions/change-refs.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { readBlob } from "../git/blobs.ts";
import { countCommits, listCommits } from "../git/list-commits.ts";
import { listRefs } from "../git/refs.ts";
import { findEntry, readTree } from "../git/trees.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { notFound } from "../refusal.ts";
import { summarizeCommit } from "./commit-summary.ts";
import { crumbsTo } from "./crumbs.ts";
import { contentPath, repositoryPath } from "./paths.ts";
import { renderFile } from "./people-text.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type NamedContent, readRevision } from "./revision-in-address.ts";
import { type Site, showPage } from "./site.ts";

/** A README larger than this, in bytes, is not shown below the files. */
const largestReadme = 512 * 1024;

/** The files of a repository: of its default branch at its own address, of any revision below `/tree/`. */
export function addTreePages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/:owner/:repository", async (context) => {
    const repository = requireRepository(forge, context);
    const commit = await tipOf(forge, repository, repository.defaultBranch);
    if (commit === null) return showEmpty(site, context, repository);
    return showTree(site, context, { repository, revision: repository.defaultBranch, commit, path: "" });
  });
  app.get("/:owner/:repository/tree/*", async (context) => {
    const repository = requireRepository(forge, context);
    return showTree(site, context, { repository, ...(await readRevision(forge, repository, context)) });
  });
}

function showEmpty(site: Site, context: Context, repository: Repository): Response {
  const data = { frame: frameOf(site.forge, repository, "Code"), ...aboutOf(site.forge, repository) };
  return showPage(site, context, { template: "empty-repository", title: fullName(repository), data });
}

type Place = NamedContent & { readonly repository: Repository };

async function showTree(site: Site, context: Context, place: Place): Promise<Response> {
  const { forge } = site;
  const { repository, revision, commit, path } = place;
  const directory = gitDirectory(forge, repository);
  const folder = await findEntry(directory, commit, path);
  if (folder?.type === "blob") return context.redirect(contentPath(repository, { kind: "blob", revision, path }));
  if (folder?.type !== "tree") throw notFound();
  const [entries, [latest], count, branches, tags] = await Promise.all([
    readTree(directory, folder.sha),
    listCommits(directory, { include: [commit], limit: 1, ...(path === "" ? {} : { paths: [path] }) }),
    countCommits(directory, { include: [commit] }),
    listRefs(directory, "refs/heads/"),
    listRefs(directory, "refs/tags/"),
  ]);
  const data = {
    frame: frameOf(forge, repository, "Code"),
    ...aboutOf(forge, repository),
    isHome: path === "",
    revision,
    crumbs: crumbsTo(repository, { revision, path }),
    parent: path === "" ? null : contentPath(repository, { kind: "tree", revision, path: parentOf(path) }),
    latest: latest === undefined ? null : summarizeCommit(forge, repository, latest),
    commits: { count, href: contentPath(repository, { kind: "commits", revision }) },
    branches: branches.length,
    tags: tags.length,
    entries: sortEntries(entries ?? []).map((entry) => viewEntry(place, entry)),
    readme: await findReadme(forge, place, entries ?? []),
  };
  return showPage(site, context, { template: "tree", title: path === "" ? fullName(repository) : path, data });
}

function aboutOf({ web }: Forge, repository: Repository) {
  const { description, homepage, topics, defaultBranch } = repository;
  const isAddress = /^https?:\/\//i.test(homepage ?? "");
  const path = repositoryPath(repository);
  return { description, homepage, isAddress, topics, defaultBranch, path, cloneAddress: `${web}${path}.git` };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function sortEntries(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries.toSorted((one, other) => Number(other.type === "tree") - Number(one.type === "tree"));
}

const kinds: Readonly<Record<string, string>> = { "040000": "folder", "120000": "link", "160000": "submodule" };

function viewEntry({ repository, revision, path }: Place, { path: name, mode, type, size }: TreeEntry) {
  const full = path === "" ? name : `${path}/${name}`;
  const kind = type === "tree" ? "tree" : "blob";
  return {
    name,
    kind: kinds[mode] ?? "file",
    isFolder: type === "tree",
    href: type === "commit" ? null : contentPath(repository, { kind, revision, path: full }),
    size,
  };
}

async function findReadme(forge: Forge, place: Place, entries: readonly TreeEntry[]) {
  const { repository, revision, path } = place;
  const entry = entries.find(({ path: name, type }) => type === "blob" && /^readme\.(?:md|markdown)$/i.test(name));
  if (entry === undefined || (entry.size ?? 0) > largestReadme) return null;
  const bytes = await readBlob(gitDirectory(forge, repository), entry.sha);
  const file = {
    text: bytes?.toString("utf8") ?? "",
    revision,
    path: path === "" ? entry.path : `${path}/${entry.path}`,
  };
  return { name: entry.path, html: await renderFile(forge, repository, file) };
}
