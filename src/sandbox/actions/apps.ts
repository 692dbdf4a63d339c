import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { Actor, Forge } from "../forge.ts";
import { grants } from "../identity/access.ts";
import type { Account } from "../model/account.ts";
import type { App, Installation, Permissions, Token } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid, Refusal } from "../refusal.ts";
import { createBot } from "./accounts.ts";

/** How long an installation's token is good for, in milliseconds. */
const tokenLife = 60 * 60 * 1000;

export interface AppToRegister {
  readonly name: string;
  readonly owner: Account;
  readonly description?: string | null;
  readonly externalUrl?: string;
  readonly webhookUrl: string | null;
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/** What only the maker of an app gets. */
export interface RegisteredApp {
  readonly app: App;
  /** PKCS#1 in PEM, as GitHub hands it out. */
  readonly privateKey: string;
}

/** Registers an app, with a key, a webhook secret and a client secret of its own. */
export async function registerApp(forge: Forge, wanted: AppToRegister): Promise<RegisteredApp> {
  const slug = wanted.name
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-|-$/g, "");
  if (slug === "") throw invalid({ resource: "Integration", field: "name", code: "missing_field" });
  const bot = createBot(forge, `${slug}[bot]`);
  const { publicKey, privateKey } = await promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs1", format: "pem" },
  });
  const now = forge.clock();
  const app: App = {
    ...nextIdentity(forge.state, "App"),
    slug,
    name: wanted.name,
    description: wanted.description ?? null,
    owner: wanted.owner,
    bot,
    clientId: `Iv23${forge.randomBytes(8).toString("hex")}`,
    clientSecret: forge.randomBytes(20).toString("hex"),
    publicKey,
    permissions: { ...wanted.permissions, metadata: "read" },
    events: wanted.events,
    externalUrl: wanted.externalUrl ?? forge.web,
    webhook: {
      url: wanted.webhookUrl,
      secret: forge.randomBytes(20).toString("hex"),
      contentType: "json",
      insecureSsl: false,
    },
    createdAt: now,
    updatedAt: now,
  };
  forge.state.apps.set(app.id, app);
  forge.state.nodes.set(app.nodeId, { type: "App", value: app });
  return { app, privateKey };
}

/** Installs an app on an account, with all that the app asks for unless less is granted. */
export async function installApp(
  forge: Forge,
  wanted: {
    readonly app: App;
    readonly account: Account;
    /** Null for all, those made later included. */
    readonly repositories: readonly Repository[] | null;
    readonly permissions?: Permissions;
    readonly events?: readonly string[];
  },
  actor: Actor,
): Promise<Installation> {
  const { app, account, repositories } = wanted;
  if (findInstallation(forge, app, account) !== null) {
    throw invalid({ resource: "IntegrationInstallation", field: "target", code: "already_exists" });
  }
  const now = forge.clock();
  const installation: Installation = {
    id: forge.state.nextId++,
    app,
    account,
    permissions: wanted.permissions ?? app.permissions,
    events: wanted.events ?? app.events,
    repositories: repositories === null ? null : new Set(repositories),
    suspended: null,
    createdAt: now,
    updatedAt: now,
  };
  forge.state.installations.set(installation.id, installation);
  await announceInstallation(forge, installation, "created", actor);
  return installation;
}

export async function deleteInstallation(forge: Forge, installation: Installation, actor: Actor): Promise<void> {
  await announceInstallation(forge, installation, "deleted", actor);
  forge.state.installations.delete(installation.id);
  for (const [text, token] of forge.state.tokens) {
    if (token.kind === "installation" && token.installation === installation) forge.state.tokens.delete(text);
  }
}

export async function setSuspended(
  forge: Forge,
  { installation, suspended }: { installation: Installation; suspended: boolean },
  actor: Actor,
): Promise<void> {
  if ((installation.suspended !== null) === suspended) return;
  const now = forge.clock();
  installation.suspended = suspended ? { at: now, by: actor.account } : null;
  installation.updatedAt = now;
  await announceInstallation(forge, installation, suspended ? "suspend" : "unsuspend", actor);
}

