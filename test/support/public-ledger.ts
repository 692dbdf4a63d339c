import { expect } from "vitest";
import type { LedgerPerson } from "../../src/domain/ledger/entry.ts";
import { forgetPerson } from "../../src/store/forget-person.ts";
import { loseInstallation, rememberInstallation, suspendInstallation } from "../../src/store/installations.ts";
import type { Database } from "../../src/store/open-database.ts";
import { hidePerson, rememberPeople } from "../../src/store/people.ts";
import { rememberPullRequest } from "../../src/store/pull-requests.ts";
import { rememberRepository } from "../../src/store/repositories.ts";
import { createWeb } from "../../src/web/create-web.ts";
import {
  account,
  ada,
  addRepositories,
  credit,
  entry,
  grace,
  hash,
  hedy,
  inTransaction,
  joan,
  march,
  promised,
  pullRequest,
} from "./ledger.ts";

const hostileName = `<img src=x onerror=alert(1)>`;
export const hostileTitle = `</a><script>alert("1")</script> & 'more'`;
const mallory = account(104, hostileName);
const hidden = account(105, "Hidden Example");
const forgotten = account(106, "Forgotten Example");
const copilot: LedgerPerson = { key: "assistant:Copilot", accountId: null, name: "Copilot" };

/** What must be found on no page: names of people who asked for it, of private repositories, and what is known there. */
export const unsaid = [
  "Hidden Example",
  "hideaway",
  "Forgotten Example",
  "frances",
  "Hedy",
  "secrets",
  "hush",
  "sleepy",
];

/**
 * The ledger of `acme`, with a private repository, somebody hidden, somebody forgotten and names that hold HTML; that of
 * `Globe`, where a repository and a person are named the same; and others that nobody may see.
 */
export async function fillPublicLedger(database: Database): Promise<void> {
  await addRepositories(database);
  await addOwner(database, { installationId: 1, login: "acme", repositories: { 13: "people", 14: "-" } });
  await addOwner(database, { installationId: 2, login: "Globe", repositories: { 20: "tides" } });
  await addOwner(database, { installationId: 3, login: "sleepy", repositories: { 30: "tides" } });
  await addOwner(database, { installationId: 4, login: "goner", repositories: { 40: "tides" } });
  await addOwner(database, { installationId: 5, login: "hush", repositories: {} });
  await addOwner(database, { installationId: 7, login: "twice", repositories: { 70: "older" } });
  await addOwner(database, { installationId: 8, login: "Twice", repositories: { 80: "newer" } });
  await suspendInstallation(database, 3);
  await loseInstallation(database, 4, march(20));
  await inTransaction(database, async (transaction) => {
    const secret = { id: 50, owner: "hush", name: "tides", isPrivate: true, defaultBranch: "main" };
    await rememberRepository(transaction, 5, secret);
    await rememberPeople(transaction, 1, [
      { id: 103, login: "hedy", name: "Hedy Instance" },
      { id: 104, login: "mallory", name: hostileName },
      { id: 105, login: "hideaway", name: "Hidden Example" },
      { id: 106, login: "frances", name: "Forgotten Example" },
    ]);
    await rememberPeople(transaction, 2, [{ id: 101, login: "ada", name: "Ada Elsewhere" }]);
    const pull = { state: "merged", title: hostileTitle, url: "javascript:alert(1)", headSha: null } as const;
    await rememberPullRequest(
      transaction,
      { installationId: 1, repositoryId: 10, number: 1 },
      { ...pull, landedSha: null, landedCommits: null },
    );
  });
  await credit(database, pullRequest(1), {
    entries: [
      entry(ada, { day: 1 }),
      entry(ada, { day: 1, role: "mentor", mentees: [grace, hidden] }),
      entry(grace, { day: 1, role: "co-author" }),
      entry(mallory, { day: 1, role: "reviewer" }),
      entry(hidden, { day: 1, role: "tester" }),
      entry(forgotten, { day: 1, role: "docs" }),
      entry(copilot, { day: 1, role: "co-author", isAssistant: true }),
    ],
  });
  await credit(database, pullRequest(2), { entries: [promised(hedy)] });
  const commit = { kind: "commit", sha: "4f2a91c0d3" } as const;
  await credit(database, commit, { entries: [entry(ada, { day: 9 }), entry(joan, { day: 9 })], repositoryId: 11 });
  await credit(database, { kind: "issue", number: 7 }, { entries: [entry(ada, { role: "idea", day: 12 })] });
  await credit(database, pullRequest(3), { entries: [entry(ada, { day: 20 }), entry(hedy)], repositoryId: 12 });
  await credit(database, pullRequest(1), { entries: [entry(ada, { day: 3 })], installationId: 2, repositoryId: 20 });
  for (const installationId of [3, 4, 5]) {
    const wish = { entries: [entry(ada)], installationId, repositoryId: installationId * 10 };
    await credit(database, pullRequest(1), wish);
  }
  await inTransaction(database, async (transaction) => {
    await hidePerson(transaction, 1, { id: 105, login: "hideaway" });
    await forgetPerson(transaction, 1, { accountId: 106, hash });
  });
}

/** The ledger's pages over a database, as they are in April 2026, and what a request for one comes to. */
export function openWeb(database: Database) {
  let now = Date.UTC(2026, 3, 2);
  const web = createWeb({ database, clock: () => new Date(now), github: "https://github.example.com" });
  const wait = (seconds: number): void => void (now += seconds * 1000);
  const get = async (path: string, init: RequestInit = {}): Promise<Response> =>
    web.request(`http://127.0.0.1:3000${path}`, init);
  async function page(path: string): Promise<string> {
    const response = await get(path);
    expect({ path, status: response.status }).toEqual({ path, status: 200 });
    return response.text();
  }
  async function json(path: string): Promise<Record<string, unknown>> {
    const response = await get(path);
    expect({ path, type: response.headers.get("content-type") }).toEqual({ path, type: "application/json" });
    return (await response.json()) as Record<string, unknown>;
  }
  return { web, get, page, json, wait };
}

async function addOwner(
  database: Database,
  wish: {
    readonly installationId: number;
    readonly login: string;
    readonly repositories: Readonly<Record<number, string>>;
  },
): Promise<void> {
  const { installationId, login, repositories } = wish;
  await inTransaction(database, async (transaction) => {
    await rememberInstallation(transaction, { installationId, accountId: 900 + installationId, login });
    for (const [id, name] of Object.entries(repositories)) {
      const repository = { id: Number(id), owner: login, name, isPrivate: false, defaultBranch: "main" };
      await rememberRepository(transaction, installationId, repository);
    }
  });
}
