import { type RawBuilder, sql } from "kysely";

/** What of an installation's ledger is to be seen. */
export interface LedgerWish {
  readonly installationId: number;
  /** Public repositories, and this one even if it is private. */
  readonly visible: { readonly alsoRepositoryId: number | null };
  /** Null for all that are visible. */
  readonly repositoryId: number | null;
  /** Null for everybody. */
  readonly accountId: number | null;
  /** From this moment on, where a day begins in UTC; null for the beginning. */
  readonly since: Date | null;
  /** Before this moment, where a day begins too; null for all until now. */
  readonly until: Date | null;
}

/** A query of the repositories that the wish is about: never one that is gone, never what is not visible. */
export function visibleRepositories({
  installationId,
  visible,
  repositoryId,
}: Pick<LedgerWish, "installationId" | "visible" | "repositoryId">): RawBuilder<unknown> {
  const isWanted = repositoryId === null ? sql`` : sql`and repository_id = ${repositoryId}`;
  return sql`
    select repository_id, owner, name, is_private from repositories
    where installation_id = ${installationId} and gone_at is null
      and (not is_private or repository_id = ${visible.alsoRepositoryId}::bigint) ${isWanted}
  `;
}

/** A condition on `credits c`: what counts, and is asked for. Which repository, and who is hidden, is told apart from it. */
export function isCounted({ installationId, accountId, since, until }: LedgerWish): RawBuilder<unknown> {
  return sql`c.installation_id = ${installationId} and c.counted_at is not null
    ${accountId === null ? sql`` : sql`and c.person_key = ${`account:${accountId}`}`}
    ${since === null ? sql`` : sql`and c.counted_at >= ${since}`}
    ${until === null ? sql`` : sql`and c.counted_at < ${until}`}`;
}

/** A condition on `credits c`: its person did not ask not to be listed. */
export function isListed({ installationId }: Pick<LedgerWish, "installationId">): RawBuilder<unknown> {
  // Looked up once, and not for each credit.
  return sql`coalesce(c.account_id, 0) <> all (array(
    select account_id from people where installation_id = ${installationId} and is_hidden
  ))`;
}