/** Accepts other permissions for an installation, as its owner does after the app has asked for them. */
export async function grantPermissions(
  forge: Forge,
  { installation, permissions }: { installation: Installation; permissions: Permissions },
  actor: Actor,
): Promise<void> {
  installation.permissions = { ...permissions, metadata: "read" };
  installation.updatedAt = forge.clock();
  await announceInstallation(forge, installation, "new_permissions_accepted", actor);
}

/** Chooses what an installation reaches: null for all, those made later included. */
export async function chooseRepositories(
  forge: Forge,
  { installation, repositories }: { installation: Installation; repositories: readonly Repository[] | null },
  { account: sender }: Actor,
): Promise<void> {
  const before = new Set(repositoriesOf(forge, installation));
  installation.repositories = repositories === null ? null : new Set(repositories);
  installation.updatedAt = forge.clock();
  const after = new Set(repositoriesOf(forge, installation));
  const event = "installation_repositories";
  const added = [...after].filter((one) => !before.has(one));
  const removed = [...before].filter((one) => !after.has(one));
  if (added.length > 0) {
    await forge.announce({ event, action: "added", installation, repositories: added, sender });
  }
  if (removed.length > 0) {
    await forge.announce({ event, action: "removed", installation, repositories: removed, sender });
  }
}

async function announceInstallation(
  forge: Forge,
  installation: Installation,
  action: "created" | "deleted" | "suspend" | "unsuspend" | "new_permissions_accepted",
  { account: sender }: Actor,
): Promise<void> {
  const repositories = repositoriesOf(forge, installation);
  await forge.announce({ event: "installation", action, installation, repositories, sender });
}

export function findInstallation({ state }: Forge, app: App, account: Account): Installation | null {
  return [...state.installations.values()].find((one) => one.app === app && one.account === account) ?? null;
}

/** The repositories that an installation reaches. */
export function repositoriesOf({ state }: Forge, { account, repositories }: Installation): Repository[] {
  const owned = [...state.repositories.values()].filter(({ owner }) => owner === account);
  return repositories === null ? owned : owned.filter((repository) => repositories.has(repository));
}

export function createUserToken(forge: Forge, account: Account): string {
  return keepToken(forge, "ghp", { kind: "user", account });
}

/** A token with all or less of what the installation was granted. Throws where more is asked for. */
export function createInstallationToken(
  forge: Forge,
  installation: Installation,
  asked: { readonly permissions?: Permissions; readonly repositories?: readonly Repository[] },
): { text: string; token: Token & { kind: "installation" } } {
  if (installation.suspended !== null) throw new Refusal(403, "This installation has been suspended");
  const { permissions = installation.permissions } = asked;
  if (Object.entries(permissions).some((permission) => !grants(installation.permissions, permission))) {
    throw new Refusal(422, "The permissions requested are not granted to this installation.");
  }
  const reachable = new Set(repositoriesOf(forge, installation));
  if (asked.repositories?.some((repository) => !reachable.has(repository))) {
    throw new Refusal(
      422,
      "There is at least one repository that does not exist or is not accessible to the parent installation.",
    );
  }
  const token = {
    kind: "installation" as const,
    installation,
    permissions: { ...permissions, metadata: "read" as const },
    repositories: asked.repositories === undefined ? null : new Set(asked.repositories),
    expiresAt: new Date(forge.clock().getTime() + tokenLife),
  };
  return { text: keepToken(forge, "ghs", token), token };
}

function keepToken(forge: Forge, prefix: string, token: Token): string {
  const text = `${prefix}_${forge.randomBytes(27).toString("base64url").replace(/[-_]/g, "0")}`;
  forge.state.tokens.set(text, token);
  return text;
}
