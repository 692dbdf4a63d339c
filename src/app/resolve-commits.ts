import { asciiLowerCase } from "../domain/ascii-lower-case.ts";
import { authorsOfCommit } from "../domain/credit/authors-of-commit.ts";
import { parseNoreplyAddress } from "../domain/credit/identity.ts";
import type { Account, CommitFacts } from "../domain/credit/pull-request-facts.ts";
import { recogniseAssistant } from "../domain/credit/recognise-assistant.ts";
import type { PostponeUntil } from "../domain/postpone-until.ts";
import type { DatedCommit } from "../git/read-commits.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { readCommitAccounts } from "../github/read-commit-accounts.ts";
import { findAccounts, rememberAddresses } from "../store/addresses.ts";
import { readPeople } from "../store/people.ts";
import type { BackfillPlace, Deps } from "./deps.ts";

export interface CommitsToResolve {
  readonly client: Pick<GitHubClient, "query">;
  readonly place: BackfillPlace;
  /** The repository's page. */
  readonly url: string;
  readonly commits: readonly DatedCommit[];
}

export interface ResolvedCommits {
  readonly commits: readonly { readonly facts: CommitFacts; readonly committedAt: Date }[];
  /** Says to wait before more is asked for. */
  readonly wait: PostponeUntil | null;
}

/**
 * Makes facts of commits as git has them, with the accounts of their authors: those that the ledger knows, and for the
 * rest those that GitHub tells of one commit of each. What it tells is kept, so that it is asked once.
 */
export async function resolveCommits(
  deps: Pick<Deps, "database" | "hash">,
  { client, place, url, commits }: CommitsToResolve,
): Promise<ResolvedCommits> {
  const authored = commits.map((commit) => ({ commit, authors: authorsOfCommit(commit) }));
  const examples = new Map<string, string>();
  for (const { commit, authors } of authored) {
    for (const author of authors) {
      // Strangers have registered vendors' addresses: an assistant's is never looked up.
      const address = asciiLowerCase(author.address);
      if (address === "" || examples.has(address) || recogniseAssistant(author) !== null) continue;
      examples.set(address, commit.sha);
    }
  }
  const known = await findKnown(deps, place.installationId, [...examples.keys()]);
  const unknown = new Set(Array.from(examples).flatMap(([address, sha]) => (known.has(address) ? [] : [sha])));
  const { accounts: told, wait } = await readCommitAccounts(client, place, [...unknown]);
  const accounts = new Map([...told, ...known]);
  await keepTold(deps, place.installationId, new Map([...told].filter(([address]) => examples.has(address))));
  return {
    commits: authored.map(({ commit: { sha, message, parents, committedAt }, authors }) => ({
      committedAt,
      facts: {
        sha,
        url: `${url}/commit/${sha}`,
        message,
        parents,
        authors: authors.map((author) => ({
          ...author,
          account: accounts.get(asciiLowerCase(author.address)) ?? null,
        })),
      },
    })),
    wait,
  };
}

/** The accounts that the ledger knows by address or by a number in it, and whose login it knows too. */
async function findKnown(
  { database, hash }: Pick<Deps, "database" | "hash">,
  installationId: number,
  addresses: readonly string[],
): Promise<Map<string, Account>> {
  const hashes = new Map(addresses.map((address) => [address, hash.address(address)]));
  const stored = await findAccounts(database, installationId, [...hashes.values()]);
  const ids = new Map(
    Array.from(hashes).flatMap(([address, hashed]) => {
      const id = parseNoreplyAddress(address)?.id ?? stored.get(hashed);
      return id === undefined ? [] : [[address, id] as const];
    }),
  );
  const people = await readPeople(database, installationId, [...ids.values()]);
  return new Map(
    Array.from(ids).flatMap(([address, id]) => {
      const login = people.get(id)?.login;
      return login === undefined ? [] : [[address, { id, login, kind: "person" as const }]];
    }),
  );
}

async function keepTold(
  { database, hash }: Pick<Deps, "database" | "hash">,
  installationId: number,
  told: ReadonlyMap<string, Account>,
): Promise<void> {
  const addresses = Array.from(told).flatMap(([address, { id, kind }]) =>
    kind === "person" ? [{ hash: hash.address(address), accountId: id }] : [],
  );
  await database.query.transaction().execute((transaction) => {
    return rememberAddresses(transaction, installationId, { addresses, hash });
  });
}
