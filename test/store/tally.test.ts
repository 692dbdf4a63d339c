import { expect, test } from "vitest";
import { readMentoring } from "../../src/store/mentoring.ts";
import { readMonths } from "../../src/store/months.ts";
import type { Database } from "../../src/store/open-database.ts";
import { hidePerson, showPerson } from "../../src/store/people.ts";
import { readRepositories } from "../../src/store/public-repositories.ts";
import { rememberPullRequest } from "../../src/store/pull-requests.ts";
import { readRecentWork } from "../../src/store/recent-work.ts";
import { loseRepository } from "../../src/store/repositories.ts";
import { readTally } from "../../src/store/tally.ts";
import { describeDatabases } from "../support/databases.ts";
import {
  account,
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hedy,
  inTransaction,
  joan,
  march,
  promised,
  pullRequest,
} from "../support/ledger.ts";

const wish = {
  installationId: 1,
  visible: { alsoRepositoryId: null },
  repositoryId: null,
  accountId: null,
  since: null,
  until: null,
  limit: 10,
};
const midnight = (day: number): Date => new Date(Date.UTC(2026, 2, day));
const copilot = { key: "assistant:Copilot", accountId: null, name: "Copilot" };

/** Ada has worked on four things, Grace on two, Joan on one; one of Ada's and one of Hedy's is private. */
async function fill(database: Database): Promise<void> {
  await addRepositories(database);
  await addRepositories(database, 2);
  await credit(database, pullRequest(1), {
    entries: [
      entry(ada, { day: 1 }),
      entry(ada, { day: 1, role: "docs" }),
      entry(grace, { day: 1, role: "co-author", state: "lost" }),
      entry(copilot, { day: 1, role: "co-author", isAssistant: true }),
    ],
  });
  await credit(database, pullRequest(1), {
    entries: [entry(ada, { day: 9 }), entry(joan, { day: 9 })],
    repositoryId: 11,
  });
  const taught = entry(ada, { day: 5, role: "mentor", mentees: [grace] });
  await credit(database, { kind: "commit", sha: "4f2a91c" }, { entries: [taught, entry(grace, { day: 5 })] });
  await credit(database, pullRequest(2), { entries: [promised(ada), promised(hedy)] });
  await credit(database, pullRequest(3), { entries: [entry(ada), entry(hedy)], repositoryId: 12 });
  await credit(database, pullRequest(4), { entries: [entry(hedy)], installationId: 2 });
}

/** Who has how many works, as in `Ada Example 3`. */
async function worksOf(database: Database, changes: Partial<typeof wish> | object = {}): Promise<string[]> {
  const { people } = await readTally(database, { ...wish, ...changes });
  return people.map(({ name, works }) => `${name} ${works}`);
}

