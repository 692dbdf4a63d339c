import type { TreeEntry } from "../../../git/parse-tree.ts";
import { writeFiles } from "../../actions/contents.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { readBlob } from "../../git/blobs.ts";
import { readCommits } from "../../git/commits.ts";
import { resolveCommit } from "../../git/resolve-commit.ts";
import type { Signature } from "../../git/signatures.ts";
import { findEntry, readTree } from "../../git/trees.ts";
import { requireWorkflows } from "../../identity/workflow-access.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { presentGitCommit } from "../../present/commit.ts";
import { repositoryUrl } from "../../present/repository.ts";
import { invalid, notFound, Refusal } from "../../refusal.ts";
import { type Answer, actorOf, inRepository, type Operation, ok, toRead, toWrite } from "../operation.ts";

/** Larger files come without their content, as GitHub does it. */
const largestContent = 1024 * 1024;
const toReadContents = toRead("contents");
const toWriteContents = toWrite("write", "contents");

export const contentOperations: readonly Operation[] = [
  inRepository("repos/get-content", toReadContents, async ({ forge, repository, parameters, accept }) => {
    const path = cleanPath(parameters.path);
    const place = await findPlace(forge, repository, { path, ref: parameters.ref });
    if (place.entry.type !== "tree") return answerFile(forge, place, accept);
    const entries = await readTree(gitDirectory(forge, repository), place.entry.sha);
    const prefix = path === "" ? "" : `${path}/`;
    return ok(
      (entries ?? []).map((entry) => presentEntry(forge, { ...place, entry: { ...entry, path: prefix + entry.path } })),
    );
  }),
  inRepository("repos/get-readme", toReadContents, async ({ forge, repository, parameters, accept }) => {
    const root = await findPlace(forge, repository, { path: "", ref: parameters.ref });
    const entries = (await readTree(gitDirectory(forge, repository), root.entry.sha)) ?? [];
    const readme = entries.find(({ path, type }) => type === "blob" && /^readme(\.\w+)?$/i.test(path));
    if (readme === undefined) throw notFound();
    return answerFile(forge, { ...root, entry: readme }, accept);
  }),
  inRepository("repos/create-or-update-file-contents", toWriteContents, async (request) => {
    const { forge, repository, parameters, body } = request;
    const path = cleanPath(parameters.path);
    requireWorkflows(request.caller, [path]);
    const branch = body.branch ?? repository.defaultBranch;
    const existing = await findFile(forge, repository, { path, branch });
    requireSha(existing, body.sha, path);
    const commit = await writeFiles(
      forge,
      {
        repository,
        branch,
        message: body.message,
        files: [{ path, mode: existing?.mode ?? "100644", content: decode(body.content) }],
        ...signaturesOf(forge, body),
      },
      actorOf(request),
    );
    const answer = await presentWrite(forge, repository, { path, commit });
    return { status: existing === null ? 201 : 200, body: answer };
  }),
  inRepository("repos/delete-file", toWriteContents, async (request) => {
    const { forge, repository, parameters, body } = request;
    const path = cleanPath(parameters.path);
    requireWorkflows(request.caller, [path]);
    const branch = body.branch ?? repository.defaultBranch;
    const existing = await findFile(forge, repository, { path, branch });
    if (existing === null) throw notFound();
    requireSha(existing, body.sha, path);
    const files = [{ path, mode: existing.mode, content: null }];
    const wanted = { repository, branch, message: body.message, files, ...signaturesOf(forge, body) };
    const commit = await writeFiles(forge, wanted, actorOf(request));
    return ok({ ...(await presentWrite(forge, repository, { path, commit })), content: null });
  }),
];

/** Something in the tree of a commit. */
interface Place {
  readonly repository: Repository;
  /** As links name the commit. */
  readonly ref: string;
  readonly entry: TreeEntry;
}

async function findPlace(
  forge: Forge,
  repository: Repository,
  { path, ref = repository.defaultBranch }: { path: string; ref: string | undefined },
): Promise<Place> {
  const directory = gitDirectory(forge, repository);
  const commit = await resolveCommit(directory, ref);
  if (commit === null) {
    if (ref === repository.defaultBranch) throw new Refusal(404, "This repository is empty.");
    throw new Refusal(404, `No commit found for the ref ${ref}`);
  }
  const entry = await findEntry(directory, commit, path);
  if (entry === null) throw notFound();
  return { repository, ref, entry };
}

