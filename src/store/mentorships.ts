import type { Kysely, Selectable } from "kysely";
import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import type { Subject } from "../domain/ledger/subject.ts";
import { isOneOf } from "./is-one-of.ts";
import { storableText } from "./json-text.ts";
import type { Transaction } from "./open-database.ts";
import { replaceRows } from "./replace-rows.ts";
import { type RepositoryKey, type SubjectKey, subjectColumns } from "./subject-key.ts";
import type { MentorshipsTable, Tables } from "./tables.ts";

type Row = Selectable<MentorshipsTable>;

/** Makes the mentorships of subjects those of their entries; says whether there was a difference. */
export async function replaceMentorships(
  transaction: Transaction,
  key: RepositoryKey,
  credits: readonly { readonly subject: Subject; readonly entries: readonly LedgerEntry[] }[],
): Promise<boolean> {
  const wanted = new Map<string, Row>();
  const given = credits.flatMap(({ subject, entries }) => entries.map((entry) => ({ subject, ...entry })));
  for (const { subject, person, role, countedAt, evidence, mentees } of given) {
    if (role !== "mentor") continue;
    for (const mentee of mentees) {
      const row = {
        ...subjectColumns({ ...key, subject }),
        mentor_key: storableText(person.key),
        mentor_account_id: person.accountId,
        mentor_name: storableText(person.name),
        mentee_key: storableText(mentee.key),
        mentee_account_id: mentee.accountId,
        mentee_name: storableText(mentee.name),
        counted_at: countedAt,
        url: storableText(evidence[0]?.url ?? ""),
      };
      const same = JSON.stringify([row.subject_kind, row.subject, row.mentor_key, row.mentee_key]);
      if (!wanted.has(same)) wanted.set(same, row);
    }
  }
  return replaceRows<Row>(transaction, {
    table: "mentorships",
    key: ["installation_id", "repository_id", "subject_kind", "subject", "mentor_key", "mentee_key"],
    known: await selectRows(
      transaction,
      key,
      credits.map(({ subject }) => subject),
    ),
    wanted: [...wanted.values()],
  });
}

/** Whom each mentor taught in a subject, by the mentor's key. */
export async function readMentorships(
  query: Kysely<Tables>,
  key: SubjectKey,
): Promise<Map<string, readonly LedgerPerson[]>> {
  const rows = await selectRows(query, key, [key.subject]);
  const byMentor = Map.groupBy(rows, ({ mentor_key }) => mentor_key);
  return new Map(
    Array.from(byMentor, ([mentor, own]) => [
      mentor,
      own.map((row) => ({ key: row.mentee_key, accountId: row.mentee_account_id, name: row.mentee_name })),
    ]),
  );
}

function selectRows(query: Kysely<Tables>, key: RepositoryKey, subjects: readonly Subject[]): Promise<Row[]> {
  return query
    .selectFrom("mentorships")
    .selectAll()
    .where("installation_id", "=", key.installationId)
    .where("repository_id", "=", key.repositoryId)
    .where(isOneOf(subjects))
    .orderBy("mentor_key")
    .orderBy("mentee_key")
    .execute();
}
