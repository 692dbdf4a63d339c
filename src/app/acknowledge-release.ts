import { PostponeUntil } from "../domain/postpone-until.ts";
import { type Acknowledgements, acknowledge } from "../domain/release/acknowledge.ts";
import { findSection } from "../domain/release/find-section.ts";
import { type WrittenSection, writeSection } from "../domain/release/marker-block.ts";
import { pathsOfRelease } from "../domain/release/paths-of-release.ts";
import { releasePagePath } from "../domain/release/release-page.ts";
import { readReleaseSettings } from "../domain/release/release-settings.ts";
import { stateOfRelease } from "../domain/release/release-state.ts";
import type { TaskOf } from "../domain/task.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type ReleaseSurroundings, readReleaseSurroundings } from "../github/read-release-surroundings.ts";
import { type Release, readRelease, updateReleaseBody } from "../github/releases.ts";
import { longestRelease } from "../render/render-acknowledgements.ts";
import { forgetRelease, keepReleaseState, rememberRelease } from "../store/releases.ts";
import { isHistoryLoading } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";
import { findReleaseRange, isUntagged } from "./find-release-range.ts";
import { gatherReleaseCredits } from "./gather-release-credits.ts";
import { toCreditSettings } from "./judge-pull-request.ts";
import { configurationPath } from "./read-as-configured.ts";
import { resolveTeams } from "./resolve-teams.ts";
import { type Sections, sectionsInForce } from "./sections-in-force.ts";
import { settingsInForce } from "./settings-in-force.ts";
import { tellOfEdits, tellOfTeam, tellOfTemplate } from "./tell-of-release.ts";

type ReleasePlace = Omit<TaskOf<"release">, "kind">;

/** What became of a release. */
export type ReleaseOutcome =
  | {
      readonly kind: WrittenSection["outcome"] | "nobody";
      readonly url: string;
      readonly tag: string;
      /** How many people it thanks. */
      readonly people: number;
    }
  /** Nothing was done: there is no such release, no commit that it is at, or nobody wants it. */
  | { readonly kind: "no release" | "no commit" | "not wanted" };

/** What editing a release takes; drafts are shown to nobody with less. */
const permissions = { contents: "write", metadata: "read" } as const;
/** How long to wait for a history that is being read, in milliseconds. */
const waiting = 15_000;

/**
 * Makes the section of a release that thanks people true, and touches nothing else of it. Run again it writes nothing.
 * `isAsked` where somebody asked for it, whatever the settings say. Throws what GitHubClient throws, and PostponeUntil while
 * the history is being read.
 */
