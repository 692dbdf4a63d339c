import type { TaskOf } from "../domain/task.ts";
import { readDefaultBranch } from "../github/read-default-branch.ts";
import { keepSettingsTree } from "../store/repositories.ts";
import { countDirectCommits } from "./count-direct-commits.ts";
import type { Deps } from "./deps.ts";
import { toCreditSettings } from "./judge-pull-request.ts";
import { readOwnLogin } from "./read-own-login.ts";
import { keepsContributors, settingsInForce, settingsLastInForce } from "./settings-in-force.ts";

/**
 * The default branch has moved: what came there without a pull request counts by itself. Where the repository's settings
 * changed, all that is open is looked at again: what a pull request consists of does not change with its base, as GitHub
 * has it, until somebody touches it.
 */
export async function lookAtDefaultBranch(deps: Deps, task: TaskOf<"default branch">): Promise<void> {
  const { database, octokitFor, enqueue } = deps;
  const { installationId, repositoryId, owner, name } = task;
  const permissions = { contents: "read", metadata: "read", pull_requests: "read" } as const;
  const client = octokitFor(installationId, { repositoryId, permissions });
  const { repository, head, settingsTree, configuration: text, open } = await readDefaultBranch(client, task);
  const key = { installationId, repositoryId };
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (repository.id !== repositoryId || repository.owner !== owner) {
    await enqueue({ kind: "repository", ...key, owner, name });
    return;
  }
  if (await keepSettingsTree(database, key, settingsTree)) {
    for (const number of open) await enqueue({ kind: "pull request", ...key, owner, name, number });
  }
  if (head === null) return;
  const texts = { repository: text, organization: null, proposed: null };
  const configuration =
    text === null ? await settingsLastInForce(database, key) : await settingsInForce(database, { ...key, texts });
  const settings = toCreditSettings(configuration, await readOwnLogin(deps, key.installationId));
  await countDirectCommits(deps, task, { client, repository, head, settings });
  if (keepsContributors(configuration)) await enqueue({ kind: "contributors", ...key, owner, name });
}
