import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import { type Subject, toSubject } from "../domain/ledger/subject.ts";
import { isCounted, isListed, type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

/** Something that somebody has credit for. */
export interface Work {
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  readonly subject: Subject;
  /** Of a pull request that is known; null otherwise. */
  readonly title: string | null;
  readonly url: string | null;
  /** By name. */
  readonly roles: readonly Role[];
  readonly countedAt: Date;
}

/** What people, or one of them, have credit for, the newest first; no more than was asked for. */
export async function readRecentWork(
  { query }: Pick<Database, "query">,
  wish: LedgerWish & { readonly limit: number },
): Promise<Work[]> {
  const { rows } = await sql<{
    readonly repository_id: number;
    readonly owner: string;
    readonly name: string;
    readonly subject_kind: Subject["kind"];
    readonly subject: string;
    readonly title: string | null;
    readonly url: string | null;
    readonly roles: readonly Role[];
    readonly counted_at: Date;
  }>`
    with repository as (${visibleRepositories(wish)}), work as (
      select c.repository_id, c.subject_kind, c.subject, max(c.counted_at) as counted_at,
        jsonb_agg(distinct c.role) as roles
      from credits c
      where ${isCounted(wish)} and not c.is_assistant and ${isListed(wish)}
        and c.repository_id in (select repository_id from repository)
      group by c.repository_id, c.subject_kind, c.subject
      order by max(c.counted_at) desc, c.repository_id, c.subject_kind, c.subject desc
      limit ${wish.limit}
    )
    select work.*, repository.owner, repository.name, pull.title, pull.url
    from work join repository on repository.repository_id = work.repository_id
    left join pull_requests pull on pull.installation_id = ${wish.installationId}
      and pull.repository_id = work.repository_id and work.subject_kind = 'pull request'
      and pull.number::text = work.subject
    order by work.counted_at desc, work.repository_id, work.subject_kind, work.subject desc
  `.execute(query);
  return rows.map((row) => ({
    repository: { id: row.repository_id, owner: row.owner, name: row.name },
    subject: toSubject(row.subject_kind, row.subject),
    title: row.title,
    url: row.url,
    roles: row.roles,
    countedAt: row.counted_at,
  }));
}
