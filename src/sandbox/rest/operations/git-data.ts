import { changeRefs } from "../../actions/change-refs.ts";
import { refuseTree, signatureOf } from "../../actions/contents.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { isAncestor } from "../../git/ancestry.ts";
import { readBlob, writeBlob } from "../../git/blobs.ts";
import { readCommits, writeCommit } from "../../git/commits.ts";
import { isObjectId } from "../../git/object-ids.ts";
import { readObjectTypes } from "../../git/objects.ts";
import { isValidRefName } from "../../git/ref-names.ts";
import { type GitRef, listRefs, readRef } from "../../git/refs.ts";
import { resolveCommit } from "../../git/resolve-commit.ts";
import { readTag, writeTag } from "../../git/tags.ts";
import { findEntry, readTree } from "../../git/trees.ts";
import { writeTree } from "../../git/write-tree.ts";
import { requireWorkflows } from "../../identity/workflow-access.ts";
import type { Repository } from "../../model/repository.ts";
import { presentGitCommit, presentSignature, refNodeId } from "../../present/commit.ts";
import { repositoryUrl } from "../../present/repository.ts";
import { notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, toRead, toWrite } from "../operation.ts";
import { readSignature } from "./contents.ts";

const toReadContents = toRead("contents");
const toWriteContents = toWrite("write", "contents");
/** GitHub's limit for a blob that is read through the API, in bytes. */
const largestBlob = 100 * 1024 * 1024;

