import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished } from "vitest";
import { createOrganization, createPerson } from "../../src/sandbox/actions/accounts.ts";
import { createUserToken } from "../../src/sandbox/actions/apps.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { loadWebhookDescription } from "./webhook-description.ts";

export interface TestSandbox extends Sandbox {
  /** The organisation `acme`, owned by Ada, with Grace as a member; Hedy is a stranger. */
  readonly acme: Account;
  readonly ada: Account;
  readonly grace: Account;
  readonly hedy: Account;
  readonly tokenOf: (account: Account) => string;
  /** What GitHub would not have known so far; a test that expects some takes them out. */
  readonly problems: string[];
}

/** What is to be done at the end of a test, or with `afterAll` of the tests of a file. */
export type WhenDone = (clean: () => Promise<void>) => void;

/** Starts a sandbox for one test, which fails by name for all that GitHub's descriptions do not know. */
export async function startTestSandbox(
  options: Partial<SandboxOptions> = {},
  whenDone: WhenDone = onTestFinished,
): Promise<TestSandbox> {
  const problems: string[] = [];
  const webhooks = await loadWebhookDescription();
  const sandbox = await startSandbox({
    port: 0,
    dataFolder: null,
    onProblem: (problem) => problems.push(problem),
    onWebhook: (event, action, payload) => {
      const found = webhooks.check(event, action, JSON.parse(JSON.stringify(payload)));
      problems.push(...found.map((problem) => `webhook ${event} ${action ?? ""}: ${problem}`));
    },
    onError: (error) => problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    ...options,
  });
  whenDone(async () => {
    await sandbox.settled();
    await sandbox.close();
    expect([...new Set(problems)]).toEqual([]);
  });
  const { forge } = sandbox;
  const ada = createPerson(forge, { login: "ada", name: "Ada Example", addresses: ["ada@example.com"] });
  const grace = createPerson(forge, { login: "grace", name: "Grace Sample", addresses: ["grace@example.org"] });
  const hedy = createPerson(forge, { login: "hedy", name: "Hedy Instance", addresses: ["hedy@example.com"] });
  const acme = createOrganization(forge, { login: "acme", name: "Acme", owner: ada });
  acme.organization?.members.set(grace, "member");
  const tokens = new Map<Account, string>();
  const tokenOf = (account: Account): string => {
    const token = tokens.get(account) ?? createUserToken(forge, account);
    tokens.set(account, token);
    return token;
  };
  return { ...sandbox, acme, ada, grace, hedy, tokenOf, problems };
}

export interface ReceivedWebhook {
  readonly headers: IncomingMessage["headers"];
  readonly event: string;
  readonly body: string;
  readonly payload: { readonly action?: string; readonly [name: string]: unknown };
}

/** Listens for webhooks as an app would, and answers each with a status, 200 where none is given. */
export async function listenForWebhooks(
  statusFor: (received: ReceivedWebhook) => number = () => 200,
): Promise<{ url: string; received: ReceivedWebhook[] }> {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const webhook = {
        headers: request.headers,
        event: String(request.headers["x-github-event"]),
        body,
        payload: JSON.parse(body) as ReceivedWebhook["payload"],
      };
      received.push(webhook);
      response.writeHead(statusFor(webhook)).end("taken");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`, received };
}
