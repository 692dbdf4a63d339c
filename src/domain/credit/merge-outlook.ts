import { createTrailerReader, identitiesIn, ownCommits } from "./commit-claims.ts";
import { type Landing, readLanding } from "./landing.ts";
import { pasteTrailers, trailerFor } from "./paste-trailers.ts";
import type { CreditedPerson, CreditSettings, PullRequestCredit, PullRequestCredits } from "./pull-request-credit.ts";
import type { PullRequestFacts } from "./pull-request-facts.ts";
import { createPullRequestPeople, type PullRequestPeople } from "./pull-request-people.ts";
import type { Role } from "./roles.ts";
import { expectSquash } from "./squash-message.ts";

type MergeMethod = "squash" | "merge" | "rebase";

/** What a merge would make of one person's credit in one role. */
export interface Fate {
  readonly person: CreditedPerson;
  readonly role: Role;
  readonly fate: "kept" | "lost" | "may be lost";
  /** The commits stay; the message names them; it does, but git does not see it; GitHub does not say; or it does not. */
  readonly reason: "commits stay" | "named" | "hidden" | "undocumented" | "left out";
}

/** Somebody whom a commit names at an address that no account has. */
interface UnlinkedPerson {
  readonly person: CreditedPerson;
  readonly role: "author" | "co-author";
  readonly sha: string;
  readonly url: string;
  /**
   * The trailer to use if this is the one person of this name whose account is known: a guess, never a join. Null for the
   * pull request's author too, whom a squash names anyway.
   */
  readonly instead: string | null;
}

export interface MergeOutlook {
  /** By each method that the repository allows, the credits that stand in commits. */
  readonly methods: readonly { readonly method: MergeMethod; readonly fates: readonly Fate[] }[];
  readonly unlinked: readonly UnlinkedPerson[];
  /** What to paste so that all are in the commit that lands. */
  readonly trailers: readonly string[];
}

/** What became of the credit that the commits of a pull request held. */
export interface LandedCredit {
  /** The commit that landed last. */
  readonly sha: string;
  readonly url: string;
  readonly isSquash: boolean;
  readonly kept: readonly CreditedPerson[];
  /** In the message, where git's own parse does not see them. */
  readonly hidden: readonly CreditedPerson[];
  readonly leftOut: readonly CreditedPerson[];
}

/** Says what each way to merge would keep and lose. */
export function foreseeMerge(
  facts: PullRequestFacts,
  promised: PullRequestCredits,
  settings: Pick<CreditSettings, "trailers">,
): MergeOutlook {
  const readTrailers = createTrailerReader(settings.trailers);
  const people = createPullRequestPeople(facts, identitiesIn(facts, readTrailers));
  const author = facts.author === null ? null : people.byAccount(facts.author);
  const inCommits = creditsInCommits(promised);
  const squash = expectSquash(facts, people);
  const squashed = readLanding([{ author, message: squash.message }], { people, readTrailers });
  const methods = (["squash", "merge", "rebase"] as const).filter((method) => facts.repository.allows[method]);
  return {
    methods: methods.map((method) => ({
      method,
      fates: inCommits.map(({ person, role }) => ({
        person,
        role,
        ...(method === "squash" ? fateIn(squashed(person, role), squash.isUncertain) : staying),
      })),
    })),
    unlinked: findUnlinked(facts, promised, people),
    trailers: pasteTrailers(promised.credits, author),
  };
}

/** Compares what landed with what was promised; null before the merge. */
export function compareLanded(
  facts: PullRequestFacts,
  promised: PullRequestCredits,
  settings: Pick<CreditSettings, "trailers">,
): LandedCredit | null {
  const last = facts.landed?.commits.at(-1);
  if (facts.landed === null || last === undefined) return null;
  const readTrailers = createTrailerReader(settings.trailers);
  const people = createPullRequestPeople(facts, identitiesIn(facts, readTrailers));
  // A merge commit brings the pull request's own commits along.
  const isMerge = last.parents > 1;
  const commits = [...facts.landed.commits, ...(isMerge ? ownCommits(facts) : [])];
  const landing = readLanding(
    commits.map(({ authors: [author], message }) => ({
      author: author === undefined ? null : people.byIdentity(author),
      message,
    })),
    { people, readTrailers },
  );
  const byPlace = Map.groupBy(personsIn(creditsInCommits(promised)), (credits) => placeOf(credits, landing));
  const personsAt = (place: Place): CreditedPerson[] => {
    return (byPlace.get(place) ?? []).flatMap(([credit]) => credit?.person ?? []);
  };
  return {
    sha: last.sha,
    url: last.url,
    isSquash: !isMerge && facts.landed.commits.length === 1,
    kept: personsAt("kept"),
    hidden: personsAt("hidden"),
    leftOut: personsAt("left out"),
  };
}

type Place = "kept" | "hidden" | "left out";

function placeOf(credits: readonly PullRequestCredit[], landing: Landing): Place {
  const found = credits.map(({ person, role }) => landing(person, role));
  if (found.some((one) => one === "author" || one === "strict")) return "kept";
  return found.includes("tolerant") ? "hidden" : "left out";
}

const staying = { fate: "kept", reason: "commits stay" } as const;

function fateIn(found: ReturnType<Landing>, isUncertain: boolean): Pick<Fate, "fate" | "reason"> {
  if (found === "author" || found === "strict") return { fate: "kept", reason: "named" };
  if (found === "tolerant") return { fate: "may be lost", reason: "hidden" };
  return isUncertain ? { fate: "may be lost", reason: "undocumented" } : { fate: "lost", reason: "left out" };
}

/** Reviews and issues stand on GitHub, whatever the commit says; only what commits say can be lost with them. */
function creditsInCommits({ credits }: PullRequestCredits): PullRequestCredit[] {
  return credits.filter(({ evidence }) => evidence.some(({ kind }) => kind === "commit" || kind === "trailer"));
}

function personsIn(credits: readonly PullRequestCredit[]): PullRequestCredit[][] {
  return [...Map.groupBy(credits, ({ person }) => person.key).values()];
}

function findUnlinked(
  facts: PullRequestFacts,
  { credits }: PullRequestCredits,
  people: PullRequestPeople,
): UnlinkedPerson[] {
  const credited = new Map(credits.map(({ person }) => [person.key, person]));
  const unlinked = new Map<string, UnlinkedPerson>();
  for (const { authors, sha, url } of ownCommits(facts)) {
    for (const [index, actor] of authors.entries()) {
      const person = credited.get(people.byIdentity(actor).key);
      const isKnown = person === undefined || person.assistant !== null || person.id !== null || actor.account !== null;
      if (isKnown || unlinked.has(person.key)) continue;
      const instead = namesake(person, [...credited.values()]);
      unlinked.set(person.key, {
        person,
        role: index === 0 ? "author" : "co-author",
        sha,
        url,
        instead:
          instead === null || (facts.author !== null && instead.id === facts.author.id)
            ? null
            : trailerFor(instead, "co-author"),
      });
    }
  }
  return [...unlinked.values()];
}

/** The one person with an account and the same name. */
function namesake({ name }: CreditedPerson, among: readonly CreditedPerson[]): CreditedPerson | null {
  const same = among.filter((one) => one.id !== null && name !== "" && one.name.toLowerCase() === name.toLowerCase());
  return same.length === 1 ? (same[0] ?? null) : null;
}
