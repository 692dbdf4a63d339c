import { sql } from "kysely";
import { deleteRepository } from "./forget-installation.ts";
import { jsonText } from "./json-text.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Transaction } from "./open-database.ts";
import { keepListed } from "./take-turns.ts";
import { readUnlisted } from "./unlisted.ts";

interface Move {
  readonly repositoryId: number;
  /** The installations. */
  readonly from: number;
  readonly to: number;
  readonly hash: KeyedHash;
}

/** What moves, and by which columns a row that the new installation has already takes an older one's place. */
const moving = {
  mentorships: ["subject_kind", "subject"],
  credits: ["subject_kind", "subject"],
  corrections: ["subject_kind", "subject", "comment_id", "position"],
  pull_requests: ["number"],
  earlier_work: ["account_id"],
  backfills: [],
  releases: ["release_id"],
  told: ["thing"],
} as const;

/**
 * Hands a repository's rows to the installation of the organisation that it was transferred to. What that one knows
 * already is newer, and stays. The configuration does not move: another organisation has other wishes. Whoever asked
 * either organisation not to be listed, or to be forgotten, stays so.
 */
export async function moveRepository(transaction: Transaction, move: Move): Promise<void> {
  const { repositoryId, from, to } = move;
  for (const installationId of [from, to]) await keepListed(transaction, installationId);
  await leaveOutUnlisted(transaction, move);
  await movePeople(transaction, move);
  for (const [name, columns] of Object.entries(moving)) {
    const table = sql.table(name);
    // A subject's mentorships are part of its credit: both are replaced together.
    const newer = name === "mentorships" ? sql.table("credits") : table;
    const isSame = columns.map((column) => sql`and ${sql.ref(`newer.${column}`)} = ${sql.ref(`${name}.${column}`)}`);
    await sql`
      delete from ${table}
      where installation_id = ${from} and repository_id = ${repositoryId} and exists (
        select from ${newer} newer
        where newer.installation_id = ${to} and newer.repository_id = ${repositoryId} ${sql.join(isSame, sql` `)}
      )
    `.execute(transaction);
    await sql`
      update ${table} set installation_id = ${to} where installation_id = ${from} and repository_id = ${repositoryId}
    `.execute(transaction);
  }
  await moveItself(transaction, move);
  await deleteRepository(transaction, { installationId: from, repositoryId });
}

/** The repository's own row: of the older one only how far its history is known. */
async function moveItself(transaction: Transaction, { repositoryId, from, to }: Move): Promise<void> {
  await sql`
    insert into repositories
      (installation_id, repository_id, owner, name, is_private, default_branch, gone_at, history_state, seen_sha)
    select ${to}::bigint, repository_id, owner, name, is_private, default_branch, null, history_state, seen_sha
    from repositories where installation_id = ${from} and repository_id = ${repositoryId}
    on conflict (installation_id, repository_id) do update set
      history_state = case
        when repositories.history_state = 'none' then excluded.history_state else repositories.history_state
      end,
      seen_sha = coalesce(excluded.seen_sha, repositories.seen_sha)
  `.execute(transaction);
  // Nobody works on it in the name of the new installation yet.
  await transaction
    .updateTable("backfills")
    .set({ state: "waiting" })
    .where("installation_id", "=", to)
    .where("repository_id", "=", repositoryId)
    .where("state", "=", "running")
    .execute();
}

async function leaveOutUnlisted(transaction: Transaction, { repositoryId, from, to, hash }: Move): Promise<void> {
  const there = sql`where installation_id = ${from} and repository_id = ${repositoryId}`;
  const { rows } = await sql<{ id: number | null }>`
    select account_id as id from credits ${there}
    union select mentor_account_id from mentorships ${there}
    union select mentee_account_id from mentorships ${there}
    union select account_id from corrections ${there}
    union select mentee_account_id from corrections ${there}
  `.execute(transaction);
  const accountIds = rows.flatMap(({ id }) => id ?? []);
  const unlisted = await readUnlisted({ query: transaction }, to, { accountIds, hash });
  const ids = sql`(select jsonb_array_elements_text(${jsonText([...unlisted])}::text::jsonb)::bigint)`;
  for (const statement of [
    sql`delete from credits ${there} and account_id in ${ids}`,
    sql`delete from mentorships ${there} and (mentor_account_id in ${ids} or mentee_account_id in ${ids})`,
    sql`delete from corrections ${there} and account_id in ${ids}`,
    sql`update corrections set mentee_account_id = null, mentee_login = null ${there} and mentee_account_id in ${ids}`,
  ]) {
    await statement.execute(transaction);
  }
  await sql`
    insert into forgotten select ${to}::bigint, account_hash from forgotten where installation_id = ${from}
    on conflict do nothing
  `.execute(transaction);
}

/** Those who have credit there are known to the new installation too, and hidden where they were. */
async function movePeople(transaction: Transaction, { repositoryId, from, to }: Move): Promise<void> {
  await sql`
    insert into people (installation_id, account_id, login, name, is_hidden)
    select ${to}::bigint, account_id, login, name, is_hidden from people
    where installation_id = ${from} and account_id in (
      select account_id from credits where installation_id = ${from} and repository_id = ${repositoryId}
    )
    on conflict (installation_id, account_id) do update set is_hidden = true
    where excluded.is_hidden and not people.is_hidden
  `.execute(transaction);
}
