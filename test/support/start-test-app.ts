import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import { onTestFinished } from "vitest";
import type { SentRequest } from "../../src/github/tell-answer.ts";
import { appManifest } from "../../src/main/app-manifest.ts";
import type { Credentials } from "../../src/main/read-credentials.ts";
import { type App, type AppOptions, startApp } from "../../src/main/start-app.ts";
import { installApp, registerApp } from "../../src/sandbox/actions/apps.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Installation } from "../../src/sandbox/model/app.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { by } from "./graphql-sandbox.ts";
import { openInMemory } from "./open-in-memory.ts";
import { startTestSandbox, type TestSandbox, type WhenDone } from "./start-test-sandbox.ts";

export interface TestApp extends TestSandbox {
  readonly app: App;
  readonly installation: Installation;
  /** By which another process of the app signs in. */
  readonly credentials: Credentials;
  /** Waits until the app has answered all that happened so far. */
  readonly quiet: () => Promise<void>;
  /** The app's comments on an issue or pull request. */
  readonly commentsOn: (issue: Issue) => string[];
  /** What the app has complained of. */
  readonly complaints: object[];
  /** All that the app has logged, complaints among it. */
  readonly logged: object[];
  /** What the app has asked of GitHub in the name of an installation. */
  readonly requests: SentRequest[];
}

/** The whole app, with its database in memory, installed on the sandbox's `acme`; for one test, or with `afterAll` for a file. */
export async function startTestApp(
  whenDone: WhenDone = onTestFinished,
  options: Partial<AppOptions> = {},
): Promise<TestApp> {
  const sandbox = await startTestSandbox({}, whenDone);
  const { forge, acme, ada } = sandbox;
  const registered = await registerApp(forge, {
    name: "Curtain Call",
    owner: acme,
    webhookUrl: null,
    permissions: appManifest.default_permissions,
    events: [
      "installation_target",
      "issues",
      "issue_comment",
      "pull_request",
      "pull_request_review",
      "push",
      "release",
      "repository",
      "merge_group",
    ],
  });
  const database = await openInMemory();
  const clonesFolder = await mkdtemp(join(tmpdir(), "curtain-call-clones-"));
  const complaints: object[] = [];
  const requests: SentRequest[] = [];
  const logged: object[] = [];
  const note = (fields: object, text: string): void => void logged.push({ ...fields, text });
  const complain = (fields: object, text: string): void => {
    note(fields, text);
    complaints.push({ ...fields, text });
  };
  const credentials = {
    appId: String(registered.app.id),
    privateKey: registered.privateKey,
    webhookSecrets: [registered.app.webhook.secret ?? ""],
    apiUrl: forge.api,
  };
  const app = await startApp({
    credentials,
    database,
    ledgerKey: new Uint8Array(32),
    clonesFolder,
    publicUrl: "https://credit.example.org",
    tokens: { control: "control", metrics: "metrics of the tests", operations: "operations of the tests" },
    clock: forge.clock,
    log: { info: note, warn: complain, error: complain },
    pause: 0,
    contentLimits: [],
    onRequest: (request) => {
      if (request.installationId !== null) requests.push(request);
    },
    ...options,
  });
  const server = serve({ fetch: app.http.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  registered.app.webhook.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/github/webhooks`;
  const installation = await installApp(forge, { app: registered.app, account: acme, repositories: null }, by(ada));
  whenDone(async () => {
    await sandbox.settled();
    await app.stop();
    server.close();
    await database.close();
    await rm(clonesFolder, { recursive: true, force: true });
  });

  async function quiet(): Promise<void> {
    do await sandbox.settled();
    while (await isBusy(app));
  }

  const bot: Account = registered.app.bot;
  const commentsOn = ({ comments }: Issue): string[] =>
    comments.flatMap(({ author, body }) => (author === bot ? body : []));
  // What is made from here on is new to it: it is not part of the history that an installation has read.
  if (options.role !== "web") await quiet();
  return { ...sandbox, app, installation, credentials, quiet, commentsOn, complaints, logged, requests };
}

/** Whether there is work left; waits a moment where there is. */
export async function isBusy({ count }: Pick<App, "count">): Promise<boolean> {
  const counts = Object.values(await count());
  if (counts.every(({ waiting, running }) => waiting + running === 0)) return false;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return true;
}
