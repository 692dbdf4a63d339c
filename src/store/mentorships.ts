import type { Kysely, Selectable } from "kysely";
import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import { storableText } from "./json-text.ts";
import type { Transaction } from "./open-database.ts";
import { replaceRows } from "./replace-rows.ts";
import { type SubjectKey, subjectColumns } from "./subject-key.ts";
import type { MentorshipsTable, Tables } from "./tables.ts";

type Row = Selectable<MentorshipsTable>;

/** Makes a subject's mentorships those of its entries; says whether there was a difference. */
export async function replaceMentorships(
  transaction: Transaction,
  key: SubjectKey,
  entries: readonly LedgerEntry[],
): Promise<boolean> {
  const wanted = new Map<string, Row>();
  for (const { person, role, countedAt, evidence, mentees } of entries) {
    if (role !== "mentor") continue;
    for (const mentee of mentees) {
      const row = {
        ...subjectColumns(key),
        mentor_key: storableText(person.key),
        mentor_account_id: person.accountId,
        mentor_name: storableText(person.name),
        mentee_key: storableText(mentee.key),
        mentee_account_id: mentee.accountId,
        mentee_name: storableText(mentee.name),
        counted_at: countedAt,
        url: storableText(evidence[0]?.url ?? ""),
      };
      const same = JSON.stringify([row.mentor_key, row.mentee_key]);
      if (!wanted.has(same)) wanted.set(same, row);
    }
  }
  return replaceRows<Row>(transaction, {
    table: "mentorships",
    key: ["installation_id", "repository_id", "subject_kind", "subject", "mentor_key", "mentee_key"],
    known: await selectRows(transaction, key),
    wanted: [...wanted.values()],
  });
}

/** Whom each mentor taught in a subject, by the mentor's key. */
export async function readMentorships(
  query: Kysely<Tables>,
  key: SubjectKey,
): Promise<Map<string, readonly LedgerPerson[]>> {
  const rows = await selectRows(query, key);
  const byMentor = Map.groupBy(rows, ({ mentor_key }) => mentor_key);
  return new Map(
    Array.from(byMentor, ([mentor, own]) => [
      mentor,
      own.map((row) => ({ key: row.mentee_key, accountId: row.mentee_account_id, name: row.mentee_name })),
    ]),
  );
}

function selectRows(query: Kysely<Tables>, key: SubjectKey): Promise<Row[]> {
  const columns = subjectColumns(key);
  return query
    .selectFrom("mentorships")
    .selectAll()
    .where("installation_id", "=", columns.installation_id)
    .where("repository_id", "=", columns.repository_id)
    .where("subject_kind", "=", columns.subject_kind)
    .where("subject", "=", columns.subject)
    .orderBy("mentor_key")
    .orderBy("mentee_key")
    .execute();
}
