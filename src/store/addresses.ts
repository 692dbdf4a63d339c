import { type RawBuilder, sql } from "kysely";
import { jsonText } from "./json-text.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Database, Transaction } from "./open-database.ts";

export interface StoredAddress {
  /** The address's keyed hash; the address itself is never kept. */
  readonly hash: string;
  readonly accountId: number;
}

/**
 * Keeps whose addresses are, and makes credit and mentorships that were kept by an address the account's, joined with
 * what the account has already. The addresses of those who were forgotten are not kept, and what stands by them goes.
 */
export async function rememberAddresses(
  transaction: Transaction,
  installationId: number,
  { addresses, hash }: { readonly addresses: readonly StoredAddress[]; readonly hash: KeyedHash },
): Promise<void> {
  if (addresses.length === 0) return;
  const byAccount = new Map(addresses.map(({ accountId }) => [hash.account(accountId), accountId]));
  const found = await transaction
    .selectFrom("forgotten")
    .select("account_hash")
    .where("installation_id", "=", installationId)
    .where("account_hash", "in", [...byAccount.keys()])
    .execute();
  const forgotten = new Set(found.map(({ account_hash }) => byAccount.get(account_hash)));
  const kept = addresses.filter(({ accountId }) => !forgotten.has(accountId));
  if (kept.length > 0) {
    const given = toRows(kept);
    await sql`
      insert into addresses (installation_id, address_hash, account_id)
      select ${installationId}::bigint, address_hash, account_id from ${given} order by address_hash
      on conflict (installation_id, address_hash) do update set account_id = excluded.account_id
      where addresses.account_id <> excluded.account_id
    `.execute(transaction);
    await joinCredits(transaction, installationId, given);
    await joinMentorships(transaction, installationId, given);
  }
  await deleteByAddress(transaction, installationId, addresses);
}

/** The accounts of those of the addresses that are known, by their hashes. */
export async function findAccounts(
  { query }: Pick<Database, "query">,
  installationId: number,
  hashes: readonly string[],
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const rows = await query
    .selectFrom("addresses")
    .select(["address_hash", "account_id"])
    .where("installation_id", "=", installationId)
    .where("address_hash", "in", [...hashes])
    .execute();
  return new Map(rows.map((row) => [row.address_hash, row.account_id]));
}

/** One row for each address: a statement that meets one twice would fail. The last account counts. */
function toRows(addresses: readonly StoredAddress[]): RawBuilder<unknown> {
  const rows = new Map(addresses.map(({ hash, accountId }) => [hash, accountId]));
  const text = jsonText(Array.from(rows, ([address_hash, account_id]) => ({ address_hash, account_id })));
  return sql`jsonb_to_recordset(${text}::text::jsonb) as given (address_hash text, account_id bigint)`;
}

/** What landed anywhere has landed; the moment is the first, the evidence all of it. */
async function joinCredits(
  transaction: Transaction,
  installationId: number,
  given: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with moved as (
      select credits.*, given.account_id as owner
      from ${given} join credits
        on credits.installation_id = ${installationId} and credits.person_key = 'address:' || given.address_hash
    ), joined as (
      select *, false as is_own from moved
      union all
      select credits.*, credits.account_id as owner, true as is_own
      from (select distinct repository_id, subject_kind, subject, role, owner from moved) place
      join credits on credits.installation_id = ${installationId}
        and credits.repository_id = place.repository_id and credits.subject_kind = place.subject_kind
        and credits.subject = place.subject and credits.role = place.role
        and credits.person_key = 'account:' || place.owner
    ), one as (
      select installation_id, repository_id, subject_kind, subject, role, owner,
        (array_agg(display_name order by is_own desc, display_name))[1] as display_name,
        bool_and(is_assistant) as is_assistant, min(counted_at) as counted_at,
        case when bool_or(state = 'landed') then 'landed' when bool_or(state = 'lost') then 'lost' else 'promised' end
          as state,
        coalesce(
          jsonb_path_query_array(jsonb_agg(distinct evidence.item) filter (where evidence.item is not null), '$[0 to 19]'),
          '[]'
        ) as evidence
      from joined left join lateral jsonb_array_elements(joined.evidence) as evidence (item) on true
      group by installation_id, repository_id, subject_kind, subject, role, owner
    )
    insert into credits (installation_id, repository_id, subject_kind, subject, person_key, account_id, display_name,
      role, is_assistant, state, counted_at, evidence)
    select installation_id, repository_id, subject_kind, subject, 'account:' || owner, owner, display_name,
      role, is_assistant, state, counted_at, evidence
    from one
    on conflict (installation_id, repository_id, subject_kind, subject, person_key, role) do update
    set is_assistant = excluded.is_assistant, state = excluded.state, counted_at = excluded.counted_at,
      evidence = excluded.evidence
  `.execute(transaction);
}

async function joinMentorships(
  transaction: Transaction,
  installationId: number,
  given: RawBuilder<unknown>,
): Promise<void> {
  await sql`
    with given as (select * from ${given})
    insert into mentorships
    select m.installation_id, m.repository_id, m.subject_kind, m.subject,
      coalesce('account:' || mentor.account_id, m.mentor_key), coalesce(mentor.account_id, m.mentor_account_id),
      m.mentor_name,
      coalesce('account:' || mentee.account_id, m.mentee_key), coalesce(mentee.account_id, m.mentee_account_id),
      m.mentee_name, m.counted_at, m.url
    from mentorships m
    left join given mentor on m.mentor_key = 'address:' || mentor.address_hash
    left join given mentee on m.mentee_key = 'address:' || mentee.address_hash
    where m.installation_id = ${installationId}
      and (mentor.account_id is not null or mentee.account_id is not null)
      and coalesce(mentor.account_id, m.mentor_account_id) is distinct from
        coalesce(mentee.account_id, m.mentee_account_id)
    on conflict do nothing
  `.execute(transaction);
}

async function deleteByAddress(
  transaction: Transaction,
  installationId: number,
  addresses: readonly StoredAddress[],
): Promise<void> {
  const keys = sql<string>`(select jsonb_array_elements_text(${jsonText(addresses.map(({ hash }) => `address:${hash}`))}::text::jsonb))`;
  await transaction
    .deleteFrom("credits")
    .where("installation_id", "=", installationId)
    .where("person_key", "in", keys)
    .execute();
  await transaction
    .deleteFrom("mentorships")
    .where("installation_id", "=", installationId)
    .where((row) => row.or([row("mentor_key", "in", keys), row("mentee_key", "in", keys)]))
    .execute();
}
