import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseEnv } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { tellStory } from "../../src/sandbox/story/tell-story.ts";
import { temporaryFolder } from "../support/repository.ts";

interface Ran {
  readonly child: ChildProcess;
  readonly lines: string[];
  readonly complaints: string[];
  readonly ended: Promise<number | null>;
}

/** Runs one of the programs in a folder, with nothing else in its environment. */
function run(entry: string, folder: string, environment: Readonly<Record<string, string>>): Ran {
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src", entry)], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, lines, complaints, ended };
}

async function startStory(): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, dataFolder: null });
  onTestFinished(sandbox.close);
  await tellStory(sandbox.forge);
  return sandbox;
}

interface Setup extends Ran {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly web: string;
}

/** Starts `npm run setup` against a sandbox, and waits for the address that it prints. */
async function startSetup(before: string | null = null, webhook = "http://127.0.0.1:9/"): Promise<Setup> {
  const sandbox = await startStory();
  const folder = temporaryFolder();
  if (before !== null) writeFileSync(join(folder, ".env"), before);
  const { web, api } = sandbox.forge;
  const ran = run("setup.ts", folder, { GITHUB_WEB: web, GITHUB_API: api, WEBHOOK_URL: webhook });
  await expect.poll(() => ran.lines.length, { timeout: 30_000 }).toBeGreaterThan(0);
  const [address = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(ran.lines[0] ?? "") ?? [];
  return { ...ran, sandbox, folder, web: address };
}

/** The form of a page that is sent with POST, as a browser would send it. */
async function postForm(response: Response, changed: Readonly<Record<string, string>> = {}): Promise<Response> {
  const page = await response.text();
  const [, action = "", inside = ""] = /<form method="post" action="([^"]*)"[^>]*>(.*?)<\/form>/s.exec(page) ?? [];
  const inputs = [...inside.matchAll(/<input\b[^>]*>/g)].map(([input]) => [
    attribute(input, "name"),
    attribute(input, "value"),
  ]);
  const target = new URL(unescape(action), response.url);
  const body = new URLSearchParams({ ...Object.fromEntries(inputs), ...changed });
  return fetch(target, {
    method: "POST",
    body,
    redirect: "manual",
    headers: { accept: "text/html", origin: target.origin },
  });
}

