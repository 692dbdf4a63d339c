import { expect, test } from "vitest";
import { writeEntries } from "../../src/app/write-entries.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import { describeDatabases, untilSomebodyWaits } from "../support/databases.ts";
import { addRepositories, hash, inTransaction, march, pullRequest } from "../support/ledger.ts";

const person = { key: "account:101", id: 101, login: "ada", name: "Ada Example", assistant: null, identities: [] };
const credited = { credits: [{ person, role: "author", evidence: [] }], assistants: [] } as const;
const subjects = [{ subject: pullRequest(1), credited, countedAt: () => march(1) }];

await describeDatabases("writing what people did", ({ open, openAgain }) => {
  test.runIf(openAgain)("whoever asks to be forgotten meanwhile is forgotten", async () => {
    const database = await open();
    await addRepositories(database);
    const { begun } = await inTransaction(database, async (transaction) => {
      await writeEntries(transaction, { installationId: 1, repositoryId: 10 }, { subjects, hash });
      const forgetting = inTransaction(database, (other) => forgetPerson(other, 1, { accountId: 101, hash }));
      await Promise.race([forgetting, untilSomebodyWaits(database)]);
      return { begun: forgetting };
    });
    const touched = await begun;
    for (const table of ["credits", "people", "tallies"] as const) {
      const rows = await database.query.selectFrom(table).selectAll().execute();
      expect(JSON.stringify(rows)).not.toMatch(/\bada\b|Ada Example|\b101\b/);
    }
    // So that the app's comment there names them no more, either.
    expect(touched).toEqual([{ repositoryId: 10, number: 1 }]);
  });
});
