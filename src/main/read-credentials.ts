import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { UserError } from "../domain/errors.ts";
import { readHost } from "./read-host.ts";

/** How the app signs in to GitHub. */
export interface Credentials {
  readonly appId: string;
  /** In PEM. */
  readonly privateKey: string;
  /** Each is valid: two while one takes the other's place. */
  readonly webhookSecrets: readonly string[];
  /** `https://api.github.com`, or `https://<host>/api/v3`. */
  readonly apiUrl: string;
}

/** Null where none are given. Throws a UserError where some are, or one is no such thing. */
export function readCredentials(environment: NodeJS.ProcessEnv): Credentials | null {
  const appId = environment["APP_ID"] ?? "";
  const privateKey = readPrivateKey(environment);
  const secrets = [environment["WEBHOOK_SECRET"] ?? "", environment["WEBHOOK_SECRET_BEFORE"] ?? ""];
  const webhookSecrets = secrets.filter((secret) => secret !== "");
  const missing = [
    ...(appId === "" ? ["APP_ID"] : []),
    ...(privateKey === "" ? ["PRIVATE_KEY or PRIVATE_KEY_PATH"] : []),
    ...(secrets[0] === "" ? ["WEBHOOK_SECRET"] : []),
  ];
  if (missing.length === 0) {
    requireNumber(appId);
    requireKey(privateKey);
    return { appId, privateKey, webhookSecrets, apiUrl: readHost(environment).api };
  }
  const isProduction = environment["NODE_ENV"] === "production";
  if (missing.length === 3 && !isProduction) return null;
  const cure = isProduction
    ? "without them it runs only where NODE_ENV is not production"
    : "or give none of the three";
  throw new UserError(`the environment lacks ${missing.join(", ")}; set what is missing, ${cure}`, { misuse: true });
}

function readPrivateKey(environment: NodeJS.ProcessEnv): string {
  const path = environment["PRIVATE_KEY_PATH"];
  // Where a key has to stand on one line, its line breaks are written as \n.
  if (!path) return (environment["PRIVATE_KEY"] ?? "").replaceAll("\\n", "\n");
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`PRIVATE_KEY_PATH names ${path}, which cannot be read`, { misuse: true, cause });
  }
}

function requireNumber(appId: string): void {
  if (/^\d+$/.test(appId)) return;
  throw new UserError(`APP_ID is ${JSON.stringify(appId)}; give the number on the app's page`, { misuse: true });
}

function requireKey(privateKey: string): void {
  try {
    createPrivateKey(privateKey);
  } catch (cause) {
    const cure = "give the whole file that GitHub made, from -----BEGIN to -----END";
    throw new UserError(`PRIVATE_KEY, or the file that PRIVATE_KEY_PATH names, is no key; ${cure}`, {
      misuse: true,
      cause,
    });
  }
}