export async function acknowledgeRelease(
  deps: Deps,
  place: ReleasePlace,
  { isAsked }: { readonly isAsked: boolean },
): Promise<ReleaseOutcome> {
  const { installationId, repositoryId, owner, name, tag, releaseId: id } = place;
  const { database, octokitFor, enqueue, clock } = deps;
  const key = { installationId, repositoryId };
  const client = octokitFor(installationId, { repositoryId, permissions });
  const release = await readRelease(client, place, { id, tag });
  if (release === null) {
    if (id !== null) await forgetRelease(database, key, id);
    return { kind: "no release" };
  }
  const wish = { owner, name, tag: release.tag, target: release.target, configurationPath };
  const surroundings = await readReleaseSurroundings(client, wish);
  const { repository } = surroundings;
  // What is public can be read wherever it is: it may be somebody else's by now.
  if (repository.id !== repositoryId || repository.owner !== owner) {
    await enqueue({ kind: "repository", ...key, owner, name });
    return { kind: "not wanted" };
  }
  const texts = { ...surroundings.configuration, proposed: null };
  const configuration = await settingsInForce(database, { ...key, texts });
  if (!(configuration.acknowledgements.releases || isAsked)) return { kind: "not wanted" };
  if (await isHistoryLoading(database, key)) {
    throw new PostponeUntil(new Date(clock().getTime() + waiting), "the repository's history is being read");
  }
  const range = await findReleaseRange(client, release, surroundings);
  if (range === null) return { kind: "no commit" };
  const settings = readReleaseSettings(configuration);
  const { prefixes, excludedTeams, ownTeams } = settings;
  const globs = pathsOfRelease(prefixes, release.tag);
  const wanted = { key, range, repository, globs, settings: toCreditSettings(configuration) };
  const { works, credits } = await gatherReleaseCredits(deps, client, wanted);
  const teams = await resolveTeams(deps, installationId, [...excludedTeams, ...ownTeams]);
  const membersOf = (names: readonly string[]): string[] => names.flatMap((team) => teams.members.get(team) ?? []);
  const acknowledgements = acknowledge(credits, {
    ...settings.rules,
    release: isUntagged(release) ? null : release.tag,
    range: range.name,
    exclude: [...settings.rules.exclude, ...membersOf(excludedTeams)],
    team: [...settings.rules.team, ...membersOf(ownTeams)],
  });
  await rememberRelease(database, key, {
    id: release.id,
    tag: release.tag,
    isDraft: release.isDraft,
    range: range.name,
    works,
    publishedAt: range.until,
  });
  const about = { key, repository, release };
  // Who is in a team is not kept, so that no page could leave them out.
  const page = excludedTeams.length > 0 ? null : pageOf(deps, about);
  const sections = await sectionsInForce(deps, client, { repository, configuration, acknowledgements });
  const written = await write(client, { release, repository, acknowledgements, sections, page });
  if (sections.mistake !== null) await tellOfTemplate(deps, about, sections.mistake);
  for (const team of teams.unknown) await tellOfTeam(deps, about, team);
  if (written?.outcome === "replaced" && written.wasEdited) await tellOfEdits(deps, about);
  if (written === null) return { kind: "no release" };
  // As it was when it was read: what changed since is yet to be looked at.
  const listed = surroundings.releases.find((one) => one.id === release.id);
  if (listed !== undefined) {
    await keepReleaseState(database, key, {
      id: release.id,
      state: stateOfRelease({ ...listed, sha: surroundings.tagSha }),
    });
  }
  const people = acknowledgements.people.length;
  return { kind: written.outcome, url: release.url, tag: release.tag, people };
}

interface Writing {
  readonly release: Release;
  readonly repository: ReleaseSurroundings["repository"];
  readonly acknowledgements: Acknowledgements;
  readonly sections: Sections;
  readonly page: string | null;
}

/** The page with everybody on it; of what is private, or a draft, there is none. */
function pageOf(
  { publicUrl }: Pick<Deps, "publicUrl">,
  { repository, release }: Pick<Writing, "repository" | "release">,
): string | null {
  if (publicUrl === null || repository.isPrivate || release.isDraft) return null;
  return `${publicUrl}${releasePagePath(repository, release.tag)}`;
}

/** Writes the section into the release as it is at that moment; null where it is gone. */
async function write(
  client: GitHubClient,
  { release, repository, acknowledgements, sections, page }: Writing,
): Promise<{ readonly outcome: WrittenSection["outcome"] | "nobody"; readonly wasEdited: boolean } | null> {
  let done: Pick<WrittenSection, "wasEdited"> & { readonly outcome: WrittenSection["outcome"] | "nobody" } = {
    outcome: "nobody",
    wasEdited: false,
  };
  const compose = async (body: string): Promise<string | null> => {
    const found = findSection(body);
    const isNobody = acknowledgements.people.length + acknowledgements.assistants.length === 0;
    if (found === null && isNobody) return null;
    const around = found === null ? body.length : body.length - (found.end - found.start);
    const text = await sections.word({ longest: longestRelease - around, page });
    if (text === null) {
      done = { outcome: "unplaced", wasEdited: false };
      return null;
    }
    const written = writeSection(body, { range: acknowledgements.range, text });
    done = written;
    return written.text;
  };
  const place = { owner: repository.owner, name: repository.name };
  const updated = await updateReleaseBody(client, place, { id: release.id, compose });
  return updated === null ? null : done;
}
