import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { connect, createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { git, makeRepository, temporaryFolder } from "../support/repository.ts";
import { send } from "../support/send.ts";

interface Ran {
  readonly child: ChildProcess;
  readonly temporary: string;
  readonly lines: string[];
  readonly complaints: string[];
  readonly ended: Promise<number | null>;
}

/** Starts the process with a temporary folder of its own, and ends it with the test. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Ran {
  const temporary = temporaryFolder();
  const child = spawn(process.execPath, ["src/sandbox.ts", ...args], {
    env: { PATH: process.env["PATH"], TMPDIR: temporary, SANDBOX_PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const complaints: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  createInterface({ input: child.stderr }).on("line", (line) => complaints.push(line));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, temporary, lines, complaints, ended };
}

interface Ready {
  readonly api: string;
  readonly web: string;
  readonly organization: string;
  readonly tokens: Readonly<Record<string, string>>;
}

async function readyOf({ lines }: Ran): Promise<Ready> {
  await expect.poll(() => lines.length, { timeout: 30_000 }).toBeGreaterThan(0);
  const [, json = ""] = /^sandbox ready (\{.*\})$/.exec(lines[0] ?? "") ?? [];
  return JSON.parse(json) as Ready;
}

test("the first line tells a script where it is, and tokens that work, the owner's first", async () => {
  const ready = await readyOf(run([]));
  expect(ready.api).toBe(`${ready.web}/api/v3`);
  const people = Object.entries(ready.tokens);
  expect(people.length).toBeGreaterThanOrEqual(3);
  const roles: string[] = [];
  for (const [login, token] of people) {
    expect((await send(ready.web, { path: "/user", token })).json.login).toBe(login);
    const path = `/orgs/${ready.organization}/memberships/${login}`;
    const { role } = (await send(ready.web, { path, token })).json as { role: string };
    roles.push(role);
  }
  expect(roles).toEqual(["admin", "member", "member"]);
});

test("nobody but this machine reaches it", async () => {
  const { web } = await readyOf(run([]));
  const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => !internal));
  for (const { address } of addresses) {
    const reached = await new Promise((resolve) => {
      const socket = connect({ host: address, port: Number(new URL(web).port), timeout: 2000 });
      socket.once("connect", () => resolve(true));
      for (const event of ["error", "timeout"]) socket.once(event, () => resolve(false));
      onTestFinished(() => void socket.destroy());
    });
    expect([address, reached]).toEqual([address, false]);
  }
});

test.each(["SIGTERM", "SIGINT"] as const)("%s ends it in order, and nothing is left behind", async (signal) => {
  const ran = run([]);
  await readyOf(ran);
  expect(readdirSync(ran.temporary)).toHaveLength(1);
  ran.child.kill(signal);
  expect(await ran.ended).toBe(0);
  expect(ran.complaints).toEqual([]);
  expect(readdirSync(ran.temporary)).toEqual([]);
});

test("a port that is taken is told in one line", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  const ran = run([], { SANDBOX_PORT: String(port) });
  expect(await ran.ended).toBe(1);
  expect(ran.complaints).toEqual([
    `sandbox: port ${port} of 127.0.0.1 is taken; give another SANDBOX_PORT, or 0 for any`,
  ]);
  expect(readdirSync(ran.temporary)).toEqual([]);
});

test.each([
  ["no port", [], { SANDBOX_PORT: "http" }, /^sandbox: SANDBOX_PORT is "http"; give a port/],
  ["a port that is too large", [], { SANDBOX_PORT: "65536" }, /^sandbox: SANDBOX_PORT is "65536"; give a port/],
  ["an option that is none", ["--fast"], {}, /^sandbox: Unknown option '--fast'; -- --help shows/],
  ["an import of nothing", ["--import"], {}, /^sandbox: Option '--import <value>' argument missing; /],
  ["an import of what is no clone", ["--import", "./nowhere"], {}, /^sandbox: .*nowhere/],
  ["a folder that cannot be one", [], { DATA_DIR: "package.json" }, /^sandbox: .*package\.json cannot be written: /],
])("%s is told in one line", async (_, args, environment, complaint) => {
  const ran = run(args, environment);
  expect([1, 2]).toContain(await ran.ended);
  const complaints = ran.complaints.filter((line) => !line.startsWith("Importing "));
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toMatch(complaint);
  expect(readdirSync(ran.temporary)).toEqual([]);
});

test("a clone is brought along, and its tags as releases where that is asked for", async () => {
  const folder = makeRepository([
    { message: "Begin" },
    { message: "Add the tide table (#1)", files: { "a.txt": "a" } },
  ]);
  git(folder, ["tag", "v1.0.0"]);
  const ran = run(["--import", folder, "--releases"]);
  const { web, organization } = await readyOf(ran);
  expect(ran.complaints.join("\n")).toMatch(/Imported .*: 2 commits, 1 people, 1 pull requests, 1 tags, 1 releases\./);
  const name = /Imported [^/]+\/(\S+):/.exec(ran.complaints.join("\n"))?.[1];
  const pull = await send(web, { path: `/repos/${organization}/${name}/pulls/1` });
  expect(pull.json).toMatchObject({ merged: true, title: "Add the tide table" });
  const latest = await send(web, { path: `/repos/${organization}/${name}/releases/latest` });
  expect(latest.json).toMatchObject({ tag_name: "v1.0.0" });
});
