import { createOctokitFor, type OctokitFor, type OctokitForOptions } from "../../src/github/create-octokit-for.ts";
import type { GitHubClient } from "../../src/github/github-client.ts";
import type { Permissions } from "../../src/github/permissions.ts";
import type { SentRequest } from "../../src/github/tell-answer.ts";
import { installApp, registerApp } from "../../src/sandbox/actions/apps.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import { by } from "./graphql-sandbox.ts";
import type { TestSandbox } from "./start-test-sandbox.ts";

/** What the app asks for, and a job that credits. */
export const creditPermissions: Permissions = {
  contents: "read",
  issues: "write",
  pull_requests: "write",
  checks: "write",
};

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface Granting {
  readonly account: Account;
  readonly owner: Account;
  /** By the installation; all that the app asks for where it is not given. */
  readonly granted: Permissions;
}

/** The app as it is registered and installed in a sandbox, and what it has sent so far. */
export async function makeGitHub(
  { forge, acme, ada }: Pick<TestSandbox, "forge" | "acme" | "ada">,
  { account = acme, owner = ada, granted = creditPermissions }: Partial<Granting> = {},
) {
  const { app, privateKey } = await registerApp(forge, {
    name: "Curtain Call",
    owner: account,
    webhookUrl: null,
    permissions: creditPermissions,
    events: ["pull_request"],
  });
  const installation = await installApp(forge, { app, account, repositories: null, permissions: granted }, by(owner));
  const sent: SentRequest[] = [];
  const options: OctokitForOptions = {
    appId: app.id,
    privateKey,
    baseUrl: forge.api,
    userAgent: "curtain-call-tests",
    log: silent,
    clock: forge.clock,
    onRequest: (request) => sent.push(request),
    pause: 0,
  };
  const octokitFor: OctokitFor = createOctokitFor(options);
  const client = (permissions = creditPermissions, repositoryId?: number): GitHubClient =>
    octokitFor(installation.id, { permissions, ...(repositoryId === undefined ? {} : { repositoryId }) });
  return { app, installation, options, octokitFor, client, sent, told: () => tell(sent) };
}

/** What was sent since it was last asked, without what the app sends as itself: `read`, or the write by name. */
function tell(sent: SentRequest[]): string[] {
  return sent
    .splice(0)
    .filter(({ installationId }) => installationId !== null)
    .map(({ method, route }) => (route === "/graphql" ? "query" : `${method} ${route.split("/").at(-1) ?? ""}`));
}
