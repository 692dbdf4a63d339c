import type { Database, Transaction } from "./open-database.ts";

export interface StoredInstallation {
  readonly installationId: number;
  /** Whose it is. */
  readonly accountId: number;
  readonly login: string;
}

/** Keeps an installation as one that may be worked for: a new one, or one that was asleep or gone and came back. */
export async function rememberInstallation(
  transaction: Transaction,
  { installationId, accountId, login }: StoredInstallation,
): Promise<void> {
  const values = { account_id: accountId, login, state: "active", gone_at: null } as const;
  await transaction
    .insertInto("installations")
    .values({ installation_id: installationId, ...values })
    .onConflict((conflict) => conflict.column("installation_id").doUpdateSet(values))
    .execute();
}

/** Whose an installation is has another login now, and so have the repositories that it reaches. */
export async function renameOwner(
  { query }: Pick<Database, "query">,
  { installationId, accountId, login }: StoredInstallation,
): Promise<void> {
  await query.transaction().execute(async (transaction) => {
    await transaction
      .updateTable("installations")
      .set({ account_id: accountId, login })
      .where("installation_id", "=", installationId)
      .execute();
    await transaction
      .updateTable("repositories")
      .set({ owner: login })
      .where("installation_id", "=", installationId)
      .where("gone_at", "is", null)
      .execute();
  });
}

/** An installation sleeps: its owner suspended it, and may wake it again. */
export async function suspendInstallation({ query }: Pick<Database, "query">, installationId: number): Promise<void> {
  const values = { state: "suspended", gone_at: null } as const;
  await query
    .insertInto("installations")
    .values({ installation_id: installationId, ...unknownOwner, ...values })
    .onConflict((conflict) => conflict.column("installation_id").doUpdateSet(values))
    .execute();
}

/** An installation was taken away. What is known of it stays for a while, in case that was a mistake; see `forgetGone`. */
export async function loseInstallation(
  { query }: Pick<Database, "query">,
  installationId: number,
  now: Date,
): Promise<void> {
  const values = { state: "gone", gone_at: now } as const;
  await query
    .insertInto("installations")
    .values({ installation_id: installationId, ...unknownOwner, ...values })
    .onConflict((conflict) =>
      // The first word of it counts: it may be told again.
      conflict.column("installation_id").doUpdateSet(values).where("installations.state", "<>", "gone"),
    )
    .execute();
}

/** What is known of an installation; null where nothing is. */
export async function readInstallation(
  { query }: Pick<Database, "query">,
  installationId: number,
): Promise<{
  readonly accountId: number | null;
  readonly login: string | null;
  readonly state: "active" | "suspended" | "gone";
} | null> {
  const row = await query
    .selectFrom("installations")
    .select(["account_id", "login", "state"])
    .where("installation_id", "=", installationId)
    .executeTakeFirst();
  return row === undefined ? null : { accountId: row.account_id, login: row.login, state: row.state };
}

/** The installations that are there, or asleep. */
export async function readPresentInstallations({ query }: Pick<Database, "query">): Promise<number[]> {
  const rows = await query
    .selectFrom("installations")
    .select("installation_id")
    .where("state", "<>", "gone")
    .orderBy("installation_id")
    .execute();
  return rows.map((row) => row.installation_id);
}

const unknownOwner = { account_id: null, login: null };
