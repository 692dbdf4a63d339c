import type { Configuration } from "../config/configuration-schema.ts";
import { matchesPath } from "../config/matches-path.ts";
import type { AcknowledgementRules } from "./acknowledge.ts";
import type { PathRoles } from "./credit-paths.ts";

/** How a repository's releases thank people. */
export interface ReleaseSettings {
  /** Of the rules, what does not change from one release to another. */
  readonly rules: Required<Omit<AcknowledgementRules, "release" | "range">>;
  /** Teams that are not to be listed, as `acme/platform`: who is in them, only GitHub knows. */
  readonly excludedTeams: readonly string[];
  /** Teams whose people stand apart from the community, likewise. */
  readonly ownTeams: readonly string[];
  /** One that comes with the product, or a file in `.github/curtain-call/`. */
  readonly template: string;
  readonly trailers: Configuration["credit"]["trailers"];
  /** Whether commenting on a pull request makes a helper of somebody. */
  readonly commenters: boolean;
  /** The roles that are given by paths; empty where no path gives any. */
  readonly paths: PathRoles;
  readonly prefixes: Configuration["acknowledgements"]["prefixes"];
}

/** Reads what the settings of a repository say about its releases. */
export function readReleaseSettings({ credit, acknowledgements }: Configuration): ReleaseSettings {
  const { sort, mentions, template, prefixes } = acknowledgements;
  const { people, teams } = splitTeams(acknowledgements.exclude);
  const own = splitTeams(acknowledgements.team);
  const { trailers, commenters, exclude: uncredited, assistants } = credit;
  const rules = { sort, mentions, exclude: people, team: own.people, uncredited, assistants };
  const paths = Object.entries(credit.paths)
    .filter(([, globs]) => globs.length > 0)
    .map(([role, globs]) => [role, (path: string) => matchesPath(globs, path)] as const);
  return {
    rules,
    excludedTeams: teams,
    ownTeams: own.teams,
    template,
    trailers,
    commenters,
    paths: Object.fromEntries(paths),
    prefixes,
  };
}

/** People, and teams such as `@acme/platform` without the `@`, which somebody may write before a login too. */
export function splitTeams(names: readonly string[]): {
  readonly people: readonly string[];
  readonly teams: readonly string[];
} {
  return {
    people: names.filter((name) => !isTeam(name)).map((name) => name.replace(/^@/, "")),
    teams: names.filter(isTeam).map((name) => name.slice(1)),
  };
}

function isTeam(name: string): boolean {
  return /^@[^/]+\/[^/]+$/.test(name);
}
