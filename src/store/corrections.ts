import type { Correction } from "../domain/ledger/correction.ts";
import type { Database, Transaction } from "./open-database.ts";
import { type SubjectKey, subjectColumns } from "./subject-key.ts";

/** Adds to what was said about a subject's credit. What is there already, as when a command comes again, stays as it is. */
export async function addCorrections(
  transaction: Transaction,
  key: SubjectKey,
  corrections: readonly Correction[],
): Promise<void> {
  if (corrections.length === 0) return;
  const columns = subjectColumns(key);
  await transaction
    .insertInto("corrections")
    .values(
      corrections.map(({ commentId, position, action, accountId, login, role, mentee, byAccountId, url, madeAt }) => ({
        ...columns,
        comment_id: commentId,
        position,
        action,
        account_id: accountId,
        login,
        role,
        mentee_account_id: mentee?.accountId ?? null,
        mentee_login: mentee?.login ?? null,
        by_account_id: byAccountId,
        url,
        made_at: madeAt,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** What was said about a subject's credit, in the order in which it was said: the last word counts. */
export async function readCorrections({ query }: Pick<Database, "query">, key: SubjectKey): Promise<Correction[]> {
  const columns = subjectColumns(key);
  const rows = await query
    .selectFrom("corrections")
    .leftJoin("people", (join) =>
      join
        .onRef("people.installation_id", "=", "corrections.installation_id")
        .onRef("people.account_id", "=", "corrections.account_id"),
    )
    .leftJoin("people as mentees", (join) =>
      join
        .onRef("mentees.installation_id", "=", "corrections.installation_id")
        .onRef("mentees.account_id", "=", "corrections.mentee_account_id"),
    )
    .selectAll("corrections")
    .select(["people.name as name", "mentees.name as mentee_name"])
    .where("corrections.installation_id", "=", columns.installation_id)
    .where("corrections.repository_id", "=", columns.repository_id)
    .where("corrections.subject_kind", "=", columns.subject_kind)
    .where("corrections.subject", "=", columns.subject)
    .orderBy("corrections.made_at")
    .orderBy("corrections.comment_id")
    .orderBy("corrections.position")
    .execute();
  return rows.map((row) => ({
    commentId: row.comment_id,
    position: row.position,
    action: row.action,
    accountId: row.account_id,
    login: row.login,
    name: row.name,
    role: row.role,
    mentee:
      row.mentee_account_id === null
        ? null
        : { accountId: row.mentee_account_id, login: row.mentee_login ?? "", name: row.mentee_name },
    byAccountId: row.by_account_id,
    url: row.url,
    madeAt: row.made_at,
  }));
}
