import { sql } from "kysely";
import type { LedgerPerson } from "../domain/ledger/entry.ts";
import { type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

/** Somebody whom a person taught, or who taught them. */
export interface Mentoring {
  readonly person: LedgerPerson & { readonly login: string | null };
  /** When it was first seen. */
  readonly since: Date;
  /** In how many pull requests, commits and issues. */
  readonly works: number;
}

/** Whom an account taught, and who taught it, those with most works first. Whoever asked not to be listed is not. */
export async function readMentoring(
  database: Pick<Database, "query">,
  wish: Pick<LedgerWish, "installationId" | "visible"> & { readonly accountId: number },
): Promise<{ readonly taught: readonly Mentoring[]; readonly taughtBy: readonly Mentoring[] }> {
  return {
    taught: await readSide(database, wish, { own: "mentor", other: "mentee" }),
    taughtBy: await readSide(database, wish, { own: "mentee", other: "mentor" }),
  };
}

interface Row {
  readonly key: string;
  readonly account_id: number | null;
  readonly name: string;
  readonly login: string | null;
  readonly since: Date;
  readonly works: number;
}

async function readSide(
  { query }: Pick<Database, "query">,
  wish: Pick<LedgerWish, "installationId" | "visible"> & { readonly accountId: number },
  { own, other }: { readonly own: "mentor" | "mentee"; readonly other: "mentor" | "mentee" },
): Promise<Mentoring[]> {
  const [ownKey, key, accountId, name] = [`${own}_key`, `${other}_key`, `${other}_account_id`, `${other}_name`].map(
    (column) => sql.ref(`m.${column}`),
  );
  const { rows } = await sql<Row>`
    with pair as (
      select ${key} as key, ${accountId} as account_id, max(${name}) as name, min(m.counted_at) as since,
        count(*)::int as works
      from mentorships m
      where m.installation_id = ${wish.installationId} and ${ownKey} = ${`account:${wish.accountId}`}
        and m.counted_at is not null
        and m.repository_id in (
          select repository_id from (${visibleRepositories({ ...wish, repositoryId: null })}) repository
        )
      group by 1, 2
    ), named as (
      select pair.key, pair.account_id, pair.since, pair.works, people.login,
        coalesce(nullif(people.name, ''), nullif(pair.name, ''), people.login, '') as name
      from pair left join people
        on people.installation_id = ${wish.installationId} and people.account_id = pair.account_id
      where people.is_hidden is not true
    )
    select * from named
    where not exists (
      select from people self
      where self.installation_id = ${wish.installationId} and self.account_id = ${wish.accountId} and self.is_hidden
    )
    order by works desc, name collate "C", key
  `.execute(query);
  return rows.map((row) => ({
    person: { key: row.key, accountId: row.account_id, name: row.name, login: row.login },
    since: row.since,
    works: row.works,
  }));
}