await describeDatabases("the tally", ({ open }) => {
  test("people are counted by distinct works, with each role, and assistants apart", async () => {
    const database = await open();
    await fill(database);
    expect(await readTally(database, wish)).toEqual({
      people: [
        {
          key: "account:101",
          accountId: 101,
          login: "ada",
          name: "Ada Example",
          works: 3,
          roles: { author: 2, docs: 1, mentor: 1 },
          first: march(1),
          last: march(9),
        },
        {
          key: "account:102",
          accountId: 102,
          login: "grace",
          name: "Grace Sample",
          works: 2,
          roles: { author: 1, "co-author": 1 },
          first: march(1),
          last: march(5),
        },
        {
          key: joan.key,
          accountId: null,
          login: null,
          name: "Joan Figure",
          works: 1,
          roles: { author: 1 },
          first: march(9),
          last: march(9),
        },
      ],
      assistants: [
        {
          key: "assistant:Copilot",
          accountId: null,
          login: null,
          name: "Copilot",
          works: 1,
          roles: { "co-author": 1 },
          first: march(1),
          last: march(1),
        },
      ],
      works: 3,
      peopleCount: 3,
    });
    expect(await readTally(database, { ...wish, installationId: 3 })).toEqual({
      people: [],
      assistants: [],
      works: 0,
      peopleCount: 0,
    });
  });

  test("what is asked for narrows it", async () => {
    const database = await open();
    await fill(database);
    expect(await worksOf(database, { repositoryId: 11 })).toEqual(["Ada Example 1", "Joan Figure 1"]);
    expect(await worksOf(database, { accountId: 102 })).toEqual(["Grace Sample 2"]);
    expect(await worksOf(database, { since: midnight(2), until: midnight(9) })).toEqual([
      "Ada Example 1",
      "Grace Sample 1",
    ]);
    expect(await worksOf(database, { limit: 1 })).toEqual(["Ada Example 3"]);
    expect(await readTally(database, { ...wish, limit: 1 })).toMatchObject({ works: 3, peopleCount: 3 });
    expect(await readTally(database, { ...wish, accountId: 102 })).toMatchObject({ works: 2, peopleCount: 1 });
  });

  test("a private repository is seen from itself alone, and one that is gone is not", async () => {
    const database = await open();
    await fill(database);
    const itself = { visible: { alsoRepositoryId: 12 } };
    const all = ["Ada Example 4", "Grace Sample 2", "Hedy Instance 1", "Joan Figure 1"];
    expect(await worksOf(database, itself)).toEqual(all);
    expect(await worksOf(database, { repositoryId: 12 })).toEqual([]);
    expect(await worksOf(database, { ...itself, repositoryId: 12 })).toEqual(["Ada Example 1", "Hedy Instance 1"]);
    await loseRepository(database, { installationId: 1, repositoryId: 11 }, march(10));
    expect(await worksOf(database)).toEqual(["Ada Example 2", "Grace Sample 2"]);
    await addRepositories(database);
    expect(await worksOf(database)).toEqual(["Ada Example 3", "Grace Sample 2", "Joan Figure 1"]);
  });

  test("whoever asked not to be listed is nowhere, until they want to be", async () => {
    const database = await open();
    await fill(database);
    await inTransaction(database, (transaction) => hidePerson(transaction, 1, { id: 101, login: "ada" }));
    expect(await worksOf(database)).toEqual(["Grace Sample 2", "Joan Figure 1"]);
    expect(await readMonths(database, { ...wish, accountId: 101 })).toEqual([]);
    expect(await readRecentWork(database, { ...wish, accountId: 101 })).toEqual([]);
    for (const accountId of [101, 102]) {
      expect(await readMentoring(database, { ...wish, accountId })).toEqual({ taught: [], taughtBy: [] });
    }
    await inTransaction(database, (transaction) => showPerson(transaction, 1, 101));
    expect(await worksOf(database)).toEqual(["Ada Example 3", "Grace Sample 2", "Joan Figure 1"]);
  });

  test("equal counts are in the order of names by code point, then of keys", async () => {
    const database = await open();
    await addRepositories(database);
    const names = ["\u{1f600}", "\ufb00", "a", "Z", "a"];
    const entries = names.map((name, index) => entry(account(200 + index, name)));
    await credit(database, pullRequest(1), { entries });
    const { people } = await readTally(database, wish);
    expect(people.map(({ key }) => key)).toEqual([203, 202, 204, 201, 200].map((id) => `account:${id}`));
  });

  test("months are those of UTC, with the credits of people in each role", async () => {
    const database = await open();
    await addRepositories(database);
    const edges = ["2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00Z", "2026-03-31T23:59:59Z"];
    for (const [index, moment] of edges.entries()) {
      await credit(database, pullRequest(index + 1), { entries: [entry(ada, { countedAt: new Date(moment) })] });
    }
    await credit(database, pullRequest(9), {
      entries: [entry(copilot, { isAssistant: true }), entry(ada, { role: "docs" })],
    });
    expect(await readMonths(database, wish)).toEqual([
      { month: "2026-02", role: "author", credits: 1 },
      { month: "2026-03", role: "author", credits: 2 },
      { month: "2026-03", role: "docs", credits: 1 },
    ]);
  });

  test("a person's newest work comes first, with a pull request's title", async () => {
    const database = await open();
    await fill(database);
    const key = { installationId: 1, repositoryId: 11, number: 1 };
    const pull = { state: "merged", title: "Chart the bay", url: "https://example.com/1", headSha: null } as const;
    await inTransaction(database, (transaction) =>
      rememberPullRequest(transaction, key, { ...pull, landedSha: null, landedCommits: null }),
    );
    const tides = { id: 10, owner: "acme", name: "tides" };
    const unknown = { title: null, url: null };
    expect(await readRecentWork(database, { ...wish, accountId: 101 })).toEqual([
      {
        repository: { id: 11, owner: "acme", name: "charts" },
        subject: pullRequest(1),
        title: pull.title,
        url: pull.url,
        roles: ["author"],
        countedAt: march(9),
      },
      {
        repository: tides,
        subject: { kind: "commit", sha: "4f2a91c" },
        ...unknown,
        roles: ["mentor"],
        countedAt: march(5),
      },
      { repository: tides, subject: pullRequest(1), ...unknown, roles: ["author", "docs"], countedAt: march(1) },
    ]);
    expect(await readRecentWork(database, { ...wish, limit: 1 })).toHaveLength(1);
  });

  test("who taught whom is told to both, where it counts and is visible", async () => {
    const database = await open();
    await fill(database);
    await credit(database, pullRequest(5), { entries: [promised(ada, { role: "mentor", mentees: [hedy] })] });
    const secret = entry(ada, { role: "mentor", mentees: [hedy] });
    await credit(database, pullRequest(6), { entries: [secret], repositoryId: 12 });
    const since = march(5);
    expect(await readMentoring(database, { ...wish, accountId: 101 })).toEqual({
      taught: [{ person: { ...grace, login: "grace" }, since, works: 1 }],
      taughtBy: [],
    });
    expect(await readMentoring(database, { ...wish, accountId: 102 })).toEqual({
      taught: [],
      taughtBy: [{ person: { ...ada, login: "ada" }, since, works: 1 }],
    });
  });

  test("public repositories are listed with what counts there", async () => {
    const database = await open();
    await fill(database);
    expect(await readRepositories(database, { installationId: 1 })).toEqual([
      { id: 11, owner: "acme", name: "charts", works: 1, people: 2, last: march(9) },
      { id: 10, owner: "acme", name: "tides", works: 2, people: 2, last: march(5) },
    ]);
    expect(await readRepositories(database, { installationId: 2 })).toMatchObject([
      { name: "charts", works: 0, people: 0, last: null },
      { name: "tides", works: 1, people: 1 },
    ]);
  });
});