export const gitOperations: readonly Operation[] = [
  inRepository("git/create-blob", toWriteContents, async ({ forge, repository, body }) => {
    await requireCommits(forge, repository);
    const bytes = Buffer.from(body.content, body.encoding === "base64" ? "base64" : "utf8");
    const sha = await writeBlob(gitDirectory(forge, repository), bytes);
    return created({ sha, url: `${gitUrl(forge, repository)}/blobs/${sha}` });
  }),
  inRepository("git/get-blob", toReadContents, async ({ forge, repository, parameters, accept }) => {
    const { file_sha: sha } = parameters;
    const content = await readBlob(gitDirectory(forge, repository), sha);
    if (content === null) throw notFound();
    if (content.length > largestBlob) throw new Refusal(403, "This API returns blobs up to 100 MB in size.");
    if (/\braw\b/.test(accept)) return { status: 200, raw: { contentType: "application/vnd.github.raw", content } };
    return ok({
      sha,
      node_id: `B_${Buffer.from(`${repository.id}:${sha}`).toString("base64url")}`,
      size: content.length,
      url: `${gitUrl(forge, repository)}/blobs/${sha}`,
      content: content.toString("base64"),
      encoding: "base64",
    });
  }),
  inRepository("git/create-tree", toWriteContents, async ({ forge, caller, repository, body }) => {
    await requireCommits(forge, repository);
    requireWorkflows(
      caller,
      body.tree.map(({ path = "" }) => path),
    );
    const directory = gitDirectory(forge, repository);
    const base = body.base_tree === undefined ? null : await findTree(directory, body.base_tree);
    const entries = [];
    for (const { path = "", mode = "100644", sha, content } of body.tree) {
      const object = content === undefined ? (sha ?? null) : await writeBlob(directory, Buffer.from(content));
      entries.push({ path, mode, sha: object });
    }
    const sha = await writeTree(directory, { base, entries }).catch(refuseTree);
    return created(await presentTree(forge, repository, { sha, recursive: false }));
  }),
  inRepository("git/get-tree", toReadContents, async ({ forge, repository, parameters }) => {
    await requireCommits(forge, repository);
    const directory = gitDirectory(forge, repository);
    const commit = isObjectId(parameters.tree_sha) ? null : await resolveCommit(directory, parameters.tree_sha);
    const sha = await findTree(directory, commit ?? parameters.tree_sha);
    return ok(await presentTree(forge, repository, { sha, recursive: parameters.recursive !== undefined }));
  }),
  inRepository("git/create-commit", toWriteContents, async (request) => {
    const { forge, repository, body } = request;
    await requireCommits(forge, repository);
    const directory = gitDirectory(forge, repository);
    const parents = body.parents ?? [];
    const types = await readObjectTypes(directory, [body.tree, ...parents]);
    if (types.get(body.tree) !== "tree") throw new Refusal(422, "Tree SHA does not exist");
    if (parents.some((sha) => types.get(sha) !== "commit"))
      throw new Refusal(422, "Parent SHA does not exist or is not a commit object");
    const self = signatureOf(forge, actorOf(request).account);
    const author = body.author === undefined ? self : readSignature(forge, body.author);
    const committer = body.committer === undefined ? author : readSignature(forge, body.committer);
    const sha = await writeCommit(directory, { tree: body.tree, parents, author, committer, message: body.message });
    return created(await readGitCommit(forge, repository, sha));
  }),
  inRepository("git/get-commit", toReadContents, async ({ forge, repository, parameters }) => {
    return ok(await readGitCommit(forge, repository, parameters.commit_sha));
  }),
  inRepository("git/get-ref", toReadContents, async ({ forge, repository, parameters }) => {
    await requireCommits(forge, repository);
    return ok(presentRef(forge, repository, await requireRef(forge, repository, parameters.ref)));
  }),
  inRepository("git/list-matching-refs", toReadContents, async ({ forge, repository, parameters }) => {
    const refs = await listRefs(gitDirectory(forge, repository), `refs/${parameters.ref}`);
    return ok(refs.map((ref) => presentRef(forge, repository, ref)));
  }),
  inRepository("git/create-ref", toWriteContents, async (request) => {
    const { forge, repository, body } = request;
    await requireCommits(forge, repository);
    if (!/^refs\/(heads|tags)\/./.test(body.ref) || !isValidRefName(body.ref))
      throw new Refusal(422, "Reference name is not valid");
    await requireObject(forge, repository, { ref: body.ref, sha: body.sha });
    if ((await readRef(gitDirectory(forge, repository), body.ref)) !== null)
      throw new Refusal(422, "Reference already exists");
    await changeRefs(forge, { repository, changes: [{ ref: body.ref, from: null, to: body.sha }] }, actorOf(request));
    return created(presentRef(forge, repository, await requireRef(forge, repository, body.ref.slice("refs/".length))));
  }),
  inRepository("git/update-ref", toWriteContents, async (request) => {
    const { forge, repository, parameters, body } = request;
    const directory = gitDirectory(forge, repository);
    const ref = await readRef(directory, `refs/${parameters.ref}`);
    if (ref === null) throw new Refusal(422, "Reference does not exist");
    await requireObject(forge, repository, { ref: ref.name, sha: body.sha });
    if (body.force !== true && !(await isAncestor(directory, ref.sha, body.sha))) {
      throw new Refusal(422, "Update is not a fast forward");
    }
    await changeRefs(
      forge,
      { repository, changes: [{ ref: ref.name, from: ref.sha, to: body.sha }] },
      actorOf(request),
    );
    return ok(presentRef(forge, repository, await requireRef(forge, repository, parameters.ref)));
  }),
  inRepository("git/delete-ref", toWriteContents, async (request) => {
    const { forge, repository, parameters } = request;
    const ref = await readRef(gitDirectory(forge, repository), `refs/${parameters.ref}`);
    if (ref === null) throw new Refusal(422, "Reference does not exist");
    if (ref.name === `refs/heads/${repository.defaultBranch}`)
      throw new Refusal(422, "Cannot delete the default branch");
    await changeRefs(forge, { repository, changes: [{ ref: ref.name, from: ref.sha, to: null }] }, actorOf(request));
    return done();
  }),
  inRepository("git/create-tag", toWriteContents, async (request) => {
    const { forge, repository, body } = request;
    const directory = gitDirectory(forge, repository);
    const types = await readObjectTypes(directory, [body.object]);
    if (types.get(body.object) !== body.type) throw new Refusal(422, "Object does not exist");
    const tagger =
      body.tagger === undefined ? signatureOf(forge, actorOf(request).account) : readSignature(forge, body.tagger);
    const sha = await writeTag(directory, {
      object: body.object,
      type: body.type,
      tag: body.tag,
      message: body.message,
      tagger,
    });
    return created(await presentTag(forge, repository, sha));
  }),
  inRepository("git/get-tag", toReadContents, async ({ forge, repository, parameters }) => {
    return ok(await presentTag(forge, repository, parameters.tag_sha));
  }),
];

