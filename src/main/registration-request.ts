import { UserError } from "../domain/errors.ts";
import { isLoopback } from "../sandbox/is-loopback.ts";
import { appManifest } from "./app-manifest.ts";
import type { GitHubHost } from "./read-host.ts";

export interface RegistrationWishes {
  /** Who is to own the app; empty for the person's own account. */
  readonly organization: string;
  /** Where GitHub is to send webhooks: the app's public address, with or without the path. */
  readonly webhook: string;
}

export interface RegistrationRequest {
  /** Where the form goes. */
  readonly action: string;
  /** What it holds, as JSON. */
  readonly manifest: string;
}

/**
 * What a browser has to send to GitHub to register the app. Throws a UserError for wishes that GitHub would refuse.
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export function createRegistrationRequest(
  { organization, webhook }: RegistrationWishes,
  { host, redirect, state }: { host: GitHubHost; redirect: string; state: string },
): RegistrationRequest {
  if (organization !== "" && !/^[a-z\d][a-z\d-]{0,38}$/i.test(organization)) {
    throw new UserError("That is no organisation's name; give it as it stands in its address on GitHub");
  }
  const hook = readWebhook(webhook, host);
  const owner = organization === "" ? "" : `/organizations/${organization}`;
  return {
    action: `${host.web}${owner}/settings/apps/new?state=${state}`,
    manifest: JSON.stringify({ ...appManifest, hook_attributes: { url: hook, active: true }, redirect_url: redirect }),
  };
}

/** The address for webhooks, with its path. Throws a UserError where GitHub would refuse it or could not reach it. */
export function readWebhook(text: string, { web }: GitHubHost): string {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new UserError(
      "The address for webhooks (WEBHOOK_URL) has to be whole, such as https://curtain-call.example.org",
    );
  }
  if (isLoopback(url.hostname) && !isLoopback(new URL(web).hostname)) {
    throw new UserError("GitHub cannot reach this machine by a loopback address; give one that the network knows");
  }
  if (url.pathname === "/") url.pathname = "/api/github/webhooks";
  return url.href;
}
