import { sql } from "kysely";
import type { Role } from "../domain/credit/roles.ts";
import type { Database } from "./open-database.ts";

/** Somebody with every role that counts in one repository. */
export interface StoredContributor {
  readonly key: string;
  readonly login: string | null;
  /** As their account has it, or as they last wrote it here; empty where neither is known. */
  readonly name: string;
  readonly isAssistant: boolean;
  readonly roles: readonly Role[];
}

interface Row {
  readonly key: string;
  readonly login: string | null;
  readonly name: string;
  readonly is_assistant: boolean;
  readonly roles: readonly Role[];
}

/** Everybody who has credit in a repository that counts, by their keys. Whoever asked not to be listed is not there. */
export async function readContributors(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: { readonly installationId: number; readonly repositoryId: number },
): Promise<readonly StoredContributor[]> {
  const here = sql`installation_id = ${installationId} and repository_id = ${repositoryId} and counted_at is not null`;
  const { rows } = await sql<Row>`
    with own as (
      select person_key as key, is_assistant, max(account_id) as account_id, jsonb_agg(distinct role) as roles,
        (array_agg(display_name order by counted_at desc, display_name collate "C") filter (where display_name <> ''))[1] as display_name
      from credits where ${here}
      group by person_key, is_assistant
    )
    select own.key, own.is_assistant, own.roles, people.login,
      coalesce(nullif(people.name, ''), own.display_name, people.login, '') as name
    from own left join people on people.installation_id = ${installationId} and people.account_id = own.account_id
    where people.is_hidden is not true
    order by own.key collate "C", own.is_assistant
  `.execute(query);
  return rows.map(({ is_assistant: isAssistant, ...row }) => ({ ...row, isAssistant }));
}
