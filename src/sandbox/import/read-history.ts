import { createClaimRules, readClaims } from "../../domain/credit/claims.ts";
import type { Identity } from "../../domain/credit/identity.ts";
import { parseMailmap } from "../../domain/credit/mailmap.ts";
import { createPeople, type Person, type SettledPeople } from "../../domain/credit/people.ts";
import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import type { Clone } from "../../git/open-clone.ts";
import { runGit } from "../../git/run-git.ts";
import type { ChosenRefs } from "./choose-refs.ts";
import { type Landing, parseLanding } from "./parse-landing.ts";
import { streamCommits } from "./stream-commits.ts";

/** What is kept of each commit. */
export interface ReadCommit {
  readonly parents: readonly string[];
  readonly author: Identity;
  readonly authored: Date;
  readonly committed: Date;
  /** What its message says that it landed, and who committed that. */
  readonly landing: (Landing & { readonly committer: Identity }) | null;
}

/** Everybody and everything that an import takes from a history. */
export interface ReadHistory {
  /** By id, newest first. */
  readonly commits: ReadonlyMap<string, ReadCommit>;
  /** Authors and co-authors, assistants among them. */
  readonly traces: ReadonlyMap<Person, Traces>;
  readonly people: SettledPeople;
}

/** Under which addresses, lower case, and since when a person is in a history. */
export interface Traces {
  readonly addresses: Set<string>;
  since: Date;
}

/** Reads all commits in one pass. People are joined by the mailmap at the tip of the default branch. */
export async function readHistory(
  clone: Clone,
  { tips, head }: Pick<ChosenRefs, "tips" | "head">,
  onProgress: (commits: number) => void,
): Promise<ReadHistory> {
  const people = createPeople(parseMailmap(await readMailmap(clone, head)));
  const rules = createClaimRules({ parse: "tolerant" });
  const met = new Map<Person, Traces>();
  const commits = new Map<string, ReadCommit>();
  // Equal names and addresses are kept once, however many commits have them.
  const identities = new Map<string, Identity>();
  const keep = (identity: Identity): Identity => {
    const key = `${identity.name}\n${identity.address}`;
    const kept = identities.get(key) ?? identity;
    identities.set(key, kept);
    return kept;
  };

  for await (const batch of streamCommits(clone, tips)) {
    for (const { sha, parents, message, ...commit } of batch) {
      const author = keep({ name: commit.author.name, address: commit.author.email });
      const committer = keep({ name: commit.committer.name, address: commit.committer.email });
      const landing = parseLanding(message);
      const authored = sinceEpoch(commit.author.date);
      commits.set(sha, {
        parents,
        author,
        authored,
        committed: sinceEpoch(commit.committer.date),
        landing: landing && { ...landing, committer },
      });
      for (const { role, identity } of readClaims({ id: sha, author, message }, rules)) {
        if (identity === null || (role !== "author" && role !== "co-author")) continue;
        leaveTrace(met, people.meet(identity), { address: identity.address, date: authored });
      }
    }
    onProgress(commits.size);
  }

  const settled = people.settle();
  const traces = new Map<Person, Traces>();
  for (const [person, { addresses, since }] of met) {
    for (const address of addresses) leaveTrace(traces, settled.settled(person), { address, date: since });
    if (addresses.size === 0) leaveTrace(traces, settled.settled(person), { address: null, date: since });
  }
  return { commits, traces, people: settled };
}

function leaveTrace(
  traces: Map<Person, Traces>,
  person: Person,
  { address, date }: { address: string | null; date: Date },
): void {
  const known = traces.get(person) ?? { addresses: new Set<string>(), since: date };
  if (address) known.addresses.add(address.toLowerCase());
  if (date < known.since) known.since = date;
  traces.set(person, known);
}

async function readMailmap(clone: Clone, head: string): Promise<string[]> {
  const { status, stdout } = await runGit(clone.directory, ["cat-file", "blob", `${head}:.mailmap`]);
  return status === 0 ? [decodeUtf8OrWestern(stdout, 0, stdout.length)] : [];
}

/** Some tools have written dates before 1970, which no page of GitHub's could show. */
function sinceEpoch(date: Date): Date {
  return new Date(Math.max(0, date.getTime()));
}
