import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { readEnvironment } from "../../src/main/read-environment.ts";
import { readHost } from "../../src/main/read-host.ts";
import { temporaryFolder } from "../support/repository.ts";

const key = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
}).privateKey;
const whole = { APP_ID: "7", PRIVATE_KEY: key, WEBHOOK_SECRET: "new" };

test.each([
  [
    "an empty environment runs against the sandbox",
    {},
    { credentials: null, port: 3000, sandboxPort: 4010, dataFolder: null },
  ],
  [
    "empty values are none",
    { APP_ID: "", PORT: "", DATA_DIR: "" },
    { credentials: null, port: 3000, dataFolder: null },
  ],
  ["with credentials, data are kept", whole, { dataFolder: resolve("data"), databaseUrl: null }],
  ["ports are taken as they are, 0 for any", { PORT: "0", SANDBOX_PORT: "65535" }, { port: 0, sandboxPort: 65_535 }],
  [
    "a key may stand on one line",
    { ...whole, PRIVATE_KEY: key.replaceAll("\n", "\\n") },
    { credentials: { privateKey: key } },
  ],
  ["one secret is valid", whole, { credentials: { webhookSecrets: ["new"] } }],
  [
    "two secrets are valid while one takes the other's place",
    { ...whole, WEBHOOK_SECRET_BEFORE: "old" },
    { credentials: { webhookSecrets: ["new", "old"] } },
  ],
  ["without a host it is github.com", whole, { credentials: { apiUrl: "https://api.github.com" } }],
  [
    "GHE_HOST names an Enterprise Server",
    { ...whole, GHE_HOST: "github.example.com" },
    { credentials: { apiUrl: "https://github.example.com/api/v3" } },
  ],
  ["without a key for the ledger it is in a file", whole, { ledgerKey: null }],
  ["the ledger's key in hexadecimal", { LEDGER_KEY: "0F".repeat(32) }, { ledgerKey: Buffer.alloc(32, 15) }],
  [
    "the ledger's key in Base64",
    { LEDGER_KEY: Buffer.alloc(32, 15).toString("base64") },
    { ledgerKey: Buffer.alloc(32, 15) },
  ],
  ["one process does everything", whole, { role: "all", metricsToken: null }],
  [
    "a process may only work, where the database can be shared",
    { ...whole, ROLE: "worker", DATABASE_URL: "postgres://db.example.org/app" },
    { role: "worker" },
  ],
  ["nobody is led to its pages who was not told where", whole, { publicUrl: null }],
  [
    "people reach its pages at an address, with or without a slash",
    { PUBLIC_URL: "https://credit.example.org/" },
    { publicUrl: "https://credit.example.org" },
  ],
  ["with credentials the log tells of each job", whole, { logLevel: "info" }],
  ["in the sandbox it tells of trouble alone", {}, { logLevel: "warn" }],
  ["the log may be told to", { LOG_LEVEL: "info" as const }, { logLevel: "info" }],
  ["a token for Prometheus", { METRICS_TOKEN: "0123456789abcdef" }, { metricsToken: "0123456789abcdef" }],
  ["a token for people", { OPS_TOKEN: "0123456789abcdef" }, { operationsToken: "0123456789abcdef" }],
  ["production is fine with credentials", { ...whole, NODE_ENV: "production" }, { credentials: { appId: "7" } }],
])("%s", (_, environment, expected) => {
  expect(readEnvironment(environment)).toMatchObject(expected);
});

test.each([
  [
    "an app without key and secret",
    { APP_ID: "7" },
    "the environment lacks PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET; ",
  ],
  [
    "an app without a secret",
    { ...whole, WEBHOOK_SECRET: "" },
    "lacks WEBHOOK_SECRET; set what is missing, or give none",
  ],
  ["a role that is none", { ...whole, ROLE: "both" }, 'ROLE is "both"; give web, worker or all'],
  ["apart on a database of its own", { ...whole, ROLE: "web" }, "ROLE=web needs DATABASE_URL: only PostgreSQL"],
  [
    "apart in a sandbox",
    { ROLE: "worker", DATABASE_URL: "postgres://db.example.org/app" },
    "ROLE=worker needs an app on GitHub",
  ],
  ["a token that could be guessed", { METRICS_TOKEN: "secret" }, "METRICS_TOKEN is too short; give at least 16"],
  ["only the secret before", { WEBHOOK_SECRET_BEFORE: "old", APP_ID: "7" }, "WEBHOOK_SECRET; "],
  [
    "production without credentials",
    { NODE_ENV: "production" },
    "lacks APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET; ",
  ],
  ["an app that is no number", { ...whole, APP_ID: "abc" }, 'APP_ID is "abc"; give the number'],
  ["a key that is none", { ...whole, PRIVATE_KEY: "nonsense" }, "is no key; give the whole file"],
  ["a key that is not there", { ...whole, PRIVATE_KEY_PATH: "/nowhere.pem" }, "PRIVATE_KEY_PATH names /nowhere.pem"],
  ["a key of the ledger that is too short", { LEDGER_KEY: "0f" }, "LEDGER_KEY is no key; give 64"],
  ["an address that is none", { PUBLIC_URL: "credit.example.org" }, "PUBLIC_URL is no address; give one such as"],
  ["a level that is none", { LOG_LEVEL: "loud" as "info" }, 'LOG_LEVEL is "loud"; give info, warn, error'],
  ["a port that is a word", { PORT: "http" }, 'PORT is "http"; give a port'],
  ["a port that is too large", { SANDBOX_PORT: "65536" }, 'SANDBOX_PORT is "65536"; give a port'],
  ["a host with a scheme", { ...whole, GHE_HOST: "https://github.example.com" }, "give a host's name alone"],
  [
    "a sandbox on another machine",
    { ...whole, GITHUB_API: "http://example.com/api/v3" },
    "GITHUB_API is not an address of this machine",
  ],
])("%s is a mistake, told in a line", (_, environment, message) => {
  expect(() => readEnvironment(environment)).toThrow(
    expect.objectContaining({ name: "UserError", misuse: true, message: expect.stringContaining(message) }),
  );
});

test("a key in a file counts", () => {
  const path = join(temporaryFolder(), "app.pem");
  writeFileSync(path, key);
  expect(readEnvironment({ ...whole, PRIVATE_KEY_PATH: path }).credentials?.privateKey).toBe(key);
});

test("a sandbox on this machine may stand in for GitHub", () => {
  const host = readHost({ GITHUB_WEB: "http://127.0.0.1:4010/", GITHUB_API: "http://localhost:4010/api/v3" });
  expect(host).toEqual({ web: "http://127.0.0.1:4010", api: "http://localhost:4010/api/v3" });
});
