import { sql } from "kysely";
import { type LedgerWish, visibleRepositories } from "./ledger-wish.ts";
import type { Database } from "./open-database.ts";

export interface MentoringSummary {
  /** How many people taught, and how many were taught. */
  readonly mentors: number;
  readonly mentees: number;
  /** In how many pull requests, commits and issues. */
  readonly works: number;
}

/** How many taught whom. Whoever asked not to be listed is not counted, and neither is what they taught or were taught. */
export async function readMentoringSummary(
  { query }: Pick<Database, "query">,
  wish: Omit<LedgerWish, "accountId">,
): Promise<MentoringSummary> {
  const { installationId, since, until } = wish;
  const { rows } = await sql<MentoringSummary>`
    with mentorship as (
      select m.* from mentorships m
      where m.installation_id = ${installationId} and m.counted_at is not null
        ${since === null ? sql`` : sql`and m.counted_at >= ${since}`}
        ${until === null ? sql`` : sql`and m.counted_at < ${until}`}
        and m.repository_id in (select repository_id from (${visibleRepositories(wish)}) repository)
        and not exists (
          select from people hidden
          where hidden.installation_id = ${installationId} and hidden.is_hidden
            and hidden.account_id in (m.mentor_account_id, m.mentee_account_id)
        )
    )
    select count(distinct mentor_key)::int as mentors, count(distinct mentee_key)::int as mentees, (
      select count(*)::int from (select distinct repository_id, subject_kind, subject from mentorship) work
    ) as works
    from mentorship
  `.execute(query);
  return rows[0] ?? { mentors: 0, mentees: 0, works: 0 };
}
