import { sql } from "kysely";
import { expect, test } from "vitest";
import { describeDatabases } from "../support/databases.ts";

await describeDatabases("an open database", ({ open, openAgain }) => {
  test.skipIf(openAgain === null)(
    "a connection that breaks takes its transaction with it, and nothing else",
    async () => {
      const database = await open();
      const other = await openAgain?.();
      const broken = database.query.transaction().execute(async (transaction) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
        await sql`insert into keys values ('tides', 'high')`.execute(transaction);
        if (other !== undefined) await sql`select pg_terminate_backend(${rows[0]?.pid}, 5000)`.execute(other.query);
        // It breaks while nobody asks anything.
        await new Promise((resolve) => setTimeout(resolve, 100));
        await sql`insert into keys values ('moons', 'full')`.execute(transaction);
      });
      await expect(broken).rejects.toThrow(/terminat|not queryable|connection/i);
      expect(await database.query.selectFrom("keys").selectAll().execute()).toEqual([]);
    },
  );
});
