import type { TaskOf } from "../domain/task.ts";
import { answerComment } from "./answer-comment.ts";
import type { Deps } from "./deps.ts";
import { settingsLastInForce } from "./settings-in-force.ts";

/**
 * Somebody said something, or took it back: its commands are answered, and where commenting gives credit, the pull
 * request is looked at again.
 */
export async function lookAtComment(deps: Deps, task: TaskOf<"comment">): Promise<void> {
  if (task.mayCommand) await answerComment(deps, task);
  const { database, enqueue } = deps;
  const { installationId, repositoryId, owner, name, number, isPullRequest } = task;
  if (!isPullRequest) return;
  const { credit } = await settingsLastInForce(database, { installationId, repositoryId });
  if (!credit.commenters) return;
  await enqueue({ kind: "pull request", installationId, repositoryId, owner, name, number });
}
