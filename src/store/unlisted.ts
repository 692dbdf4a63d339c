import { sql } from "kysely";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Database } from "./open-database.ts";

/** Which of these accounts asked not to be listed, or to be forgotten: no credit of theirs may be written. */
export async function readUnlisted(
  { query }: Pick<Database, "query">,
  installationId: number,
  { accountIds, hash }: { readonly accountIds: readonly number[]; readonly hash: KeyedHash },
): Promise<Set<number>> {
  if (accountIds.length === 0) return new Set();
  const byHash = new Map(accountIds.map((id) => [hash.account(id), id]));
  const rows = await query
    .selectFrom("people")
    .select([sql<number | null>`account_id`.as("hidden"), sql<string | null>`null::text`.as("forgotten")])
    .where("installation_id", "=", installationId)
    .where("is_hidden", "=", true)
    .where("account_id", "in", [...byHash.values()])
    .unionAll(
      query
        .selectFrom("forgotten")
        .select([sql<number | null>`null::bigint`.as("hidden"), sql<string | null>`account_hash`.as("forgotten")])
        .where("installation_id", "=", installationId)
        .where("account_hash", "in", [...byHash.keys()]),
    )
    .execute();
  const ids = rows.map(({ hidden, forgotten }) => hidden ?? byHash.get(forgotten ?? ""));
  return new Set(ids.filter((id) => id !== undefined));
}
