import type { Configuration } from "../domain/config/configuration-schema.ts";
import { PostponeUntil } from "../domain/postpone-until.ts";
import type { TaskOf } from "../domain/task.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type ReleaseSurroundings, readReleaseSurroundings } from "../github/read-release-surroundings.ts";
import { type Release, readRelease } from "../github/releases.ts";
import { forgetRelease } from "../store/releases.ts";
import { isHistoryLoading } from "../store/repositories.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";
import { configurationPath } from "./read-as-configured.ts";
import { settingsInForce } from "./settings-in-force.ts";

export type ReleasePlace = Omit<TaskOf<"release">, "kind">;

/** A release whose thanks are wanted, with all that is needed to find out whose they are. */
export interface ConfiguredRelease {
  readonly kind: "wanted";
  readonly client: GitHubClient;
  readonly key: RepositoryKey;
  readonly release: Release;
  readonly surroundings: ReleaseSurroundings;
  readonly configuration: Configuration;
}

/** What editing a release takes; drafts are shown to nobody with less. */
const permissions = { contents: "write", metadata: "read" } as const;
/** How long to wait for a history that is being read, in milliseconds. */
const waiting = 15_000;

/**
 * Reads a release with the settings in force; `isAsked` where somebody asked for its thanks, whatever the settings say. Says why
 * where there is nothing to do. Throws what GitHubClient throws, and PostponeUntil while the history is being read.
 */
export async function readReleaseAsConfigured(
  { database, octokitFor, enqueue, clock }: Deps,
  place: ReleasePlace,
  { isAsked }: { readonly isAsked: boolean },
): Promise<ConfiguredRelease | { readonly kind: "no release" | "not wanted" }> {
  const { installationId, repositoryId, owner, name, tag, releaseId: id } = place;
  const key = { installationId, repositoryId };
  const client = octokitFor(installationId, { repositoryId, permissions });
  const release = await readRelease(client, place, { id, tag });
  if (release === null) {
    if (id !== null) await forgetRelease(database, key, id);
    return { kind: "no release" };
  }
  const wish = { owner, name, tag: release.tag, target: release.target, configurationPath };
  const surroundings = await readReleaseSurroundings(client, wish);
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (surroundings.repository.id !== repositoryId || surroundings.repository.owner !== owner) {
    await enqueue({ kind: "repository", ...key, owner, name });
    return { kind: "not wanted" };
  }
  const texts = { ...surroundings.configuration, proposed: null };
  const configuration = await settingsInForce(database, { ...key, texts });
  if (!(configuration.acknowledgements.releases || isAsked)) return { kind: "not wanted" };
  if (await isHistoryLoading(database, key)) {
    throw new PostponeUntil(new Date(clock().getTime() + waiting), "the repository's history is being read");
  }
  return { kind: "wanted", client, key, release, surroundings, configuration };
}
