import { expect, test } from "vitest";
import { readContributors } from "../../src/store/contributors.ts";
import type { Database } from "../../src/store/open-database.ts";
import { hidePerson, showPerson } from "../../src/store/people.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hedy,
  inTransaction,
  joan,
  promised,
  pullRequest,
} from "../support/ledger.ts";

const copilot = { key: "assistant:Copilot", accountId: null, name: "Copilot" };

async function namesIn(database: Database, repositoryId = 10): Promise<string[]> {
  const people = await readContributors(database, { installationId: 1, repositoryId });
  return people.map(({ name }) => name);
}

await describeDatabases("contributors", ({ open }) => {
  test("are all whose credit counts in the repository, each once, with every role", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(1), {
      entries: [
        entry(ada),
        entry(grace, { role: "co-author", state: "lost" }),
        entry(copilot, { role: "co-author", isAssistant: true }),
      ],
    });
    await credit(database, pullRequest(2), {
      entries: [entry(ada, { role: "docs" }), entry(ada, { role: "author" }), entry(joan, { role: "tester" })],
    });
    await credit(database, pullRequest(3), { entries: [promised(hedy)] });
    await credit(database, pullRequest(4), { entries: [entry(hedy)], repositoryId: 11 });
    await credit(database, pullRequest(5), { entries: [entry(hedy)], installationId: 2 });
    const people = await readContributors(database, { installationId: 1, repositoryId: 10 });
    expect(people.map(({ roles, ...person }) => ({ ...person, roles: roles.toSorted() }))).toEqual([
      { key: "account:101", login: "ada", name: "Ada Example", isAssistant: false, roles: ["author", "docs"] },
      { key: "account:102", login: "grace", name: "Grace Sample", isAssistant: false, roles: ["co-author"] },
      { key: joan.key, login: null, name: "Joan Figure", isAssistant: false, roles: ["tester"] },
      { key: "assistant:Copilot", login: null, name: "Copilot", isAssistant: true, roles: ["co-author"] },
    ]);
  });

  test("are called as they last wrote their name there", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(1), { entries: [entry({ ...hedy, name: "Hedy" }, { day: 1 })] });
    await credit(database, pullRequest(2), { entries: [entry(hedy, { day: 3 })] });
    await credit(database, pullRequest(3), { entries: [entry({ ...hedy, name: "" }, { day: 4 })] });
    await credit(database, pullRequest(4), {
      entries: [entry({ ...hedy, name: "Elsewhere" }, { day: 5 })],
      repositoryId: 12,
    });
    expect(await namesIn(database)).toEqual(["Hedy Instance"]);
  });

  test("are not those who asked not to be listed, until they ask for it", async () => {
    const database = await open();
    await addRepositories(database);
    await credit(database, pullRequest(1), { entries: [entry(ada), entry(grace)] });
    await inTransaction(database, (transaction) => hidePerson(transaction, 1, { id: 102, login: "grace" }));
    expect(await namesIn(database)).toEqual(["Ada Example"]);
    await inTransaction(database, (transaction) => showPerson(transaction, 1, 102));
    expect(await namesIn(database)).toEqual(["Ada Example", "Grace Sample"]);
  });
});
