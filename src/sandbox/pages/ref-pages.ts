import type { Hono } from "hono";
import { type Forge, gitDirectory } from "../forge.ts";
import { readCommits } from "../git/commits.ts";
import { type GitRef, listRefs } from "../git/refs.ts";
import type { Repository } from "../model/repository.ts";
import { summarizeCommit } from "./commit-summary.ts";
import { contentPath, issuePath, repositoryPath } from "./paths.ts";
import { releasePath } from "./release-pages.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";

/** The lists of branches and tags. */
export function addRefPages(app: Hono, site: Site): void {
  const { forge } = site;
  for (const [kind, prefix, title] of [
    ["branches", "refs/heads/", "Branches"],
    ["tags", "refs/tags/", "Tags"],
  ] as const) {
    app.get(`/:owner/:repository/${kind}`, async (context) => {
      const repository = requireRepository(forge, context);
      const refs = await viewRefs(forge, repository, prefix);
      const data = { frame: frameOf(forge, repository, "Code"), title, refs };
      return showPage(site, context, { template: "refs", title, data });
    });
  }
}

async function viewRefs(forge: Forge, repository: Repository, prefix: "refs/heads/" | "refs/tags/") {
  const directory = gitDirectory(forge, repository);
  const refs = await listRefs(directory, prefix);
  const commits = await readCommits(directory, refs.map(commitOf));
  return refs.map((ref, index) => {
    const name = ref.name.slice(prefix.length);
    const commit = commits[index];
    const pull = [...repository.issues.values()].findLast((issue) => issue.pull?.head.branch === name);
    const isBranch = prefix === "refs/heads/";
    const release = isBranch ? undefined : repository.releases.find(({ draft, tagName }) => !draft && tagName === name);
    return {
      name,
      href: commit ? contentPath(repository, { kind: "tree", revision: isBranch ? name : commitOf(ref) }) : null,
      isDefault: isBranch && name === repository.defaultBranch,
      commit: commit ? summarizeCommit(forge, repository, commit) : null,
      compare:
        isBranch && pull === undefined && name !== repository.defaultBranch
          ? `${repositoryPath(repository)}/compare?${new URLSearchParams({ head: name }).toString()}`
          : null,
      release: release === undefined ? null : releasePath(forge, release),
      newRelease:
        isBranch || release !== undefined
          ? null
          : `${repositoryPath(repository)}/releases/new?${new URLSearchParams({ tag: name }).toString()}`,
      pull: isBranch && pull ? { number: pull.number, href: issuePath(pull) } : null,
    };
  });
}

function commitOf({ sha, peeled }: GitRef): string {
  return peeled?.sha ?? sha;
}
