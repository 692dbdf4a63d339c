import { createAppAuth } from "@octokit/auth-app";
import { Octokit } from "@octokit/core";
import { createFetch } from "./create-fetch.ts";
import type { OctokitForOptions } from "./create-octokit-for.ts";
import { statusOf } from "./errors.ts";
import { tellAnswer } from "./tell-answer.ts";
import { translateError } from "./translate-error.ts";

/** GitHub as the app itself sees it, and none of its installations: its log of deliveries, where it is installed. */
export interface AppClient {
  /**
   * Throws NotThere, PostponeUntil where GitHub asks to wait, an Error where it does not know the app, and Octokit's
   * for the rest. Nothing is sent twice.
   */
  readonly request: Octokit["request"];
}

export type AppClientOptions = Omit<OctokitForOptions, "pause" | "wait">;

/** Makes the client that signs in with the app's key. Nothing goes out before it is used. */
export function createAppClient(options: AppClientOptions): AppClient {
  const {
    appId,
    privateKey,
    baseUrl,
    userAgent,
    log,
    clock,
    timeout = 10_000,
    onRequest = () => {},
    onAnswer = () => {},
  } = options;
  const octokit = new Octokit({ baseUrl, userAgent, log: { ...log }, request: { fetch: createFetch(timeout) } });
  const authenticate = createAppAuth({ appId, privateKey, log });
  octokit.hook.wrap("request", async (send, request) => {
    const { token } = await authenticate({ type: "app" });
    request.headers.authorization = `bearer ${token}`;
    const sent = { installationId: null, method: request.method, route: request.url };
    onRequest(sent);
    try {
      return await tellAnswer(sent, () => send(request), onAnswer);
    } catch (cause) {
      if (statusOf(cause) === 401) {
        throw new Error(`GitHub does not know the app ${appId} by its private key`, { cause });
      }
      throw translateError(cause, { now: clock(), installationId: 0 });
    }
  });
  return { request: octokit.request };
}
