import { createPrivateKey } from "node:crypto";
import { SignJWT } from "jose";
import { createInstallationToken, installApp, registerApp } from "../../src/sandbox/actions/apps.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { App, Installation, Permissions } from "../../src/sandbox/model/app.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import type { TestSandbox } from "./start-test-sandbox.ts";

export const by = (account: Account) => ({ account, viaAppId: null });

/** A repository of acme's with a README in it. */
export async function makeTides(
  { forge, acme, ada }: TestSandbox,
  settings: { name?: string; private?: boolean; autoInit?: boolean } = {},
): Promise<Repository> {
  return createRepository(forge, { owner: acme, name: "tides", autoInit: true, ...settings }, by(ada));
}

export interface TestApp {
  readonly app: App;
  readonly privateKey: string;
  readonly installation: Installation;
  /** A token for all that the installation was granted. */
  readonly token: string;
}

export interface Wishes {
  readonly name?: string;
  readonly webhookUrl?: string | null;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  /** Null for all. */
  readonly repositories?: readonly Repository[] | null;
}

/** An app that acme has installed. */
export async function installTestApp({ forge, acme, ada }: TestSandbox, wishes: Wishes = {}): Promise<TestApp> {
  const { name = "Helper", webhookUrl = null, permissions = { contents: "write", issues: "write" } } = wishes;
  const { app, privateKey } = await registerApp(forge, {
    name,
    owner: acme,
    webhookUrl,
    permissions,
    events: wishes.events ?? [],
  });
  const repositories = wishes.repositories ?? null;
  const installation = await installApp(forge, { app, account: acme, repositories }, by(ada));
  return { app, privateKey, installation, token: createInstallationToken(forge, installation, {}).text };
}

/** An app's own token, good for ten minutes from `now` where nothing else is asked for. */
export async function signAsApp(
  { app, privateKey }: Pick<TestApp, "app" | "privateKey">,
  now: Date,
  claims: { iat?: number; exp?: number; iss?: string | number } = {},
): Promise<string> {
  const seconds = Math.floor(now.getTime() / 1000);
  const payload = { iss: app.clientId, iat: seconds, exp: seconds + 600, ...claims };
  return new SignJWT(payload as Record<string, unknown>)
    .setProtectedHeader({ alg: "RS256" })
    .sign(createPrivateKey(privateKey));
}
