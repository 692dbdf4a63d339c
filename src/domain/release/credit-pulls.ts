import { linkTarget, nameOf } from "../credit/named-person.ts";
import type { CreditSettings, PullRequestCredit } from "../credit/pull-request-credit.ts";
import { creditDirectCommit, creditPullRequest } from "../credit/pull-request-credits.ts";
import type { CommitFacts, PullRequestFacts, RepositoryFacts } from "../credit/pull-request-facts.ts";
import { roles } from "../credit/roles.ts";
import type { ReleaseCredit } from "./acknowledge.ts";

/** What GitHub tells of a release. */
export interface ReleaseFacts {
  readonly repository: Pick<RepositoryFacts, "url" | "owner" | "name">;
  readonly pulls: readonly PullRequestFacts[];
  /** The commits that no pull request brought, and what each changes, where paths give roles. */
  readonly commits: readonly { readonly facts: CommitFacts; readonly paths: readonly string[] }[];
}

/** Whether an account, by its number, has done nothing there before. */
type IsNewcomer = (account: number) => boolean;

/** The accounts that have credit in a release, each once. */
export function accountsInRelease(
  facts: ReleaseFacts,
  settings: CreditSettings,
): readonly { readonly id: number; readonly login: string }[] {
  const people = creditWorks(facts, settings).flatMap(({ credits }) => credits.map(({ person }) => person));
  const accounts = people.flatMap(({ id, login, assistant }) =>
    id === null || login === null || assistant !== null ? [] : [[id, { id, login }] as const],
  );
  return [...new Map(accounts).values()];
}

/** The credits of a release, by its pull requests, and by the commits that came without one. */
export function creditPulls(
  facts: ReleaseFacts,
  settings: CreditSettings,
  isNewcomer: IsNewcomer,
): readonly ReleaseCredit[] {
  const name = nameOf(facts.repository);
  return creditWorks(facts, settings).flatMap(({ work, pull, credits }) =>
    credits.map(({ person, role }) => {
      const { key, login, id, assistant } = person;
      const named = name(person);
      const url = named.url === null || assistant !== null ? null : linkTarget(named.url);
      const isNew = id !== null && assistant === null && isNewcomer(id);
      const shown = { key, name: named.name || (login ?? ""), login, url };
      return { person: { ...shown, isAssistant: assistant !== null, isNewcomer: isNew }, role, work, pull };
    }),
  );
}

interface CreditedWork {
  readonly work: string;
  readonly pull: number | null;
  readonly credits: readonly PullRequestCredit[];
}

function creditWorks({ pulls, commits }: ReleaseFacts, given: CreditSettings): readonly CreditedWork[] {
  // Where assistants are to be shown is decided for the whole release.
  const settings: CreditSettings = { ...given, assistants: "section" };
  const byPulls = pulls.map((facts) => {
    const { credits, assistants } = creditPullRequest(facts, settings);
    return { work: `pull request ${facts.number}`, pull: facts.number, credits: [...credits, ...assistants] };
  });
  const byCommits = commits.map(({ facts, paths }) => {
    const { credits, assistants } = creditDirectCommit(facts, settings);
    const all = [...credits, ...assistants];
    return { work: facts.sha, pull: null, credits: [...all, ...creditPathsOf(all, paths, settings)] };
  });
  return [...byPulls, ...byCommits];
}

function creditPathsOf(
  credits: readonly PullRequestCredit[],
  changed: readonly string[],
  { paths }: Pick<CreditSettings, "paths">,
): readonly PullRequestCredit[] {
  const given = roles.filter((role) => changed.some((path) => paths[role]?.(path)));
  return credits
    .filter(({ role }) => role === "author")
    .flatMap((credit) => given.map((role) => ({ ...credit, role })));
}
