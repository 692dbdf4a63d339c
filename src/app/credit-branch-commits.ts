import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import { creditDirectCommit } from "../domain/credit/pull-request-credits.ts";
import type { WorkCredit } from "../domain/release/credits-of-works.ts";
import type { Place } from "../github/place.ts";
import { type KnownCommit, readCommitsById } from "../github/read-commits-by-id.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { readUnlisted } from "../store/unlisted.ts";
import type { Deps } from "./deps.ts";
import { accountsIn, toEntries } from "./to-entries.ts";

/** More commits than that are not asked about for one release. */
const mostCommits = 500;

/**
 * Whom commits credit that no pull request brought to where a release is: those of another branch than the default one, as
 * that of an older version, or of the next one. The ledger does not count these there, so that GitHub is asked, and nothing
 * of it is kept. Throws what GitHubClient throws.
 */
export async function creditBranchCommits(
  { database, hash, octokitFor }: Pick<Deps, "database" | "hash" | "octokitFor">,
  { key, place, shas }: { readonly key: RepositoryKey; readonly place: Place; readonly shas: readonly string[] },
  settings: CreditSettings,
): Promise<WorkCredit[]> {
  if (shas.length === 0) return [];
  const permissions = { contents: "read", metadata: "read", pull_requests: "read" } as const;
  const client = octokitFor(key.installationId, { repositoryId: key.repositoryId, permissions });
  const commits = await readCommitsById(client, { ...place, shas: shas.slice(0, mostCommits) });
  // A pull request may have brought one elsewhere: to this range none did.
  const credits = commits.filter(({ facts }) => facts.parents < 2).flatMap(toCredits);
  const accountIds = [...new Set(credits.flatMap(({ accountId }) => accountId ?? []))];
  const unlisted = await readUnlisted(database, key.installationId, { accountIds, hash });
  return credits.filter(({ accountId }) => accountId === null || !unlisted.has(accountId));

  function toCredits({ facts, committedAt }: KnownCommit): WorkCredit[] {
    const credited = creditDirectCommit(facts, settings);
    const logins = new Map(accountsIn(credited).map(({ id, login }) => [id, login]));
    return toEntries(credited, { countedAt: () => committedAt, hash }).map(({ person, role, isAssistant }) => ({
      subject: { kind: "commit", sha: facts.sha },
      personKey: person.key,
      accountId: person.accountId,
      name: person.name,
      login: logins.get(person.accountId ?? 0) ?? null,
      role,
      isAssistant,
      countedAt: committedAt,
    }));
  }
}
