import { isDeepStrictEqual } from "node:util";
import type { Kysely, Selectable } from "kysely";
import type { Transaction } from "./open-database.ts";
import type { PullRequestKey } from "./pull-requests.ts";
import type { CreditsTable, Tables } from "./tables.ts";

export interface StoredCredit {
  /** Null where no account is known; then the name is all there is. */
  readonly accountId: number | null;
  readonly displayName: string;
  readonly role: string;
  /** What within the pull request it is for, such as an issue's number; "" for the pull request itself. */
  readonly subject: string;
  readonly isAssistant: boolean;
  readonly state: "promised" | "landed" | "lost";
  /** Where it can be seen; the detail is the commit or trailer that it was found in. */
  readonly evidence: { readonly kind: string; readonly url: string; readonly detail: string | null };
}

/**
 * Makes a pull request's credits these, and writes only the difference; says whether there was one. The same person
 * in the same role for the same subject is one credit: the first counts.
 */
export async function replaceCredits(
  transaction: Transaction,
  pull: PullRequestKey,
  credits: readonly StoredCredit[],
): Promise<boolean> {
  const wanted = new Map<string, Row>();
  for (const credit of credits) {
    const row = toRow(pull, credit);
    if (!wanted.has(keyOf(row))) wanted.set(keyOf(row), row);
  }
  const known = new Map((await selectRows(transaction, pull)).map((row) => [keyOf(row), row]));
  const gone = Array.from(known.values()).filter((row) => !wanted.has(keyOf(row)));
  const changed = Array.from(wanted.values()).filter((row) => !isDeepStrictEqual(row, known.get(keyOf(row))));
  for (const { person_key, role, subject } of gone) {
    await transaction
      .deleteFrom("credits")
      .where("installation_id", "=", pull.installationId)
      .where("repository_id", "=", pull.repositoryId)
      .where("pull_number", "=", pull.number)
      .where("person_key", "=", person_key)
      .where("role", "=", role)
      .where("subject", "=", subject)
      .execute();
  }
  for (const row of changed) {
    await transaction
      .insertInto("credits")
      .values(row)
      .onConflict((conflict) => conflict.columns([...keyColumns]).doUpdateSet(row))
      .execute();
  }
  return gone.length + changed.length > 0;
}

/** A pull request's credits, people in the order of their keys. */
export async function readCredits(
  { query }: { readonly query: Kysely<Tables> },
  pull: PullRequestKey,
): Promise<StoredCredit[]> {
  const rows = await selectRows(query, pull);
  return rows.map((row) => ({
    accountId: row.account_id,
    displayName: row.display_name,
    role: row.role,
    subject: row.subject,
    isAssistant: row.is_assistant,
    state: row.state,
    evidence: { kind: row.evidence_kind, url: row.evidence_url, detail: row.evidence_detail },
  }));
}

type Row = Selectable<CreditsTable>;

const keyColumns = [
  "installation_id",
  "repository_id",
  "pull_number",
  "person_key",
  "role",
  "subject",
] as const satisfies readonly (keyof CreditsTable)[];

function selectRows(query: Kysely<Tables>, { installationId, repositoryId, number }: PullRequestKey): Promise<Row[]> {
  return query
    .selectFrom("credits")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("pull_number", "=", number)
    .orderBy("person_key")
    .orderBy("role")
    .orderBy("subject")
    .execute();
}

function toRow({ installationId, repositoryId, number }: PullRequestKey, credit: StoredCredit): Row {
  const { accountId, displayName, role, subject, isAssistant, state, evidence } = credit;
  return {
    installation_id: installationId,
    repository_id: repositoryId,
    pull_number: number,
    person_key: accountId === null ? `name:${displayName}` : `account:${accountId}`,
    account_id: accountId,
    display_name: displayName,
    role,
    subject,
    is_assistant: isAssistant,
    state,
    evidence_kind: evidence.kind,
    evidence_url: evidence.url,
    evidence_detail: evidence.detail,
  };
}

function keyOf({ person_key, role, subject }: Row): string {
  return JSON.stringify([person_key, role, subject]);
}
