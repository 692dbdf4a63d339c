import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { cpSync, existsSync, globSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import project from "../../package.json" with { type: "json" };
import lock from "../../package-lock.json" with { type: "json" };
import { temporaryFolder } from "../support/repository.ts";

const root = join(import.meta.dirname, "../..");
const lines = readFileSync(join(root, "Dockerfile"), "utf8").replaceAll("\\\n", " ").split("\n");
const instructions = lines.filter((line) => /^[A-Z]+ /.test(line));
const argumentsOf = (name: string): string[] =>
  instructions.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1).trim());
/** What of the repository goes into the image, besides its dependencies. */
const parts = argumentsOf("COPY")
  .filter((copy) => !copy.startsWith("--from"))
  .flatMap((copy) => copy.split(/\s+/).slice(0, -1));

test("the image is made of Node as it is tested with, by version", () => {
  const images = argumentsOf("FROM").map((from) => from.split(" ")[0]);
  expect(new Set(images)).toEqual(new Set([`node:${project.devDependencies.node}-bookworm-slim`]));
});

test("it runs as a user that is not root, says how it is, and runs no install script", () => {
  expect(argumentsOf("USER")).toEqual(["1000:1000"]);
  expect(argumentsOf("HEALTHCHECK").join()).toContain("/healthz");
  expect(argumentsOf("RUN")[0]).toMatch(/^npm ci --omit=dev --ignore-scripts\b/);
  expect(argumentsOf("ENV").join()).toContain("NODE_ENV=production PORT=3000 DATA_DIR=/data");
  expect(argumentsOf("EXPOSE")).toEqual(["3000"]);
  expect(argumentsOf("ADD")).toEqual([]);
});

test("the only package with an install script is one that the app does not run on", () => {
  const withScripts = Object.entries(lock.packages).filter(([, one]) => "hasInstallScript" in one);
  expect(withScripts.map(([path, one]) => [path, "dev" in one])).toEqual([["node_modules/node", true]]);
  expect(Object.keys(project.allowScripts)).toEqual(["node"]);
});

test("only what is copied is sent to be built", () => {
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  expect(ignored.find((line) => line !== "" && !line.startsWith("#"))).toBe("*");
  const sent = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  expect(sent.toSorted()).toEqual([...new Set(parts.map((part) => part.replace("./", "")))].toSorted());
});

/** What the image holds: the parts that are copied, and the packages that are no development dependencies. */
function makeImage(): string {
  const folder = temporaryFolder();
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const [path, one] of Object.entries(lock.packages)) {
    if (!/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || "dev" in one || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    symlinkSync(join(root, path), join(folder, path));
  }
  return folder;
}

async function addressOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("nothing is printed");
  for await (const line of createInterface(child.stdout)) {
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
    if (address !== undefined) return address;
  }
  throw new Error("it never ran");
}

test("what the image holds is enough to run, and nothing is written but to the data folder", async () => {
  const folder = makeImage();
  expect(existsSync(join(folder, "node_modules/vitest"))).toBe(false);
  const files = (): string[] => globSync(["*", "src/**", "templates/**"], { cwd: folder }).toSorted();
  const [before, data] = [files(), temporaryFolder()];
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const child = spawn(process.execPath, ["--preserve-symlinks", "--preserve-symlinks-main", "src/main.ts"], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      PORT: "0",
      DATA_DIR: data,
      // Nobody answers there: it is asked for what was missed, and nothing leaves this machine.
      GITHUB_API: "http://127.0.0.1:9/api/v3",
      APP_ID: "1",
      PRIVATE_KEY: privateKey,
      WEBHOOK_SECRET: "a secret of the tests",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const address = await addressOf(child);
  expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: "alive" });
  expect((await fetch(`${address}/readyz?exclude=github`)).status).toBe(200);
  expect((await fetch(`${address}/`)).status).toBe(200);
  for (const closed of ["/metrics", "/ops"]) expect((await fetch(`${address}${closed}`)).status).toBe(404);
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  expect(files()).toEqual(before);
  expect(readdirSync(data)).not.toEqual([]);
});
