import { type Acknowledgements, acknowledge } from "../domain/release/acknowledge.ts";
import { pathsOfRelease } from "../domain/release/paths-of-release.ts";
import type { RangeWork } from "../domain/release/range-works.ts";
import { releasePagePath } from "../domain/release/release-page.ts";
import { readReleaseSettings } from "../domain/release/release-settings.ts";
import type { Deps } from "./deps.ts";
import { findReleaseRange, isUntagged } from "./find-release-range.ts";
import { gatherReleaseCredits } from "./gather-release-credits.ts";
import { toCreditSettings } from "./judge-pull-request.ts";
import { readOwnLogin } from "./read-own-login.ts";
import type { ConfiguredRelease } from "./read-release-as-configured.ts";
import { resolveTeams } from "./resolve-teams.ts";

/** Whom a release thanks, and for what. */
export interface Thanks {
  readonly acknowledgements: Acknowledgements;
  readonly works: readonly RangeWork[];
  /** When the release was published; null for what is not yet. */
  readonly until: Date | null;
  /** The page with everybody on it; null where there is none. */
  readonly page: string | null;
  /** The teams that the settings name and nobody is known of. */
  readonly unknownTeams: readonly string[];
}

/** Finds out whom a release thanks. Null where there is no commit that it is at. Throws what GitHubClient throws. */
export async function decideThanks(deps: Deps, configured: ConfiguredRelease): Promise<Thanks | null> {
  const { client, key, release, surroundings, configuration } = configured;
  const { repository } = surroundings;
  const range = await findReleaseRange(client, release, surroundings);
  if (range === null) return null;
  const ownLogin = await readOwnLogin(deps, key.installationId);
  const { rules, prefixes, excludedTeams, ownTeams } = readReleaseSettings(configuration);
  const globs = pathsOfRelease(prefixes, release.tag);
  const wanted = { key, range, repository, globs, settings: toCreditSettings(configuration, ownLogin) };
  const { works, credits } = await gatherReleaseCredits(deps, client, wanted);
  const teams = await resolveTeams(deps, key.installationId, [...excludedTeams, ...ownTeams]);
  const membersOf = (names: readonly string[]): string[] => names.flatMap((team) => teams.members.get(team) ?? []);
  const acknowledgements = acknowledge(credits, {
    ...rules,
    release: isUntagged(release) ? null : release.tag,
    range: range.name,
    exclude: [...rules.exclude, ...membersOf(excludedTeams)],
    team: [...rules.team, ...membersOf(ownTeams)],
  });
  // Who is in a team is not kept, so that no page could leave them out.
  const page = excludedTeams.length > 0 ? null : pageOf(deps, configured);
  return { acknowledgements, works, until: range.until, page, unknownTeams: teams.unknown };
}

/** Of what is private, or a draft, there is none. */
function pageOf({ publicUrl }: Pick<Deps, "publicUrl">, { release, surroundings }: ConfiguredRelease): string | null {
  const { repository } = surroundings;
  if (publicUrl === null || repository.isPrivate || release.isDraft) return null;
  return `${publicUrl}${releasePagePath(repository, release.tag)}`;
}
