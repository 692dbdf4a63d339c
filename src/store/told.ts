import type { Database } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** Whether a repository was told of a thing already. */
export async function wasTold(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  thing: string,
): Promise<boolean> {
  const row = await query
    .selectFrom("told")
    .select("thing")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("thing", "=", thing)
    .executeTakeFirst();
  return row !== undefined;
}

/** Keeps that a repository was told of a thing. */
export async function rememberTold(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  { thing, now }: { readonly thing: string; readonly now: Date },
): Promise<void> {
  await query
    .insertInto("told")
    .values({ installation_id: installationId, repository_id: repositoryId, thing, told_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
