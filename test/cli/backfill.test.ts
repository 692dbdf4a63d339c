import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readControl } from "../../src/cli/read-control.ts";
import { runBackfill } from "../../src/cli/run-backfill.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { readBackfill } from "../../src/store/backfills.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { temporaryFolder } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, grace, app, installation, quiet, complaints } = await startTestApp(afterAll);
const url = new URL(installation.app.webhook.url ?? "").origin;

const tides = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
await commitTo(forge, tides, { branch: "topic", author: grace, message: "Count" });
const wanted = { repository: tides, title: "Count", body: null, head: "topic", base: "main" };
await mergePull(forge, { pull: await openPull(forge, wanted, by(grace)), method: "squash" }, by(ada));
await quiet();

function folderWith(token: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "control.token"), `${token}\n`);
  return folder;
}

/** What the command says, or complains of. */
async function run({
  token = "control",
  ...given
}: {
  repository?: string;
  url?: string;
  folder?: string;
  token?: string;
}): Promise<string> {
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) };
  const terminal = { env: {}, cwd: () => "/", stdout: stream, stderr: { write: () => true } };
  const { repository = null, ...place } = { url, folder: folderWith(token), ...given };
  try {
    await runBackfill(await readControl(place), repository, terminal as unknown as Terminal);
    return written.join("");
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test("a repository that the app was told of has its history already", async () => {
  const key = { installationId: installation.id, repositoryId: tides.id };
  expect(await readBackfill(app.deps.database, key)).toMatchObject({ state: "done" });
  expect(complaints).toEqual([]);
});

test.for([{}, { repository: "acme/tides" }, { repository: "ACME/Tides" }])(
  "asked for by %o it is read again, and told of at the end",
  async (given) => {
    expect(await run(given)).toBe("acme/tides  done: pull requests 1 of 1, direct commits 1\n");
  },
);

test.for<[what: string, given: Parameters<typeof run>[0], complaint: RegExp]>([
  ["a repository that is not known", { repository: "acme/moon" }, /^acme\/moon is not known; install the app there$/],
  ["a folder without a token", { folder: "/nowhere" }, /control\.token cannot be read; start the service/],
  ["another token", { token: "stolen" }, /does not take the token/],
  ["a service that is not there", { url: "http://127.0.0.1:1" }, /^nothing answers at http:\/\/127\.0\.0\.1:1;/],
])("%s is one clear line", async ([, given, complaint]) => {
  const said = await run(given);
  expect(said).toMatch(complaint);
  expect(said.split("\n")).toHaveLength(1);
});

test.for<[method: string, path: string]>([
  ["POST", "/ledger/backfill"],
  ["GET", "/ledger/backfills"],
])("%s %s is refused without the token", async ([method, path]) => {
  for (const authorization of ["", "Bearer ", "Bearer contro", "Basic control"]) {
    expect((await fetch(new URL(path, url), { method, headers: { authorization } })).status).toBe(403);
  }
});

test("what is no wish is refused", async () => {
  const headers = { authorization: "Bearer control" };
  for (const body of ["{", "[]", '{"repositories":[]}', '{"repository":7}', " ".repeat(2000)]) {
    expect((await fetch(new URL("/ledger/backfill", url), { method: "POST", headers, body })).status).toBe(400);
  }
});
