import { sql } from "kysely";
import { type Subject, subjectKey, toSubject } from "../domain/ledger/subject.ts";
import type { WorkCredit } from "../domain/release/credits-of-works.ts";
import { jsonText } from "./json-text.ts";
import type { Database } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** What counts of many subjects at once, in one query; whoever is hidden is left out. In the order of subjects and people. */
export async function readWorkCredits(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  subjects: readonly Subject[],
): Promise<WorkCredit[]> {
  if (subjects.length === 0) return [];
  const rows = await query
    .selectFrom(wanted(subjects))
    .innerJoin("credits", (join) =>
      join
        .onRef("credits.subject_kind", "=", sql.ref("wanted.subject_kind"))
        .onRef("credits.subject", "=", sql.ref("wanted.subject")),
    )
    .leftJoin("people", (join) =>
      join
        .onRef("people.installation_id", "=", "credits.installation_id")
        .onRef("people.account_id", "=", "credits.account_id"),
    )
    .select([
      "credits.subject_kind as kind",
      "credits.subject",
      "credits.person_key as personKey",
      "credits.account_id as accountId",
      "credits.display_name as displayName",
      "credits.role",
      "credits.is_assistant as isAssistant",
      "credits.counted_at as countedAt",
      "people.login",
      "people.name",
    ])
    .where("credits.installation_id", "=", installationId)
    .where("credits.repository_id", "=", repositoryId)
    .where("credits.counted_at", "is not", null)
    .where((row) => row.or([row("people.is_hidden", "is", null), row("people.is_hidden", "=", false)]))
    .orderBy("credits.subject_kind")
    .orderBy("credits.subject")
    .orderBy("credits.person_key")
    .orderBy("credits.role")
    .execute();
  return rows.map(({ kind, subject, displayName, name, countedAt, ...row }) => ({
    ...row,
    subject: toSubject(kind, subject),
    name: name ?? displayName,
    countedAt: countedAt ?? new Date(0),
  }));
}

/**
 * Which of these people had credit for merged work in a repository before a moment of their own: whoever had is no
 * newcomer. People by their keys.
 */
export async function findKnownBefore(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  moments: ReadonlyMap<string, Date>,
): Promise<Set<string>> {
  if (moments.size === 0) return new Set();
  const asked = jsonText(Array.from(moments, ([person_key, moment]) => ({ person_key, moment: moment.toISOString() })));
  const { rows } = await sql<{ key: string }>`
    select asked.person_key as key
    from jsonb_to_recordset(${asked}::text::jsonb) as asked (person_key text, moment timestamptz)
    where exists (
      select from credits
      where credits.installation_id = ${installationId} and credits.repository_id = ${repositoryId}
        and credits.person_key = asked.person_key and credits.counted_at < asked.moment
        and credits.subject_kind in ('pull request', 'commit')
    )
  `.execute(query);
  return new Set(rows.map(({ key }) => key));
}

/** The subjects as a table to join with. */
function wanted(subjects: readonly Subject[]) {
  const rows = new Map(subjects.map((subject) => [`${subject.kind} ${subjectKey(subject)}`, subject]));
  const list = jsonText(Array.from(rows.values(), (subject) => ({ kind: subject.kind, subject: subjectKey(subject) })));
  return sql<{ subject_kind: string; subject: string }>`(
    select one->>'kind' as subject_kind, one->>'subject' as subject
    from jsonb_array_elements(${list}::text::jsonb) one
  )`.as("wanted");
}
