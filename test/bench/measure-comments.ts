import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { playInSandbox } from "../../src/main/play-in-sandbox.ts";
import { startApp } from "../../src/main/start-app.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { findAccount } from "../../src/sandbox/model/state.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { fillLedger } from "./fill-ledger.ts";

export interface CommentWish {
  readonly pullRequests: number;
  /** Milliseconds that GitHub takes for each request. */
  readonly latency: number;
  /** How many credits the ledger of the installation holds already. */
  readonly credits: number;
}

/** Milliseconds from the opening of each of some pull requests to its comment, one after the other, on PGlite in a folder. */
export async function measureComments({ pullRequests, latency, credits }: CommentWish): Promise<readonly number[]> {
  const folder = await mkdtemp(join(tmpdir(), "bench-comment-"));
  const { sandbox, credentials } = await playInSandbox({ port: 0, folder: null, webhookUrl: "http://127.0.0.1:1/" });
  const { forge, faults } = sandbox;
  const database = await openDatabase({ url: null, folder });
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  // Without GitHub's second between two comments: here each pull request has an installation's whole attention.
  const app = await startApp({
    credentials,
    database,
    ledgerKey: new Uint8Array(32),
    tokens: { control: null, metrics: null, operations: null },
    clonesFolder: join(folder, "clones"),
    clock: () => new Date(),
    log: silent,
    pause: 0,
    contentLimits: [],
  });
  const server = serve({ fetch: app.http.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const [registered] = forge.state.apps.values();
  if (registered === undefined) throw new Error("no app is registered");
  registered.webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;
  faults.arrange([{ kind: "slow", probability: 1, times: null, milliseconds: latency }], "");

  const [installation] = forge.state.installations.values();
  if (installation === undefined) throw new Error("nobody has installed the app");
  if (credits > 0) {
    await fillLedger(database, { installationId: installation.id, credits, people: 5000, repositories: 20 });
  }

  const ada = findAccount(forge.state, "ada");
  const owner = findAccount(forge.state, "tidewater");
  if (ada === null || owner === null) throw new Error("the story's people are gone");
  const actor = { account: ada, viaAppId: null };
  const repository = await createRepository(forge, { owner, name: "bench", autoInit: true }, actor);
  const main = await tipOf(forge, repository, "main");
  const delays: number[] = [];
  for (let number = 1; number <= pullRequests; number += 1) {
    const branch = `topic-${number}`;
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to: main }] }, actor);
    const files = [{ path: `${number}.txt`, mode: "100644", content: Buffer.from(String(number)) }];
    const message = "Measure\n\nCo-authored-by: Grace Sample <grace@example.org>";
    await writeFiles(forge, { repository, branch, files, message }, actor);
    const pull = await openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, actor);
    const begun = performance.now();
    while (pull.issue.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    delays.push(performance.now() - begun);
    await sandbox.settled();
  }
  await app.stop();
  server.close();
  await database.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
  return delays;
}
