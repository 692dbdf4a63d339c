import type { Action } from "../domain/action.ts";
import type { Configuration } from "../domain/config/configuration-schema.ts";
import { isExcluded } from "../domain/config/is-excluded.ts";
import { matchesPath } from "../domain/config/matches-path.ts";
import { creditCheckName, decideCreditCheck } from "../domain/credit/credit-check.ts";
import { composeCreditComment, creditMarker } from "../domain/credit/credit-comment.ts";
import { compareLanded, foreseeMerge } from "../domain/credit/merge-outlook.ts";
import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import { creditPullRequest } from "../domain/credit/pull-request-credits.ts";
import { applyActions } from "../github/apply-actions.ts";
import { InstallationGone, InstallationSuspended, MissingPermission, NotThere, ReadOnly } from "../github/errors.ts";
import { type PullRequestReading, type PullRequestWish, readPullRequest } from "../github/read-pull-request.ts";
import { renderCreditCheck } from "../render/render-credit-check.ts";
import { renderCreditComment } from "../render/render-credit-comment.ts";
import type { Deps, PullRequestJob, Templates } from "./deps.ts";
import { keepCredits } from "./keep-credits.ts";
import { mistakesProposed, settingsInForce } from "./settings-in-force.ts";

const configurationPath = ".github/curtain-call.yml";
/** What reading a pull request and commenting on it takes. */
const permissions = { contents: "read", issues: "read", metadata: "read", pull_requests: "write" } as const;

/**
 * Makes the comment, the check and the stored credit of one pull request true, by what GitHub says of it now. Running
 * it twice, late or out of order comes to the same.
 */
export async function keepCreditComment(deps: Deps, job: PullRequestJob): Promise<void> {
  try {
    await keepTrue(deps, job);
  } catch (error) {
    if (error instanceof MissingPermission) {
      const missing = error.permissions.join(", ");
      deps.log.warn({ installation: job.installationId, missing }, "an installation has not granted what this needs");
      return;
    }
    if (!isState(error)) throw error;
    deps.log.info({ installation: job.installationId, state: error.name }, "nothing can be written there now");
  }
}

/**
 * An installation that is gone or asleep, a repository that it does not reach (any more), and a conversation that is
 * closed to all, are states and no failures.
 */
function isState(error: unknown): error is Error {
  const states = [InstallationGone, InstallationSuspended, NotThere, ReadOnly];
  return states.some((state) => error instanceof state);
}

async function keepTrue(deps: Deps, job: PullRequestJob): Promise<void> {
  const { installationId, repositoryId, owner, name, number } = job;
  const wish = { owner, name, number, marker: creditMarker, configurationPath };
  const { client, first } = await readAsAllowed(deps, job, wish);
  if (first === null) return;
  const configuration = await settingsInForce(deps.database, {
    installationId,
    repositoryId,
    texts: first.configuration,
  });
  const wantsComments = configuration.credit.commenters;
  const wantsFiles = Object.values(configuration.credit.paths).some((globs) => globs.length > 0);
  // What is asked for rarely is read only where it is, so that an ordinary pull request takes one query.
  const reading =
    wantsComments || wantsFiles ? await readPullRequest(client, { ...wish, wantsComments, wantsFiles }) : first;
  if (reading === null) return;

  const decision = decide(reading, { configuration, templates: deps.templates });
  await keepCredits(deps, { installationId, reading, decision });
  const place = { owner: reading.facts.repository.owner, name: reading.facts.repository.name };
  await applyActions(client, place, decision.comment === null ? [] : [decision.comment]);
  if (decision.check === null) return;
  try {
    const checker = deps.octokitFor(installationId, {
      repositoryId,
      permissions: { checks: "write", metadata: "read" },
    });
    await applyActions(checker, place, [decision.check]);
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    deps.log.warn(
      { installation: installationId, missing: error.permissions.join(", ") },
      "the check is asked for and not allowed",
    );
  }
}

/** Where issues may not be read, all is known but who reported them. */
async function readAsAllowed(deps: Deps, { installationId, repositoryId }: PullRequestJob, wish: PullRequestWish) {
  const client = deps.octokitFor(installationId, { repositoryId, permissions });
  try {
    return { client, first: await readPullRequest(client, wish) };
  } catch (error) {
    if (!(error instanceof MissingPermission) || error.permissions.join() !== "issues: read") throw error;
    const { issues: withheld, ...others } = permissions;
    deps.log.info(
      { installation: installationId, missing: `issues: ${withheld}` },
      "who reported an issue is not known",
    );
    const narrower = deps.octokitFor(installationId, { repositoryId, permissions: others });
    return { client: narrower, first: await readPullRequest(narrower, wish) };
  }
}

/** Pure: from what GitHub says to what shall be. */
function decide(
  { facts, head, configuration: texts }: PullRequestReading,
  { configuration, templates }: { configuration: Configuration; templates: Templates },
) {
  const { comment, check } = configuration.credit;
  const settings = toSettings(configuration);
  const credits = creditPullRequest(facts, settings);
  const outlook = foreseeMerge(facts, credits, settings);
  const landed = compareLanded(facts, credits, settings);
  const source = { facts, credits, outlook, settings: { ...settings, comment } };
  // Who is new can be told only where the history is known, which it is not yet.
  const said = composeCreditComment({
    ...source,
    landed,
    isNewcomer: () => false,
    hasCommands: false,
    configurationErrors: mistakesProposed(texts),
  });
  const checked = decideCreditCheck(source, check);
  return {
    credits,
    landed,
    comment: said === null ? null : upsert(facts, renderCreditComment(said, templates.comment)),
    check:
      checked === null || head === null
        ? null
        : ({
            kind: "set check",
            sha: head,
            name: creditCheckName,
            conclusion: checked.conclusion,
            ...renderCreditCheck(checked, templates.check),
          } satisfies Action),
  };
}

function upsert({ number, ownComment }: PullRequestReading["facts"], body: string): Action {
  return { kind: "upsert comment", number, marker: creditMarker, body, existing: ownComment };
}

function toSettings({ credit }: Configuration): CreditSettings {
  const paths = Object.entries(credit.paths).map(([role, globs]) => {
    return [role, (path: string) => matchesPath(globs ?? [], path)] as const;
  });
  return {
    assistants: credit.assistants,
    commenters: credit.commenters,
    trailers: credit.trailers,
    paths: Object.fromEntries(paths),
    isExcluded: (login) => isExcluded(credit.exclude, login),
  };
}
