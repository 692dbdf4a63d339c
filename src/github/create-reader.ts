import { Octokit } from "@octokit/rest";
import { PostponeUntil } from "../domain/postpone-until.ts";
import { askGraphql } from "./ask-graphql.ts";
import { createFetch } from "./create-fetch.ts";
import { statusOf } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { translateError } from "./translate-error.ts";

export interface ReaderOptions {
  /** Somebody's own, with which they read what they may. */
  readonly token: string;
  /** `https://api.github.com`, or `https://<host>/api/v3` of a GitHub Enterprise Server. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly clock: () => Date;
  /** Is told of each request before it is sent. */
  readonly onRequest: () => void;
  /** Milliseconds that an answer may take. */
  readonly timeout?: number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** GitHub as somebody sees it with a token of their own: nothing is ever written. */
export interface Reader extends GitHubClient {
  readonly rest: Pick<Octokit["rest"], "repos">;
  readonly paginate: Octokit["paginate"];
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** How long to wait before a page is asked for again that GitHub failed to give, in milliseconds. */
const pauses = [1000, 4000];

/**
 * Makes a reader. It throws what GitHubClient throws; a request that would write is a bug, and is not sent. Where GitHub fails
 * among many pages, that page is asked for twice more.
 */
export function createReader(options: ReaderOptions): Reader {
  const { token, baseUrl, userAgent, clock, onRequest, timeout = 30_000, wait = waitFor } = options;
  let isHeard = false;
  const octokit = new Octokit({
    auth: token,
    baseUrl,
    userAgent,
    log: silent,
    request: { fetch: createFetch(timeout) },
  });
  octokit.hook.wrap("request", async (send, request) => {
    if (request.method !== "GET" && !request.url.endsWith("/graphql")) throw new Error("a reader never writes");
    for (const pause of [...pauses, null]) {
      onRequest();
      try {
        const answer = await send(request);
        isHeard = true;
        return answer;
      } catch (error) {
        // What was never heard is not there, and queries are asked again for less.
        const mayPass = isHeard && request.method === "GET" && (statusOf(error) ?? 0) >= 500;
        if (!mayPass || pause === null) throw translateError(error, { now: clock(), installationId: 0 });
        await wait(pause);
      }
    }
    throw new Error("the last try ends by an answer or an error");
  });
  return {
    request: octokit.request,
    rest: octokit.rest,
    paginate: octokit.paginate,
    query: async (text, variables) => {
      const { moment, ...answer } = await askGraphql(octokit, { baseUrl, text, variables, clock });
      if (moment !== null) throw new PostponeUntil(moment, "GitHub's limit is reached");
      return answer;
    },
    // No comment of anybody's is looked for.
    botLogin: async () => "",
    token: async () => token,
    permissions: {},
    noteApplied: () => {},
  };
}

function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
