import { type SweepLimits, sweepDeliveries } from "../../src/app/sweep-deliveries.ts";
import { type AppClient, createAppClient } from "../../src/github/create-app-client.ts";
import type { SentRequest } from "../../src/github/tell-answer.ts";
import type { TestApp } from "./start-test-app.ts";

/** Asks for everything at once that is missing. */
const atOnce: SweepLimits = { pages: 50, asks: 300, pause: 0, again: 60_000, underWay: 0 };

const nothing = (): void => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** GitHub as the app of a test sees it. */
export function appClientOf(
  { credentials, forge }: Pick<TestApp, "credentials" | "forge">,
  onRequest: (request: SentRequest) => void = nothing,
): AppClient {
  const { appId, privateKey, apiUrl: baseUrl } = credentials;
  return createAppClient({ appId, privateKey, baseUrl, userAgent: "test", log, clock: forge.clock, onRequest });
}

/** Sweeps for an app of a test; gives what that has asked of GitHub, in short. */
export async function sweep(
  started: Pick<TestApp, "app" | "credentials" | "forge">,
  given: { readonly limits?: Partial<SweepLimits>; readonly clock?: () => Date } = {},
): Promise<string[]> {
  const { app, credentials, forge } = started;
  const sent: string[] = [];
  const client = appClientOf(started, ({ method }) => void sent.push(method === "GET" ? "read" : "ask"));
  const clock = given.clock ?? forge.clock;
  const limits = { ...atOnce, ...given.limits };
  const signal = new AbortController().signal;
  await sweepDeliveries({ ...app.deps, clock, appId: credentials.appId, client, limits, signal });
  return sent;
}
