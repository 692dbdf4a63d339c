import type { Kysely, Selectable } from "kysely";
import type { LedgerEntry, LedgerPerson } from "../domain/ledger/entry.ts";
import { storableText } from "./json-text.ts";
import { readMentorships, replaceMentorships } from "./mentorships.ts";
import type { Database, Transaction } from "./open-database.ts";
import { replaceRows } from "./replace-rows.ts";
import { type SubjectKey, subjectColumns } from "./subject-key.ts";
import type { CreditsTable, Tables } from "./tables.ts";

/** How much of the evidence is kept for one credit. */
const mostEvidence = 20;

/**
 * Makes a subject's credit, and who taught whom there, these entries, and writes only the difference; says whether
 * there was one. Of the same person in the same role the first entry counts. Whoever is unlisted has to be left out
 * before: see `readUnlisted`.
 */
export async function replaceCredits(
  transaction: Transaction,
  key: SubjectKey,
  entries: readonly LedgerEntry[],
): Promise<boolean> {
  const wanted = new Map<string, Row>();
  for (const entry of entries) {
    const row = toRow(key, entry);
    const same = JSON.stringify([row.person_key, row.role]);
    if (!wanted.has(same)) wanted.set(same, row);
  }
  const haveCreditsChanged = await replaceRows<Row>(transaction, {
    table: "credits",
    key: ["installation_id", "repository_id", "subject_kind", "subject", "person_key", "role"],
    known: await selectRows(transaction, key),
    wanted: [...wanted.values()],
  });
  const haveMentorshipsChanged = await replaceMentorships(transaction, key, entries);
  return haveCreditsChanged || haveMentorshipsChanged;
}

/** A subject's credit, people in the order of their keys, roles by name. */
export async function readCredits({ query }: Pick<Database, "query">, key: SubjectKey): Promise<LedgerEntry[]> {
  const rows = await selectRows(query, key);
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

function selectRows(query: Kysely<Tables>, key: SubjectKey): Promise<Row[]> {
  const columns = subjectColumns(key);
  return query
    .selectFrom("credits")
    .selectAll()
    .where("installation_id", "=", columns.installation_id)
    .where("repository_id", "=", columns.repository_id)
    .where("subject_kind", "=", columns.subject_kind)
    .where("subject", "=", columns.subject)
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
