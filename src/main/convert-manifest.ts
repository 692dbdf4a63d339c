import { z } from "zod";
import project from "../../package.json" with { type: "json" };
import { UserError } from "../domain/errors.ts";
import type { GitHubHost } from "./read-host.ts";

/** How long GitHub may take, in milliseconds. */
const patience = 30_000;

const registeredSchema = z.object({
  id: z.number().int(),
  html_url: z.url(),
  pem: z.string().min(1),
  webhook_secret: z.string().min(1),
});

/** An app that is registered on GitHub, and all it needs to sign in. */
export interface Registered {
  readonly appId: string;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** The app's page on GitHub. */
  readonly url: string;
}

/**
 * Exchanges the code, which is good for once and for an hour, for the app's credentials.
 * https://docs.github.com/en/rest/apps/apps#create-a-github-app-from-a-manifest
 */
export async function convertManifest(code: string, { api }: GitHubHost): Promise<Registered> {
  const response = await ask(`${api}/app-manifests/${encodeURIComponent(code)}/conversions`);
  if (response.status === 404 || response.status === 422) {
    throw new UserError("GitHub does not know this code: it was used already, or is over an hour old; start again");
  }
  if (!response.ok) throw new UserError(`GitHub answered ${response.status}; reload the page in a minute`);
  const result = registeredSchema.safeParse(await response.json().catch(() => null));
  // What is wrong with it is not told: it may hold secrets.
  if (!result.success) throw new UserError(`${new URL(api).host} did not answer as GitHub does; look at GHE_HOST`);
  const { id, html_url: url, pem: privateKey, webhook_secret: webhookSecret } = result.data;
  return { appId: String(id), privateKey, webhookSecret, url };
}

async function ask(url: string): Promise<Response> {
  try {
    return await fetch(url, {
      method: "POST",
      headers: { accept: "application/vnd.github+json", "user-agent": `curtain-call/${project.version}` },
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
  } catch (cause) {
    throw new UserError(`${new URL(url).host} could not be reached; look at the network, then reload the page`, {
      cause,
    });
  }
}
