import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { membersOf } from "../sandbox/actions/accounts.ts";
import { installApp, registerApp } from "../sandbox/actions/apps.ts";
import { describeSandbox } from "../sandbox/describe-sandbox.ts";
import type { Account } from "../sandbox/model/account.ts";
import type { App as RegisteredApp } from "../sandbox/model/app.ts";
import { type Sandbox, startSandbox } from "../sandbox/start-sandbox.ts";
import { tellStory } from "../sandbox/story/tell-story.ts";
import { appManifest } from "./app-manifest.ts";
import type { Credentials } from "./read-credentials.ts";

export interface Playground {
  readonly sandbox: Sandbox;
  readonly credentials: Credentials;
  readonly installationId: number;
  /** What scripts and tests need to know, as the sandbox prints it. */
  readonly description: ReturnType<typeof describeSandbox>;
}

export interface PlaygroundOptions {
  readonly port: number;
  /** Null for one that is gone at the end. */
  readonly folder: string | null;
  /** Where the app listens for webhooks. */
  readonly webhookUrl: string;
}

/** Starts a GitHub on this machine with the story in it, where the app is registered and installed. */
export async function playInSandbox({ port, folder, webhookUrl }: PlaygroundOptions): Promise<Playground> {
  const sandbox = await startSandbox({ port, dataFolder: folder });
  const { forge } = sandbox;
  if (!sandbox.isOld) await tellStory(forge);
  const description = describeSandbox(forge);
  const organization = [...forge.state.accounts.values()].find(({ login }) => login === description.organization);
  if (organization === undefined) throw new Error("the story's organisation is gone");
  const { app, privateKey } = await findOrRegister(sandbox, { folder, owner: organization });
  app.webhook.url = webhookUrl;
  const installed = [...forge.state.installations.values()].find((one) => one.app === app);
  const installation =
    installed ?? (await installApp(forge, { app, account: organization, repositories: null }, ownerOf(organization)));
  await sandbox.save();
  return {
    sandbox,
    installationId: installation.id,
    description,
    credentials: {
      appId: String(app.id),
      privateKey,
      webhookSecrets: [app.webhook.secret ?? ""],
      apiUrl: forge.api,
    },
  };
}

/** The app's private key is its maker's alone, so it is kept beside the sandbox and not in it. */
async function findOrRegister(
  { forge }: Sandbox,
  { folder, owner }: { folder: string | null; owner: Account },
): Promise<{ app: RegisteredApp; privateKey: string }> {
  const path = folder === null ? null : join(folder, "app.pem");
  const known = [...forge.state.apps.values()].find(({ slug }) => slug === "curtain-call");
  if (known !== undefined && path !== null) return { app: known, privateKey: await readFile(path, "utf8") };
  const { name, default_permissions: permissions, default_events: events } = appManifest;
  const registered = await registerApp(forge, { name, owner, webhookUrl: null, permissions, events });
  if (path !== null) await writeFile(path, registered.privateKey, { mode: 0o600 });
  return registered;
}

function ownerOf(organization: Account) {
  const [owner] = [...membersOf(organization)].flatMap(([account, role]) => (role === "admin" ? account : []));
  return { account: owner ?? organization, viaAppId: null };
}
