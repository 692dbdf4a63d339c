import { changeRefs } from "../../../actions/change-refs.ts";
import { gitDirectory } from "../../../forge.ts";
import { isAncestor } from "../../../git/ancestry.ts";
import { isObjectId, noObject } from "../../../git/object-ids.ts";
import { isValidRefName } from "../../../git/ref-names.ts";
import { readRef } from "../../../git/refs.ts";
import type { RefChange } from "../../../git/update-refs.ts";
import type { Repository } from "../../../model/repository.ts";
import { actorOf, type Context } from "../../context.ts";
import { requireWrite } from "../../permissions.ts";
import { Problem } from "../../problem.ts";
import { findTarget } from "../find-target.ts";
import { toObject } from "../git-nodes.ts";

interface RefUpdate {
  readonly name: string;
  readonly afterOid: string;
  readonly beforeOid?: string | null;
  readonly force?: boolean | null;
}

/** Makes, moves and deletes refs, all or none, each only where it is as its caller thinks; an id of zeros is no object. */
export const refMutations = {
  updateRefs: async (
    context: Context,
    { repositoryId, refUpdates }: { repositoryId: string; refUpdates: readonly RefUpdate[] },
  ) => {
    const { value: repository } = await findTarget(context, repositoryId, ["Repository"]);
    requireWrite(context, repository, {
      mutation: "updateRefs",
      role: "write",
      permissions: [["contents", "write"]],
    });
    const changes: RefChange[] = [];
    for (const update of refUpdates) changes.push(await toChange(context, repository, update));
    await changeRefs(context.forge, { repository, changes }, actorOf(context));
    return {};
  },
};

async function toChange(
  context: Context,
  repository: Repository,
  { name, afterOid, beforeOid, force }: RefUpdate,
): Promise<RefChange> {
  if (!isValidRefName(name)) throw new Problem("UNPROCESSABLE", `'${name}' is not a valid ref name.`);
  const directory = gitDirectory(context.forge, repository);
  const now = (await readRef(directory, name))?.sha ?? null;
  // Where it is not as its caller thinks, git refuses the change.
  const from = beforeOid === undefined || beforeOid === null ? now : orNone(beforeOid);
  const to = orNone(afterOid);
  if (to === null && name === `refs/heads/${repository.defaultBranch}`) {
    throw new Problem("UNPROCESSABLE", "The default branch cannot be deleted.");
  }
  if (to !== null && (!isObjectId(to) || (await toObject(context, repository, to)) === null)) {
    throw new Problem("NOT_FOUND", `Could not resolve to a GitObject with the oid of '${to}'.`);
  }
  const isBackward = from !== null && to !== null && from === now && !(await isAncestor(directory, from, to));
  if (isBackward && force !== true) throw new Problem("UNPROCESSABLE", "Update is not a fast forward");
  return { ref: name, from, to };
}

function orNone(oid: string): string | null {
  return oid === noObject ? null : oid;
}
