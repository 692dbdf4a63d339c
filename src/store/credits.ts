import type { Kysely, Selectable } from "kysely";
import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import { type Subject, subjectKey } from "../domain/ledger/subject.ts";
import { isOneOf } from "./is-one-of.ts";
import { storableText } from "./json-text.ts";
import { readMentorships, replaceMentorships } from "./mentorships.ts";
import type { Database, Transaction } from "./open-database.ts";
import { replaceRows } from "./replace-rows.ts";
import { type RepositoryKey, type SubjectKey, subjectColumns } from "./subject-key.ts";
import type { CreditsTable, Tables } from "./tables.ts";

/** How much of the evidence is kept for one credit. */
const mostEvidence = 20;

/** What is to be the credit of one subject. */
export interface WantedCredit {
  readonly subject: Subject;
  readonly entries: readonly LedgerEntry[];
}

/**
 * Makes a subject's credit, and who taught whom there, these entries, and writes only the difference; says whether
 * there was one. Of the same person in the same role the first entry counts. Whoever is unlisted has to be left out
 * before: see `readUnlisted`.
 */
export function replaceCredits(
  transaction: Transaction,
  { subject, ...key }: SubjectKey,
  entries: readonly LedgerEntry[],
): Promise<boolean> {
  return replaceAllCredits(transaction, key, [{ subject, entries }]);
}

/** The same for many subjects of one repository, in as many statements as for one. */
export async function replaceAllCredits(
  transaction: Transaction,
  key: RepositoryKey,
  credits: readonly WantedCredit[],
): Promise<boolean> {
  if (credits.length === 0) return false;
  const bySubject = new Map(credits.map((one) => [`${one.subject.kind} ${subjectKey(one.subject)}`, one]));
  const each = [...bySubject.values()];
  const wanted = new Map<string, Row>();
  for (const { subject, entries } of each) {
    for (const entry of entries) {
      const row = toRow({ ...key, subject }, entry);
      const same = JSON.stringify([row.subject_kind, row.subject, row.person_key, row.role]);
      if (!wanted.has(same)) wanted.set(same, row);
    }
  }
  const subjects = each.map(({ subject }) => subject);
  const haveCreditsChanged = await replaceRows<Row>(transaction, {
    table: "credits",
    key: ["installation_id", "repository_id", "subject_kind", "subject", "person_key", "role"],
    known: await selectRows(transaction, key, subjects),
    wanted: [...wanted.values()],
  });
  const haveMentorshipsChanged = await replaceMentorships(transaction, key, each);
  return haveCreditsChanged || haveMentorshipsChanged;
}

/** A subject's credit, people in the order of their keys, roles by name. */
export async function readCredits({ query }: Pick<Database, "query">, key: SubjectKey): Promise<LedgerEntry[]> {
  const rows = await selectRows(query, key, [key.subject]);
  const mentees = await readMentorships(query, key);
  return rows.map((row) => ({
    person: { key: row.person_key, accountId: row.account_id, name: row.display_name },
    role: row.role,
    isAssistant: row.is_assistant,
    state: row.state,
    countedAt: row.counted_at,
    evidence: row.evidence,
    mentees: row.role === "mentor" ? (mentees.get(row.person_key) ?? []) : [],
  }));
}

type Row = Selectable<CreditsTable>;

function selectRows(query: Kysely<Tables>, key: RepositoryKey, subjects: readonly Subject[]): Promise<Row[]> {
  return query
    .selectFrom("credits")
    .selectAll()
    .where("installation_id", "=", key.installationId)
    .where("repository_id", "=", key.repositoryId)
    .where(isOneOf(subjects))
    .orderBy("person_key")
    .orderBy("role")
    .execute();
}

function toRow(key: SubjectKey, { person, role, isAssistant, state, countedAt, evidence }: LedgerEntry): Row {
  return {
    ...subjectColumns(key),
    ...toColumns(person),
    role,
    is_assistant: isAssistant,
    state,
    counted_at: countedAt,
    evidence: evidence.slice(0, mostEvidence).map(({ kind, url, label }) => ({
      kind,
      url: storableText(url),
      label: storableText(label),
    })),
  };
}

function toColumns({ key, accountId, name }: LedgerPerson) {
  return { person_key: storableText(key), account_id: accountId, display_name: storableText(name) };
}
