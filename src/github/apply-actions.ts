import type { Action, Applied } from "../domain/action.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { proposeFile } from "./propose-file.ts";
import { react } from "./react.ts";
import { setCheck } from "./set-check.ts";
import { tell } from "./tell.ts";
import { upsertComment } from "./upsert-comment.ts";
import { withdrawBranch } from "./withdraw-branch.ts";

/**
 * Does what was decided, one after the other, and writes only what is not so already. Done again it comes to the same.
 * Throws what GitHubClient throws; what was done until then stays done.
 */
export async function applyActions(
  client: GitHubClient,
  repository: Place,
  actions: readonly Action[],
): Promise<Applied[]> {
  const applied: Applied[] = [];
  for (const action of actions) {
    const one = { action, ...(await apply(client, repository, action)) };
    client.noteApplied(one);
    applied.push(one);
  }
  return applied;
}

function apply(client: GitHubClient, repository: Place, action: Action): Promise<Omit<Applied, "action">> {
  switch (action.kind) {
    case "upsert comment":
      return upsertComment(client, repository, action);
    case "set check":
      return setCheck(client, repository, action);
    case "react":
      return react(client, repository, action);
    case "tell":
      return tell(client, repository, action);
    case "propose file":
      return proposeFile(client, repository, action);
    case "withdraw branch":
      return withdrawBranch(client, action);
  }
}
