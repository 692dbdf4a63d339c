import type { Action } from "../domain/action.ts";
import type { Configuration } from "../domain/config/configuration-schema.ts";
import { contributorRules } from "../domain/contributors/contributor-rules.ts";
import {
  type ContributorsDecision,
  contributorsBranch,
  decideContributors,
} from "../domain/contributors/decide-contributors.ts";
import { listContributors } from "../domain/contributors/list-contributors.ts";
import type { TaskOf } from "../domain/task.ts";
import { applyActions } from "../github/apply-actions.ts";
import { MissingPermission } from "../github/errors.ts";
import { type ContributorsReading, readContributorsFile } from "../github/read-contributors-file.ts";
import { renderContributors, renderContributorsProposal, renderLeftAlone } from "../render/render-contributors.ts";
import { isHistoryLoading } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";
import { findContributors } from "./find-contributors.ts";
import { configurationPath } from "./read-as-configured.ts";
import { settingsInForce, settingsLastInForce } from "./settings-in-force.ts";

type ContributorsTask = TaskOf<"contributors">;

const reading = { contents: "read", metadata: "read", pull_requests: "read" } as const;
const writing = { contents: "write", metadata: "read", pull_requests: "write" } as const;

/**
 * Keeps the file that names everybody, by one pull request: where the settings ask for it, where the ledger knows the
 * whole history, and where the file does not say it already. Running it twice comes to the same.
 */
export async function keepContributors(deps: Deps, task: ContributorsTask): Promise<void> {
  const { database, octokitFor, enqueue } = deps;
  const { installationId, repositoryId, owner, name } = task;
  const key = { installationId, repositoryId };
  const asked = fileIn(await settingsLastInForce(database, key));
  if (asked === undefined || (await isHistoryLoading(database, key))) return;
  const client = octokitFor(installationId, { repositoryId, permissions: reading });
  const found = await readContributorsFile(client, { owner, name, path: asked, configurationPath });
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (found.repository.id !== repositoryId || found.repository.owner !== owner) {
    await enqueue({ kind: "repository", ...key, owner, name });
    return;
  }
  const configuration = await settingsInForce(database, { ...key, texts: found.configuration });
  const path = fileIn(configuration);
  if (path === undefined) return;
  const current = path === asked ? found : await readContributorsFile(client, { owner, name, path, configurationPath });
  const contributors = listContributors(
    await findContributors(database, key, {
      repository: current.repository,
      ownLogin: `${await client.botLogin()}[bot]`,
    }),
    contributorRules(configuration),
  );
  const { people } = contributors;
  const words = renderContributors(contributors, deps.templates.contributors);
  const action = toAction(deps, { path, current }, decideContributors(current, { words, people }));
  if (action !== null) await tryToWrite(deps, task, action);
}

function fileIn({ acknowledgements: { files } }: Configuration): string | undefined {
  return files.contributors;
}

/** What a decision comes to; null where nothing is to be written. */
function toAction(
  { templates: { contributors: templates } }: Deps,
  { path, current }: { readonly path: string; readonly current: ContributorsReading },
  decision: ContributorsDecision,
): Action | null {
  const { repository, base, file, mode } = current;
  const ofBranch = { repositoryId: repository.nodeId, branch: contributorsBranch };
  switch (decision.kind) {
    case "nothing":
      return null;
    case "withdraw":
      return { kind: "withdraw branch", ...ofBranch, from: decision.from };
    case "leave":
      if (decision.number === null) return null;
      return { kind: "upsert comment", number: decision.number, ...renderLeftAlone(contributorsBranch, templates) };
    case "propose": {
      // A repository without commits has no branch that it could go to.
      if (base === null) return null;
      const { text, from, number } = decision;
      const isNew = file !== "unreadable" && file.text === null;
      const said = renderContributorsProposal({ path, base: base.branch, isNew }, templates);
      return { kind: "propose file", ...ofBranch, ...said, path, mode, text, from, base, number };
    }
  }
}

/** Writes it; where that is not granted, it is not asked for again before the next change. */
async function tryToWrite(
  { octokitFor, log }: Pick<Deps, "octokitFor" | "log">,
  { installationId, repositoryId, owner, name }: ContributorsTask,
  action: Action,
): Promise<void> {
  const client = octokitFor(installationId, { repositoryId, permissions: writing });
  try {
    await applyActions(client, { owner, name }, [action]);
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    const missing = error.permissions.join(", ") || "contents: write";
    log.warn({ installation: installationId, missing }, "the file of contributors is asked for and not allowed");
  }
}
