import { sql } from "kysely";
import type { Database } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

interface ReconcilableRepository extends RepositoryKey {
  readonly owner: string;
  readonly name: string;
}

interface ReconciliationWish {
  readonly now: Date;
  /** Milliseconds until each is due again. */
  readonly every: number;
  readonly most: number;
}

/** Takes on the repositories that were not looked at for longest; no other process gets the same ones. */
export async function claimReconciliations(
  { query }: Pick<Database, "query">,
  { now, every, most }: ReconciliationWish,
): Promise<ReconcilableRepository[]> {
  const again = new Date(now.getTime() + every);
  const { rows } = await sql<{ installation_id: number; repository_id: number; owner: string; name: string }>`
    update repositories set reconcile_at = ${again}
    from (
      select installation_id, repository_id from repositories
      join installations using (installation_id)
      where installations.state = 'active' and repositories.gone_at is null
        and (reconcile_at is null or reconcile_at <= ${now})
      order by reconcile_at nulls first, installation_id, repository_id
      limit ${most}
      for update of repositories skip locked
    ) due
    where repositories.installation_id = due.installation_id and repositories.repository_id = due.repository_id
    returning repositories.installation_id, repositories.repository_id, repositories.owner, repositories.name
  `.execute(query);
  return rows.map((row) => ({
    installationId: row.installation_id,
    repositoryId: row.repository_id,
    owner: row.owner,
    name: row.name,
  }));
}

/** Until when it is known what changed in a repository; its history tells until it was begun. Null where nobody began. */
export async function readReconciled(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<Date | null> {
  const row = await query
    .selectFrom("repositories")
    .leftJoin("backfills", (join) =>
      join
        .onRef("backfills.installation_id", "=", "repositories.installation_id")
        .onRef("backfills.repository_id", "=", "repositories.repository_id"),
    )
    .select(["repositories.reconciled_to", "backfills.started_at"])
    .where("repositories.installation_id", "=", installationId)
    .where("repositories.repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row?.reconciled_to ?? row?.started_at ?? null;
}

/** Everything that changed before a moment is looked at, or will be. */
export async function keepReconciled(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  moment: Date,
): Promise<void> {
  await query
    .updateTable("repositories")
    .set({ reconciled_to: moment })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .execute();
}

/** Has it looked again for what changed since an earlier moment: somebody gave up on something of it. */
export async function reachBack(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  moment: Date,
): Promise<void> {
  await query
    .updateTable("repositories")
    .set({ reconciled_to: moment })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("reconciled_to", ">", moment)
    .execute();
}
