import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { fillInHistory } from "../../src/app/fill-in-history.ts";
import { PostponeUntil } from "../../src/domain/postpone-until.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { gitHubLimits } from "../../src/sandbox/limits/create-limiter.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import type { Database } from "../../src/store/open-database.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { creditPermissions, makeGitHub } from "../support/make-github.ts";
import { openInMemory } from "../support/open-in-memory.ts";
import { temporaryFolder } from "../support/repository.ts";
import { startSecondApp } from "../support/start-second-app.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const sandbox = await startTestSandbox({}, afterAll);
const { forge, acme, ada, grace, hedy } = sandbox;
const { installation, options } = await makeGitHub(sandbox, { granted: { ...creditPermissions, metadata: "read" } });
const credentials = { appId: String(options.appId), privateKey: options.privateKey, webhookSecrets: ["secret"] };
const given = { forge, installation, credentials: { ...credentials, apiUrl: forge.api } };

const methods = ["merge", "squash", "rebase"] as const;
const patient = { isLastTry: false, signal: new AbortController().signal };

function makeRepository(name: string, settings: { private?: boolean; autoInit?: boolean } = {}): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true, ...settings }, by(ada));
}

/** Pull requests of each method, and commits by none between them. */
async function fill(repository: Repository, count: number): Promise<string[]> {
  const direct: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const branch = `topic-${number}`;
    for (const message of ["Count", "Count again"].slice(0, 1 + (number % 2))) {
      await commitTo(forge, repository, { branch, author: grace, message: `${message} ${number}` });
    }
    const wanted = { repository, title: `Count ${number}`, body: null, head: branch, base: "main" };
    const pull = await openPull(forge, wanted, by(grace));
    await mergePull(forge, { pull, method: methods[number % 3] ?? "merge" }, by(ada));
    if (number % 5 > 0) continue;
    const message = `On its own ${number}`;
    direct.push(await commitTo(forge, repository, { branch: "main", author: hedy, message }));
  }
  return direct;
}

async function subjectsIn({ query }: Database, kind: "commit" | "pull request"): Promise<string[]> {
  const rows = await query
    .selectFrom("credits")
    .select("subject")
    .distinct()
    .where("subject_kind", "=", kind)
    .execute();
  return rows.map(({ subject }) => subject);
}

const tides = await makeRepository("tides");
const directInTides = await fill(tides, 60);

test("sixty pull requests of each method, and what came by none, are told apart", async () => {
  const second = await startSecondApp(given);
  await second.ask(tides);
  await second.idle();
  const { state, phase, cursor, error, ...progress } = await second.progressOf(tides);
  expect({ state, phase, cursor, error }).toEqual({ state: "done", phase: null, cursor: null, error: null });
  // Ada's first commit is one more.
  expect(progress).toMatchObject({ pullsTotal: 60, pullsDone: 60, commitsDone: directInTides.length + 1 });
  expect(await subjectsIn(second.database, "pull request")).toHaveLength(60);
  const direct = await subjectsIn(second.database, "commit");
  expect(direct).toHaveLength(directInTides.length + 1);
  expect(direct).toEqual(expect.arrayContaining(directInTides));
  expect(second.complaints).toEqual([]);
});

test("an end at any request loses no more than a page, and nothing of it counts twice", async () => {
  let left = Number.POSITIVE_INFINITY;
  const onRequest = (): void => {
    left -= 1;
    if (left < 0) throw new Error("the process ended");
  };
  const folder = temporaryFolder();
  const second = await startSecondApp(given, { onRequest, clonesFolder: folder });
  const deps = { ...second.app.deps, enqueueBackfill: async () => {} };
  await second.ask(tides);
  await second.idle();
  const rows = await second.database.query.selectFrom("credits").selectAll().orderBy("subject").execute();
  await second.database.query.deleteFrom("credits").execute();
  const place = second.placeOf(tides);
  await second.database.query
    .updateTable("backfills")
    .set({ state: "waiting", pulls_done: 0, commits_done: 0 })
    .execute();

  const seen: string[] = [];
  for (let ends = 0; (await second.progressOf(tides)).state !== "done"; ends += 1) {
    left = ends;
    await fillInHistory(deps, place, patient).catch((error: Error) => seen.push(error.message));
    expect(ends).toBeLessThan(40);
  }
  expect(seen.length).toBeGreaterThan(3);
  expect(await second.progressOf(tides)).toMatchObject({ pullsDone: 60, commitsDone: directInTides.length + 1 });
  expect(await second.database.query.selectFrom("credits").selectAll().orderBy("subject").execute()).toEqual(rows);
  expect(readdirSync(folder)).toEqual([]);
});

test("whoever is stopped goes on at the next start", async () => {
  const database = await openInMemory();
  const first = await startSecondApp(given, { database });
  await first.ask(tides);
  while (first.requests.length === 0) await sleep(5);
  await first.app.stop();
  const second = await startSecondApp(given, { database });
  await second.idle();
  expect(await second.progressOf(tides)).toMatchObject({ state: "done", pullsDone: 60 });
});

test("most of the limit is left to what happens now", async () => {
  const second = await startSecondApp(given);
  const deps = { ...second.app.deps, enqueueBackfill: async () => {} };
  await second.ask(tides);
  await second.idle();
  await second.database.query.updateTable("backfills").set({ state: "waiting", pulls_done: 0 }).execute();
  sandbox.limiter.setLimits({ ...gitHubLimits, perHour: 20 });
  const until = await fillInHistory(deps, second.placeOf(tides), patient).catch((error: unknown) => error);
  sandbox.limiter.setLimits(null);
  expect(until).toBeInstanceOf(PostponeUntil);
  // What was read is kept.
  expect(await second.progressOf(tides)).toMatchObject({ state: "running", phase: "pull requests", pullsDone: 25 });
});

test("a repository without commits is done at once", async () => {
  const repository = await makeRepository("empty", { autoInit: false });
  const second = await startSecondApp(given);
  await second.ask(repository);
  await second.idle();
  expect(await second.progressOf(repository)).toMatchObject({ state: "done", pullsTotal: 0, commitsDone: 0 });
});

test("a private repository is cloned with a token that no argument, no address and no file shows", async () => {
  const repository = await makeRepository("secrets", { private: true });
  await fill(repository, 2);
  const folder = temporaryFolder();
  const second = await startSecondApp(given, { clonesFolder: folder });
  const shown: string[] = [];
  const watch = setInterval(() => shown.push(...argumentsOfAll()), 2);
  await second.ask(repository);
  await second.idle();
  clearInterval(watch);
  expect(await second.progressOf(repository)).toMatchObject({ state: "done", pullsDone: 2, commitsDone: 2 });
  expect(shown.some((line) => line.includes("secrets.git"))).toBe(true);
  const tokens = Array.from(forge.state.tokens.keys());
  const words = tokens.flatMap((token) => [token, Buffer.from(`x-access-token:${token}`).toString("base64")]);
  expect(shown.filter((line) => words.some((word) => line.includes(word)))).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a repository that is not there says so, and is not tried again", async () => {
  const repository = await makeRepository("gone");
  const second = await startSecondApp(given);
  forge.state.repositories.delete(repository.id);
  await second.ask(repository);
  await second.idle();
  const { state, error } = await second.progressOf(repository);
  expect({ state, error }).toEqual({ state: "failed", error: expect.stringMatching(/repository/) });
});

/** The arguments of every process on this machine, where it shows them. */
function argumentsOfAll(): string[] {
  const ids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return [];
    }
  });
}
