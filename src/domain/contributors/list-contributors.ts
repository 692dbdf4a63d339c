import { compareByCodePoint } from "../compare-by-code-point.ts";
import { compareNames } from "../compare-names.ts";
import { isExcluded } from "../config/is-excluded.ts";
import type { PublicPerson } from "../credit/public-person.ts";
import { type Role, roles } from "../credit/roles.ts";
import type { AssistantPolicy } from "../credit/tally.ts";

/** Somebody with all that they ever did in a repository. */
export interface Contributor extends PublicPerson {
  readonly roles: ReadonlySet<Role>;
}

interface ListedContributor extends Pick<PublicPerson, "name" | "login" | "url"> {
  /** In the order in which roles are shown. */
  readonly roles: readonly Role[];
}

/** Whom the file names. */
export interface Contributors {
  readonly people: readonly ListedContributor[];
  readonly assistants: readonly ListedContributor[];
}

export interface ContributorRules {
  /** Logins or names of whoever is not to be listed; `*` stands for anything. */
  readonly exclude: readonly string[];
  readonly assistants: AssistantPolicy;
}

/**
 * Everybody to name, by name and then by key: never by how much they did, so that two branches that both add somebody
 * change different lines. Whoever has no name at all is not there.
 */
export function listContributors(
  contributors: readonly Contributor[],
  { exclude, assistants }: ContributorRules,
): Contributors {
  const named = contributors
    .filter(({ name }) => name.trim() !== "")
    .filter(({ name, login }) => ![name, login].some((one) => one !== null && isExcluded(exclude, one)))
    .toSorted((left, right) => compareNames(left.name, right.name) || compareByCodePoint(left.key, right.key));
  const isApart = ({ isAssistant }: Contributor): boolean => isAssistant && assistants !== "count";
  return {
    people: named.filter((one) => !isApart(one)).map(toListed),
    assistants: assistants === "hide" ? [] : named.filter(isApart).map(toListed),
  };
}

function toListed({ name, login, url, roles: own }: Contributor): ListedContributor {
  return { name, login, url, roles: roles.filter((role) => own.has(role)) };
}
