import type { Configuration } from "../domain/config/configuration-schema.ts";
import { creditMarker } from "../domain/credit/credit-comment.ts";
import { addSuperseded } from "../github/add-superseded.ts";
import { MissingPermission } from "../github/errors.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type PullRequestReading, type PullRequestWish, readPullRequest } from "../github/read-pull-request.ts";
import type { Deps, PullRequestPlace } from "./deps.ts";
import { settingsInForce } from "./settings-in-force.ts";
import { templatePaths } from "./templates-in-force.ts";

/** Where a repository has its settings. */
export const configurationPath = ".github/curtain-call.yml";
/** What reading a pull request and commenting on it takes. */
const permissions = { contents: "read", issues: "read", metadata: "read", pull_requests: "write" } as const;

export interface ConfiguredReading {
  /** May read the pull request and comment on it. */
  readonly client: GitHubClient;
  readonly reading: PullRequestReading;
  readonly configuration: Configuration;
}

/** What GitHub says of a pull request now, and the settings that are in force there; null where it is gone. */
export async function readAsConfigured(deps: Deps, place: PullRequestPlace): Promise<ConfiguredReading | null> {
  const { installationId, repositoryId, owner, name, number } = place;
  const wish = { owner, name, number, marker: creditMarker, configurationPath, templatePaths };
  const { client, first } = await readAsAllowed(deps, place, wish);
  if (first === null) return null;
  const { repository } = first.facts;
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (repository.id !== repositoryId || repository.owner !== owner) {
    await deps.enqueue({ kind: "repository", installationId, repositoryId, owner, name });
    return null;
  }
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
  if (reading === null) return null;
  const [whole = reading] = await addSuperseded(client, [reading]);
  return { client, reading: whole, configuration };
}

/** Where issues may not be read, all is known but who reported them. */
async function readAsAllowed(deps: Deps, { installationId, repositoryId }: PullRequestPlace, wish: PullRequestWish) {
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