async function findFile(forge: Forge, repository: Repository, { path, branch }: { path: string; branch: string }) {
  const directory = gitDirectory(forge, repository);
  const commit = await resolveCommit(directory, `refs/heads/${branch}`);
  if (commit === null) {
    if (branch === repository.defaultBranch) return null;
    throw new Refusal(404, `Branch ${branch} not found`);
  }
  const entry = await findEntry(directory, commit, path);
  return entry?.type === "blob" ? entry : null;
}

async function answerFile(forge: Forge, place: Place, accept: string): Promise<Answer> {
  const { entry, repository } = place;
  const content = entry.type === "blob" ? await readBlob(gitDirectory(forge, repository), entry.sha) : null;
  if (content !== null && /\braw\b/.test(accept)) {
    return { status: 200, raw: { contentType: "application/vnd.github.raw; charset=utf-8", content } };
  }
  const isLarge = content !== null && content.length > largestContent;
  return ok({
    ...presentEntry(forge, place),
    content: content === null || isLarge ? "" : wrap(content.toString("base64")),
    encoding: isLarge ? "none" : "base64",
  });
}

/** GitHub breaks base64 after sixty characters. */
function wrap(base64: string): string {
  return base64.replace(/.{1,60}/g, "$&\n");
}

const kinds = new Map<string, string>([
  ["tree", "dir"],
  ["blob", "file"],
  ["commit", "submodule"],
]);

function presentEntry(forge: Forge, { repository, ref, entry }: Place) {
  const path = entry.path.split("/").map(encodeURIComponent).join("/");
  const url = `${repositoryUrl(forge, repository)}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const isTree = entry.type === "tree";
  const gitUrl = `${repositoryUrl(forge, repository)}/git/${isTree ? "trees" : "blobs"}/${entry.sha}`;
  const page = `${forge.web}/${fullName(repository)}`;
  const htmlUrl = `${page}/${isTree ? "tree" : "blob"}/${ref}/${path}`;
  return {
    type: kinds.get(entry.type),
    size: entry.size ?? 0,
    name: entry.path.split("/").at(-1) ?? "",
    path: entry.path,
    sha: entry.sha,
    url,
    git_url: gitUrl,
    html_url: htmlUrl,
    download_url: entry.type === "blob" ? `${page}/raw/${ref}/${path}` : null,
    _links: { git: gitUrl, self: url, html: htmlUrl },
  };
}

async function presentWrite(forge: Forge, repository: Repository, { path, commit }: { path: string; commit: string }) {
  const directory = gitDirectory(forge, repository);
  const [read] = await readCommits(directory, [commit]);
  if (read === null || read === undefined) throw new Error(`the commit ${commit} that was just written is gone`);
  const entry = await findEntry(directory, commit, path);
  const content = entry === null ? null : presentEntry(forge, { repository, ref: repository.defaultBranch, entry });
  return { content, commit: presentGitCommit(forge, repository, read) };
}

function cleanPath(path: string): string {
  return path.replace(/^\/+|\/+$/g, "");
}

function requireSha(existing: TreeEntry | null, sha: string | undefined, path: string): void {
  if (existing === null || existing.sha === sha) return;
  if (sha === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  throw new Refusal(409, `${path} does not match ${sha}`);
}

function decode(base64: string): Buffer {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw new Refusal(422, "content is not valid Base64");
  return Buffer.from(base64, "base64");
}

interface Person {
  name?: string;
  email?: string;
  date?: string;
}

function signaturesOf(forge: Forge, { author, committer }: { author?: Person; committer?: Person }) {
  return {
    ...(author === undefined ? {} : { author: readSignature(forge, author) }),
    ...(committer === undefined ? {} : { committer: readSignature(forge, committer) }),
  };
}

/** A signature as requests give it: now, where it names no date. */
export function readSignature(forge: Forge, { name = "", email = "", date }: Person): Signature {
  const moment = date === undefined ? forge.clock() : new Date(date);
  if (Number.isNaN(moment.getTime())) throw invalid({ resource: "Commit", field: "date", code: "invalid" });
  const offset = /([+-]\d{2}):?(\d{2})$/.exec(date ?? "");
  return { name, email, date: moment, offset: offset === null ? "+0000" : `${offset[1]}${offset[2]}` };
}
