import { sql } from "kysely";
import type { Subject } from "../domain/ledger/subject.ts";
import type { Database } from "./open-database.ts";
import { type RepositoryKey, subjectColumns } from "./subject-key.ts";

/**
 * Which of the accounts have no credit that counts on another pull request of this repository. Once `before` counts
 * itself, what counted later does not make them known: who was new stays so.
 */
export async function findNewcomers(
  { query }: Pick<Database, "query">,
  { accountIds, before, ...key }: RepositoryKey & { readonly accountIds: readonly number[]; readonly before: Subject },
): Promise<Set<number>> {
  const newcomers = new Set(accountIds);
  if (newcomers.size === 0) return newcomers;
  const { installation_id, repository_id, subject_kind, subject } = subjectColumns({ ...key, subject: before });
  const moment = query
    .selectFrom("credits")
    .select((row) => row.fn.coalesce(row.fn.min("counted_at"), sql<Date>`'infinity'`).as("moment"))
    .where("installation_id", "=", installation_id)
    .where("repository_id", "=", repository_id)
    .where("subject_kind", "=", subject_kind)
    .where("subject", "=", subject);
  const known = await query
    .selectFrom("credits")
    .select("account_id")
    .distinct()
    .where("installation_id", "=", installation_id)
    .where("repository_id", "=", repository_id)
    .where("account_id", "in", [...newcomers])
    .where("subject_kind", "=", "pull request")
    .where((row) => row.not(row.and([row("subject_kind", "=", subject_kind), row("subject", "=", subject)])))
    .where("counted_at", "<", moment)
    .execute();
  for (const { account_id } of known) if (account_id !== null) newcomers.delete(account_id);
  return newcomers;
}
