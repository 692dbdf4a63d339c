import { expect, onTestFinished, test } from "vitest";
import { startApp } from "../../src/main/start-app.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { commitTo } from "../support/commit-to.ts";
import { describeDatabases } from "../support/databases.ts";
import { signedRequest } from "../support/deliver.ts";
import { by } from "../support/graphql-sandbox.ts";
import { silent } from "../support/jobs.ts";
import { temporaryFolder } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

await describeDatabases("web and workers apart", ({ open, openAgain }) => {
  test.skipIf(openAgain === null)("one takes in, the other works, and neither does what the other does", async () => {
    const metrics = "metrics of the tests";
    const web = await startTestApp(undefined, { database: await open(), role: "web", ledgerKey: new Uint8Array(32) });
    const { forge, acme, ada, credentials, quiet, commentsOn } = web;
    const repository = await createRepository(
      forge,
      { owner: acme, name: "tides", private: true, autoInit: true },
      by(ada),
    );
    await commitTo(forge, repository, {
      branch: "topic",
      author: ada,
      message: "Add\n\nCo-authored-by: G <g@example.org>",
    });
    const pull = await openPull(forge, { repository, title: "Add", body: null, head: "topic", base: "main" }, by(ada));
    await web.settled();
    expect((await web.app.count()).deliveries).toMatchObject({ running: 0 });
    expect((await web.app.count()).deliveries.waiting).toBeGreaterThan(0);
    expect(commentsOn(pull.issue)).toEqual([]);
    const worker = await startApp({
      credentials,
      database: (await openAgain?.()) ?? (await open()),
      ledgerKey: new Uint8Array(32),
      clonesFolder: temporaryFolder(),
      tokens: { control: null, metrics, operations: null },
      role: "worker",
      clock: forge.clock,
      log: silent,
      pause: 0,
      contentLimits: [],
    });
    onTestFinished(worker.stop);
    await quiet();
    expect(commentsOn(pull.issue)).toHaveLength(1);
    expect((await worker.http.request("/readyz")).status).toBe(200);
    expect((await worker.http.request("/metrics", { headers: { authorization: `Bearer ${metrics}` } })).status).toBe(
      200,
    );
    expect((await worker.http.request("/")).status).toBe(404);
    const [secret = ""] = credentials.webhookSecrets;
    const delivery = signedRequest("a", {}, { key: secret });
    expect((await worker.http.request("/api/github/webhooks", delivery)).status).toBe(404);
    expect((await web.app.http.request("/readyz")).status).toBe(200);
  });
});