function gitUrl(forge: Forge, repository: Repository): string {
  return `${repositoryUrl(forge, repository)}/git`;
}

/** In a repository without commits git's data can be neither read nor written over the API. */
async function requireCommits(forge: Forge, repository: Repository): Promise<void> {
  const [first] = await listRefs(gitDirectory(forge, repository), "refs/");
  if (first === undefined) throw new Refusal(409, "Git Repository is empty.");
}

async function findTree(directory: string, sha: string): Promise<string> {
  const root = await findEntry(directory, sha, "");
  if (root === null) throw notFound();
  return root.sha;
}

async function presentTree(
  forge: Forge,
  repository: Repository,
  { sha, recursive }: { sha: string; recursive: boolean },
) {
  const entries = (await readTree(gitDirectory(forge, repository), sha, { recursive })) ?? [];
  return {
    sha,
    url: `${gitUrl(forge, repository)}/trees/${sha}`,
    tree: entries.map((entry) => ({
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...(entry.size === null ? {} : { size: entry.size }),
      ...(entry.type === "commit" ? {} : { url: `${gitUrl(forge, repository)}/${entry.type}s/${entry.sha}` }),
    })),
    truncated: false,
  };
}

async function readGitCommit(forge: Forge, repository: Repository, sha: string) {
  const [commit] = await readCommits(gitDirectory(forge, repository), [sha]);
  if (commit === null || commit === undefined) throw notFound();
  return presentGitCommit(forge, repository, commit);
}

async function requireRef(forge: Forge, repository: Repository, name: string): Promise<GitRef> {
  const ref = await readRef(gitDirectory(forge, repository), `refs/${name}`);
  if (ref === null) throw notFound();
  return ref;
}

/** Branches lead to commits, tags to anything. */
async function requireObject(
  forge: Forge,
  repository: Repository,
  { ref, sha }: { ref: string; sha: string },
): Promise<void> {
  const type = (await readObjectTypes(gitDirectory(forge, repository), [sha])).get(sha);
  if (type === undefined) throw new Refusal(422, "Object does not exist");
  if (ref.startsWith("refs/heads/") && type !== "commit") throw new Refusal(422, "Reference update failed");
}

function presentRef(forge: Forge, repository: Repository, { name, sha, type }: GitRef) {
  return {
    ref: name,
    node_id: refNodeId(repository, name),
    url: `${gitUrl(forge, repository)}/${name}`,
    object: { sha, type, url: `${gitUrl(forge, repository)}/${type}s/${sha}` },
  };
}

async function presentTag(forge: Forge, repository: Repository, sha: string) {
  const tag = await readTag(gitDirectory(forge, repository), sha);
  if (tag === null) throw notFound();
  return {
    node_id: `TA_${Buffer.from(`${repository.id}:${sha}`).toString("base64url")}`,
    sha,
    url: `${gitUrl(forge, repository)}/tags/${sha}`,
    tag: tag.tag,
    message: tag.message,
    tagger: tag.tagger === null ? { name: "", email: "", date: "" } : presentSignature(tag.tagger),
    object: { type: tag.type, sha: tag.object, url: `${gitUrl(forge, repository)}/${tag.type}s/${tag.object}` },
    verification: { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null },
  };
}
