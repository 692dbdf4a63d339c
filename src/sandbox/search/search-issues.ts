import type { Forge } from "../forge.ts";
import { type Caller, canSee, may } from "../identity/access.ts";
import type { Account } from "../model/account.ts";
import type { Issue } from "../model/issue.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { findAccount } from "../model/state.ts";
import { Refusal } from "../refusal.ts";
import { parseSearch, type SearchTerm } from "./parse-search.ts";
import { issueQualifiers, type SearchMistake, type Test } from "./search-qualifiers.ts";
import { textTest } from "./text-test.ts";

/** GitHub shows no more of what a search finds. */
export const mostFound = 1000;

export interface IssueSearch {
  readonly search: string;
  readonly caller: Caller;
  /** Whom `@me` stands for. */
  readonly viewer: Account | null;
}

const places = ["repo", "org", "user"];
/** Those of GitHub's that the sandbox does not have: no answer would be right. */
const absent = new Set(
  "archived comments draft interactions language linked milestone no project reactions reason review review-requested status team team-review-requested user-review-requested".split(
    " ",
  ),
);
const known = new Set([...places, ...Object.keys(issueQualifiers), "in", "sort", ...absent]);

const unknownPlace =
  "The listed users and repositories cannot be searched either because the resources do not exist or you do not have permission to view them.";

/**
 * Finds issues and pull requests, the newest first where the search names no other order, among those that the caller
 * may read. Gives what cannot be searched for instead, which REST refuses and in which GraphQL finds nothing. Throws a
 * Refusal for a qualifier that GitHub has and the sandbox has not.
 * https://docs.github.com/search-github/searching-on-github/searching-issues-and-pull-requests
 */
export function searchIssues(forge: Forge, { search, caller, viewer }: IssueSearch): Issue[] | SearchMistake {
  const terms = parseSearch(search, known);
  const repositories = repositoriesIn(forge, terms, caller);
  if ("mistake" in repositories) return repositories;
  const asker = { state: forge.state, viewer };
  const within = valuesOf(terms, "in");
  const tests: Test[] = [];
  for (const { qualifier, values, isExcluded } of terms) {
    if (qualifier !== null && absent.has(qualifier)) {
      throw new Refusal(422, `The sandbox has no ${qualifier}: in searches`);
    }
    const read = qualifier === null ? (value: string) => textTest(value, within) : issueQualifiers[qualifier];
    if (read === undefined) continue;
    const some: Test[] = [];
    for (const value of values) {
      const test = read(value, asker);
      if (typeof test !== "function") return test;
      some.push(test);
    }
    tests.push((issue) => some.some((test) => test(issue)) !== isExcluded);
  }
  const all = repositories.flatMap((repository) => readableIn(repository, caller));
  return inOrder(
    all.filter((issue) => tests.every((test) => test(issue))),
    valuesOf(terms, "sort")[0],
  );
}

function valuesOf(terms: readonly SearchTerm[], name: string): string[] {
  return terms.flatMap(({ qualifier, values }) => (qualifier === name ? values.map((one) => one.toLowerCase()) : []));
}

/** Where to look: everywhere, or where one of the qualifiers says, as long as the caller sees anything there. */
function repositoriesIn(
  { state }: Forge,
  terms: readonly SearchTerm[],
  caller: Caller,
): readonly Repository[] | SearchMistake {
  const visible = [...state.repositories.values()].filter((repository) => canSee(caller, repository));
  const named = terms.filter(({ qualifier }) => qualifier !== null && places.includes(qualifier));
  const namesOf = (isWanted: boolean, names: readonly string[]): Set<string> =>
    new Set(
      named.flatMap(({ qualifier, values, isExcluded }) =>
        isExcluded !== isWanted && names.includes(qualifier ?? "") ? values.map((one) => one.toLowerCase()) : [],
      ),
    );
  const isIn = (repository: Repository, isWanted: boolean): boolean =>
    namesOf(isWanted, ["repo"]).has(fullName(repository).toLowerCase()) ||
    namesOf(isWanted, ["org", "user"]).has(repository.owner.login.toLowerCase());
  const left = visible.filter((repository) => !isIn(repository, false));
  if (named.every(({ isExcluded }) => isExcluded)) return left;
  const found = left.filter((repository) => isIn(repository, true));
  const owners = [...namesOf(true, ["org", "user"])];
  // An owner of nothing is searched in vain, yet not by mistake.
  if (found.length > 0 || owners.some((login) => findAccount(state, login) !== null)) return found;
  return { mistake: unknownPlace };
}

/** What an app was not granted to read is not found by it. */
function readableIn(repository: Repository, caller: Caller): Issue[] {
  const mayRead = (name: string): boolean => may(caller, repository, { role: "read", permissions: [[name, "read"]] });
  const [issues, pulls] = [mayRead("issues"), mayRead("pull_requests")];
  return [...repository.issues.values()].filter(({ pull }) => (pull === null ? issues : pulls));
}

const orders: Readonly<Record<string, (issue: Issue) => number>> = {
  created: ({ createdAt }) => createdAt.getTime(),
  updated: ({ updatedAt }) => updatedAt.getTime(),
  comments: ({ comments }) => comments.length,
  reactions: ({ reactions }) => reactions.length,
  interactions: ({ comments, reactions }) => comments.length + reactions.length,
};

/** As in `created-asc`; downwards where no direction is named. Of two at the same moment the later one counts as newer. */
function inOrder(issues: readonly Issue[], sort = "created"): Issue[] {
  const [name = ""] = sort.split("-");
  const key = (Object.hasOwn(orders, name) ? orders[name] : undefined) ?? ((issue: Issue) => issue.createdAt.getTime());
  const sign = sort.endsWith("-asc") ? 1 : -1;
  return issues.toSorted((one, other) => sign * (key(one) - key(other) || one.id - other.id));
}
