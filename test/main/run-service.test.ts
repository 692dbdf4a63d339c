import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/repository.ts";
import { send } from "../support/send.ts";

const main = join(import.meta.dirname, "../../src/main.ts");

interface Ran {
  readonly child: ChildProcess;
  readonly temporary: string;
  readonly ended: Promise<number | null>;
}

function run(environment: Readonly<Record<string, string>>): Ran {
  const temporary = temporaryFolder();
  const env = { PATH: process.env["PATH"], TMPDIR: temporary, PORT: "0", SANDBOX_PORT: "0", ...environment };
  const child = spawn(process.execPath, [main], { env, cwd: temporary, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit").then(([status]: (number | null)[]) => status ?? null);
  return { child, temporary, ended };
}

interface Ready {
  readonly api: string;
  readonly web: string;
  readonly organization: string;
  readonly tokens: Readonly<Record<string, string>>;
  readonly app: string;
}

async function readyOf({ child }: Ran): Promise<Ready> {
  if (child.stdout === null) throw new Error("nothing is printed");
  for await (const line of createInterface(child.stdout)) {
    if (line.startsWith("sandbox ready ")) return JSON.parse(line.slice("sandbox ready ".length)) as Ready;
  }
  throw new Error("it never got ready");
}

async function commentsAt({ web, tokens }: Ready): Promise<string[]> {
  const path = "/api/v3/repos/tidewater/tides/issues/5/comments";
  const answer = await send(web, { path, token: tokens["ada"] ?? "" });
  return (answer.json as { body: string }[]).map(({ body }) => body).filter((body) => body.includes("curtain-call:"));
}

test("without credentials it runs against the sandbox, where the story's pull request has its comment already", async () => {
  const ran = run({});
  const ready = await readyOf(ran);
  expect(ready.organization).toBe("tidewater");
  const [comment = "", ...others] = await commentsAt(ready);
  expect(others).toEqual([]);
  expect(comment).toContain("Katherine Model");
  expect((await send(ready.app, { path: "/" })).status).toBe(200);
  expect((await send(ready.app, { path: `/${ready.organization}/tides` })).status).toBe(200);
  ran.child.kill("SIGTERM");
  expect(await ran.ended).toBe(0);
  expect(readdirSync(ran.temporary)).toEqual([]);
});

test("a folder keeps all of it, for one process at a time", async () => {
  const folder = temporaryFolder();
  const first = run({ DATA_DIR: folder });
  const ready = await readyOf(first);
  const second = run({ DATA_DIR: folder });
  const complaint = second.child.stderr === null ? "" : await text(second.child.stderr);
  expect(await second.ended).toBe(1);
  expect(complaint).toMatch(/^curtain-call: .* is in use by another .*\n$/);
  first.child.kill("SIGINT");
  expect(await first.ended).toBe(0);
  const third = run({ DATA_DIR: folder });
  const again = await readyOf(third);
  expect(again.tokens).toEqual(ready.tokens);
  expect(await commentsAt(again)).toHaveLength(1);
});

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

test.each([
  ["production without credentials", { NODE_ENV: "production" }, /lacks APP_ID, PRIVATE_KEY or .*, WEBHOOK_SECRET/],
  ["no secret for webhooks", { APP_ID: "1", PRIVATE_KEY: "key" }, /lacks WEBHOOK_SECRET;/],
  [
    "a worker alone on a database that cannot be shared",
    { APP_ID: "1", PRIVATE_KEY: privateKey, WEBHOOK_SECRET: "secret", ROLE: "worker" },
    /^curtain-call: ROLE=worker needs DATABASE_URL/,
  ],
  ["a port that is none", { PORT: "http" }, /^curtain-call: PORT is "http"/],
])("%s is refused in one line", async (_, environment, complaint) => {
  const ran = run(environment);
  const told = ran.child.stderr === null ? "" : await text(ran.child.stderr);
  expect(await ran.ended).toBe(2);
  expect(told).toMatch(complaint);
  expect(told.trim().split("\n")).toHaveLength(1);
});
