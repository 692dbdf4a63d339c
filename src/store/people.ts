import type { Transaction } from "./open-database.ts";

export interface StoredPerson {
  readonly id: number;
  readonly login: string;
}

/** Keeps the newest login of each account. */
export async function rememberPeople(
  transaction: Transaction,
  installationId: number,
  people: readonly StoredPerson[],
): Promise<void> {
  const logins = new Map(people.map(({ id, login }) => [id, login]));
  if (logins.size === 0) return;
  await transaction
    .insertInto("people")
    .values(
      Array.from(logins, ([id, login]) => ({ installation_id: installationId, account_id: id, login })).toSorted(
        (one, other) => one.account_id - other.account_id,
      ),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "account_id"])
        .doUpdateSet((row) => ({ login: row.ref("excluded.login") }))
        .where((row) => row("people.login", "<>", row.ref("excluded.login"))),
    )
    .execute();
}
