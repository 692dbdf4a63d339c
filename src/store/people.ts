import type { Database, Transaction } from "./open-database.ts";

export interface StoredPerson {
  readonly id: number;
  readonly login: string;
  /** What to call them; null or absent where it is not known, and then an earlier one stays. */
  readonly name?: string | null;
}

/** Keeps the newest login and name of each account. */
export async function rememberPeople(
  transaction: Transaction,
  installationId: number,
  people: readonly StoredPerson[],
): Promise<void> {
  const newest = new Map(people.map((person) => [person.id, person]));
  if (newest.size === 0) return;
  await transaction
    .insertInto("people")
    .values(
      Array.from(newest.values(), ({ id, login, name }) => ({
        installation_id: installationId,
        account_id: id,
        login,
        name: name || null,
      })).toSorted((one, other) => one.account_id - other.account_id),
    )
    .onConflict((conflict) =>
      conflict
        .columns(["installation_id", "account_id"])
        .doUpdateSet((row) => ({
          login: row.ref("excluded.login"),
          name: row.fn.coalesce("excluded.name", "people.name"),
        }))
        .where((row) =>
          row.or([
            row("people.login", "<>", row.ref("excluded.login")),
            row(row.fn.coalesce("excluded.name", "people.name"), "is distinct from", row.ref("people.name")),
          ]),
        ),
    )
    .execute();
}

/** Lists somebody no more, as they asked; nothing of them is deleted, and `showPerson` lists them again. */
export async function hidePerson(
  transaction: Transaction,
  installationId: number,
  { id, login }: StoredPerson,
): Promise<void> {
  await transaction
    .insertInto("people")
    .values({ installation_id: installationId, account_id: id, login, is_hidden: true })
    .onConflict((conflict) => conflict.columns(["installation_id", "account_id"]).doUpdateSet({ is_hidden: true }))
    .execute();
}

/** Lists somebody again who was hidden; it does not bring back whoever was forgotten. */
export async function showPerson(transaction: Transaction, installationId: number, accountId: number): Promise<void> {
  await transaction
    .updateTable("people")
    .set({ is_hidden: false })
    .where("installation_id", "=", installationId)
    .where("account_id", "=", accountId)
    .execute();
}

/** What accounts are called, by their numbers; those that nothing is known of are left out. */
export async function readPeople(
  { query }: Pick<Database, "query">,
  installationId: number,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, { readonly login: string; readonly name: string | null }>> {
  if (accountIds.length === 0) return new Map();
  const rows = await query
    .selectFrom("people")
    .select(["account_id", "login", "name"])
    .where("installation_id", "=", installationId)
    .where("account_id", "in", [...accountIds])
    .execute();
  return new Map(rows.map(({ account_id: id, login, name }) => [id, { login, name }]));
}
