import { changeRefs, tipOf } from "../../../actions/change-refs.ts";
import { writeFiles } from "../../../actions/contents.ts";
import { gitDirectory } from "../../../forge.ts";
import { isAncestor } from "../../../git/ancestry.ts";
import { isValidRefName } from "../../../git/ref-names.ts";
import { readRef } from "../../../git/refs.ts";
import { requireWorkflows } from "../../../identity/workflow-access.ts";
import type { Repository } from "../../../model/repository.ts";
import { findRepository } from "../../../model/state.ts";
import { actorOf, type Context } from "../../context.ts";
import type { RefObject } from "../../git-objects.ts";
import { requireWrite } from "../../permissions.ts";
import { noSuchNode, Problem } from "../../problem.ts";
import { findTarget } from "../find-target.ts";
import { toCommit, toObject } from "../git-nodes.ts";
import { requireNode } from "../query.ts";

interface CommitInput {
  readonly branch: {
    readonly id?: string | null;
    readonly branchName?: string | null;
    readonly repositoryNameWithOwner?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

export const branchMutations = {
  createRef: async (
    context: Context,
    { repositoryId, name, oid }: { repositoryId: string; name: string; oid: string },
  ) => {
    const { value: repository } = await findTarget(context, repositoryId, ["Repository"]);
    requireContents(context, repository, "createRef");
    if (!isValidRefName(name)) throw new Problem("UNPROCESSABLE", `'${name}' is not a valid ref name.`);
    const directory = gitDirectory(context.forge, repository);
    if ((await readRef(directory, name)) !== null) {
      throw new Problem("UNPROCESSABLE", `A ref named "${name}" already exists in the repository.`);
    }
    await requireObject(context, repository, oid);
    await changeRefs(context.forge, { repository, changes: [{ ref: name, from: null, to: oid }] }, actorOf(context));
    return { ref: await readRefObject(context, repository, name) };
  },
  updateRef: async (
    context: Context,
    { refId, oid, force }: { refId: string; oid: string; force?: boolean | null },
  ) => {
    const { repository, ref } = await findRef(context, refId);
    requireContents(context, repository, "updateRef");
    await requireObject(context, repository, oid);
    const isForward = await isAncestor(gitDirectory(context.forge, repository), ref.sha, oid);
    if (force !== true && !isForward) throw new Problem("UNPROCESSABLE", "Update is not a fast forward");
    await changeRefs(
      context.forge,
      { repository, changes: [{ ref: ref.name, from: ref.sha, to: oid }] },
      actorOf(context),
    );
    return { ref: await readRefObject(context, repository, ref.name) };
  },
  deleteRef: async (context: Context, { refId }: { refId: string }) => {
    const { repository, ref } = await findRef(context, refId);
    requireContents(context, repository, "deleteRef");
    if (ref.name === `refs/heads/${repository.defaultBranch}`) {
      throw new Problem("UNPROCESSABLE", "The default branch cannot be deleted.");
    }
    await changeRefs(
      context.forge,
      { repository, changes: [{ ref: ref.name, from: ref.sha, to: null }] },
      actorOf(context),
    );
    return {};
  },
  createCommitOnBranch: async (context: Context, { branch, expectedHeadOid, message, fileChanges }: CommitInput) => {
    const { repository, name } = await findBranch(context, branch);
    requireContents(context, repository, "createCommitOnBranch");
    const tip = await tipOf(context.forge, repository, name);
    if (tip === null) throw new Problem("NOT_FOUND", `No ref found for branch "${name}".`);
    if (tip !== expectedHeadOid) {
      throw new Problem(
        "STALE_DATA",
        `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`,
      );
    }
    const additions = (fileChanges?.additions ?? []).map(({ path, contents }) => {
      return { path, mode: "100644", content: Buffer.from(contents, "base64") };
    });
    const deletions = (fileChanges?.deletions ?? []).map(({ path }) => ({ path, mode: "100644", content: null }));
    const text = message.body ? `${message.headline}\n\n${message.body}` : message.headline;
    const files = [...deletions, ...additions];
    requireWorkflows(
      context.caller,
      files.map(({ path }) => path),
    );
    const wanted = { repository, branch: name, files, message: text, expected: tip };
    const sha = await writeFiles(context.forge, wanted, actorOf(context));
    return {
      commit: await toCommit(context, repository, sha),
      ref: await readRefObject(context, repository, `refs/heads/${name}`),
    };
  },
};

function requireContents(context: Context, repository: Repository, mutation: string): void {
  requireWrite(context, repository, { mutation, role: "write", permissions: [["contents", "write"]] });
}

async function findRef(context: Context, id: string): Promise<RefObject> {
  const found = await requireNode(context, id);
  if (!isRef(found)) throw noSuchNode(id);
  // Others may have moved it since this request began.
  const { repository, ref } = found;
  return readRefObject(context, repository, ref.name);
}

function isRef(found: object): found is RefObject {
  return "__typename" in found && found["__typename"] === "Ref";
}

async function readRefObject({ forge }: Context, repository: Repository, name: string): Promise<RefObject> {
  const ref = await readRef(gitDirectory(forge, repository), name);
  if (ref === null) throw new Problem("NOT_FOUND", `Could not resolve to a Ref with the name '${name}'.`);
  return { __typename: "Ref", repository, ref };
}

async function requireObject(context: Context, repository: Repository, oid: string): Promise<void> {
  if (/^[\da-f]{40}$/.test(oid) && (await toObject(context, repository, oid)) !== null) return;
  throw new Problem("NOT_FOUND", `Could not resolve to a GitObject with the oid of '${oid}'.`);
}

/** A branch is named by its id, or by its name and its repository's. */
async function findBranch(context: Context, { id, branchName, repositoryNameWithOwner }: CommitInput["branch"]) {
  if (id) {
    const { repository, ref } = await findRef(context, id);
    return { repository, name: ref.name.replace(/^refs\/heads\//, "") };
  }
  const [owner = "", name = ""] = (repositoryNameWithOwner ?? "").split("/");
  const found = findRepository(context.forge.state, owner, name);
  if (found === null)
    throw new Problem("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  return { repository: found, name: (branchName ?? "").replace(/^refs\/heads\//, "") };
}
