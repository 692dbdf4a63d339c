import { resolve } from "node:path";
import { UserError } from "../domain/errors.ts";
import type { Log } from "../domain/log.ts";
import { logLevels } from "./create-log.ts";
import { parseLedgerKey } from "./ledger-key.ts";
import { type Credentials, readCredentials } from "./read-credentials.ts";
import { type Role, readRole } from "./read-role.ts";
import { readToken } from "./read-token.ts";

export interface Environment {
  /** Null: the app runs against the sandbox. */
  readonly credentials: Credentials | null;
  readonly port: number;
  readonly sandboxPort: number;
  /** Null for a temporary one, which is gone at the end. */
  readonly dataFolder: string | null;
  readonly databaseUrl: string | null;
  /** Where people reach the app's pages, without a slash at the end; null where nobody said. */
  readonly publicUrl: string | null;
  /** What the log leaves out is less than that. */
  readonly logLevel: keyof Log;
  /** 32 bytes; null where a file in the data folder has them. */
  readonly ledgerKey: Uint8Array | null;
  readonly role: Role;
  /** What Prometheus shows; null where there are no metrics to see. */
  readonly metricsToken: string | null;
  /** What people show to see the operations pages; null where there are none. */
  readonly operationsToken: string | null;
}

const usualDataFolder = "./data";

/**
 * Reads what the environment says. Throws a UserError that names what is missing: credentials are whole or not there at
 * all, and in production they are there.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv): Environment {
  const credentials = readCredentials(environment);
  return {
    credentials,
    port: readPort(environment, "PORT", 3000),
    sandboxPort: readPort(environment, "SANDBOX_PORT", 4010),
    dataFolder: credentials === null && !environment["DATA_DIR"] ? null : readDataFolder(environment),
    databaseUrl: environment["DATABASE_URL"] || null,
    publicUrl: readPublicUrl(environment),
    // Whoever tries it out wants to read what it prints.
    logLevel: readLogLevel(environment, credentials === null ? "warn" : "info"),
    ledgerKey: readLedgerKey(environment),
    role: readRole(environment, credentials === null),
    metricsToken: readToken(environment, "METRICS_TOKEN"),
    operationsToken: readToken(environment, "OPS_TOKEN"),
  };
}

/** The folder that data are kept in, where they are kept. */
export function readDataFolder(environment: NodeJS.ProcessEnv): string {
  return resolve(environment["DATA_DIR"] || usualDataFolder);
}

function readLogLevel(environment: NodeJS.ProcessEnv, usual: keyof Log): keyof Log {
  const text = environment["LOG_LEVEL"];
  const level = logLevels.find((one) => one === (text || usual));
  if (level !== undefined) return level;
  throw new UserError(`LOG_LEVEL is ${JSON.stringify(text)}; give ${logLevels.join(", ")} or nothing`, {
    misuse: true,
  });
}

function readPublicUrl(environment: NodeJS.ProcessEnv): string | null {
  const text = environment["PUBLIC_URL"];
  if (!text) return null;
  const url = URL.parse(text);
  const isWeb = url !== null && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
  if (isWeb) return url.href.replace(/\/+$/, "");
  throw new UserError("PUBLIC_URL is no address; give one such as https://credit.example.org", { misuse: true });
}

function readLedgerKey(environment: NodeJS.ProcessEnv): Uint8Array | null {
  const text = environment["LEDGER_KEY"];
  if (!text) return null;
  const key = parseLedgerKey(text);
  if (key !== null) return key;
  throw new UserError("LEDGER_KEY is no key; give 64 hexadecimal digits, or 32 bytes in Base64", { misuse: true });
}

/** Reads a port; 0 stands for any that is free. */
export function readPort(environment: NodeJS.ProcessEnv, name: string, usual: number): number {
  const text = environment[name] || String(usual);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new UserError(`${name} is ${JSON.stringify(text)}; give a port from 1 to 65535, or 0 for any`, {
    misuse: true,
  });
}