function attribute(tag: string, name: string): string {
  return unescape(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function unescape(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&#x3D;", "=")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** Clicks from our page through GitHub's, and gives where GitHub leads back to. */
async function register({ web }: Setup, name = "Curtain Call"): Promise<URL> {
  const shown = await postForm(await fetch(`${web}/?organization=tidewater`));
  expect(shown.status).toBe(200);
  const back = await postForm(shown, { name });
  expect(back.status).toBe(302);
  return new URL(back.headers.get("location") ?? "");
}

test("two clicks register the app as app.yml has it, fill .env, and `npm start` runs on it", async () => {
  const setup = await startSetup(
    "# ours\nexport KEEP='a # b'\nAPP_ID=1\nWEBHOOK_SECRET_BEFORE=old\nPRIVATE_KEY_PATH=old.pem\n",
  );
  const done = await fetch(await register(setup));
  expect(done.status).toBe(200);
  const { forge } = setup.sandbox;
  const app = [...forge.state.apps.values()].find(({ slug }) => slug === "curtain-call");
  expect(await done.text()).toContain(`${forge.web}/apps/curtain-call/installations/new`);
  expect(await setup.ended).toBe(0);
  expect(setup.complaints).toEqual([]);
  expect(app?.owner.login).toBe("tidewater");
  expect(app?.permissions).toMatchObject({ checks: "write", contents: "write", pull_requests: "write" });
  expect(app?.webhook.url).toBe("http://127.0.0.1:9/api/github/webhooks");

  const path = join(setup.folder, ".env");
  const text = readFileSync(path, "utf8");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(text.startsWith("# ours\nexport KEEP='a # b'\n")).toBe(true);
  const { PRIVATE_KEY: key, LEDGER_KEY: ledgerKey, ...values } = parseEnv(text);
  expect(values).toEqual({ KEEP: "a # b", APP_ID: String(app?.id), WEBHOOK_SECRET: app?.webhook.secret });
  expect(ledgerKey).toMatch(/^[\da-f]{64}$/);
  expect(key).toMatch(/^-----BEGIN [A-Z ]+-----\n/);
  const printed = setup.lines.join("\n");
  expect(printed).toContain(`${forge.web}/apps/curtain-call/installations/new`);
  expect(printed).not.toContain(app?.webhook.secret);
  expect(printed).not.toContain("-----BEGIN");

  const service = run("main.ts", setup.folder, { GITHUB_API: forge.api, PORT: "0", NODE_ENV: "production" });
  await expect
    .poll(() => service.lines, { timeout: 30_000 })
    .toEqual([expect.stringContaining("waits for GitHub's webhooks")]);
  service.child.kill("SIGTERM");
  expect(await service.ended).toBe(0);
});

test("whoever comes back with another state is refused, and nothing is written", async () => {
  const setup = await startSetup();
  const back = await register(setup);
  for (const state of [null, "", "0".repeat(64)]) {
    const other = new URL(back);
    if (state === null) other.searchParams.delete("state");
    else other.searchParams.set("state", state);
    const refused = await fetch(other);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain("did not begin here");
  }
  expect(existsSync(join(setup.folder, ".env"))).toBe(false);
  await expect.poll(() => setup.complaints.length).toBe(3);
  expect((await fetch(back)).status).toBe(200);
  expect(await setup.ended).toBe(0);
});

test("a code that was used before is told as such, and another one still works", async () => {
  const setup = await startSetup();
  const back = await register(setup);
  const code = back.searchParams.get("code") ?? "";
  await fetch(`${setup.sandbox.forge.api}/app-manifests/${code}/conversions`, { method: "POST" });
  const refused = await fetch(back);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("used already");
  expect((await fetch(await register(setup, "Another Call"))).status).toBe(200);
  expect(await setup.ended).toBe(0);
  expect(setup.complaints).toEqual([expect.stringMatching(/^curtain-call: GitHub does not know this code/)]);
});

test("the page asks for what it has to know, and says what is wrong with an answer", async () => {
  const { web } = await startSetup(null, "");
  const page = await (await fetch(web)).text();
  expect(page).toContain('name="webhook"');
  expect(page).not.toContain("manifest");
  for (const query of [
    "webhook=curtain",
    "webhook=ftp://example.org",
    "webhook=https://example.org&organization=../x",
  ]) {
    const refused = await fetch(`${web}/?${query}`);
    expect(refused.status).toBe(400);
  }
  const asked = await (await fetch(`${web}/?webhook=https://example.org/hook&organization=`)).text();
  expect(asked).toContain("/settings/apps/new?state&#x3D;");
  expect(asked).toContain("https://example.org/hook&quot;");
});

test("a name that somebody else leads to this machine is not answered to", async () => {
  const { web } = await startSetup();
  const status = await new Promise((resolve, reject) => {
    const request = get(web, { headers: { host: "example.com" } }, (response) => resolve(response.resume().statusCode));
    request.once("error", reject);
  });
  expect(status).toBe(403);
});

test.each([
  [
    "credentials in the environment, which would win over .env,",
    { APP_ID: "1" },
    2,
    "the environment has APP_ID, which would win over .env; unset it first",
  ],
  [
    "an address that GitHub cannot reach",
    { WEBHOOK_URL: "http://localhost:3000" },
    1,
    "GitHub cannot reach this machine by a loopback address; give one that the network knows",
  ],
])("%s is told in a line before anything is done", async (_, environment, status, complaint) => {
  const { ended, complaints, lines } = run("setup.ts", temporaryFolder(), environment);
  expect(await ended).toBe(status);
  expect(complaints).toEqual([`curtain-call: ${complaint}`]);
  expect(lines).toEqual([]);
});
