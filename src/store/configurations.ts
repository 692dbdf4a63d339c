import type { Database } from "./open-database.ts";

interface RepositoryKey {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** Keeps the text of a configuration that is good; writes nothing where it is the same. */
export async function keepConfiguration(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId, text }: RepositoryKey & { readonly text: string },
): Promise<void> {
  await query
    .insertInto("configurations")
    .values({ installation_id: installationId, repository_id: repositoryId, text })
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "repository_id"])
        .doUpdateSet({ text })
        .where("configurations.text", "<>", text),
    )
    .execute();
}

/** The last good configuration's text; null where there never was one. */
export async function readConfigurationText(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<string | null> {
  const row = await query
    .selectFrom("configurations")
    .select("text")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .executeTakeFirst();
  return row?.text ?? null;
}
