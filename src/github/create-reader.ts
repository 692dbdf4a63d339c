import { Octokit } from "@octokit/rest";
import { PostponeUntil } from "../domain/postpone-until.ts";
import { askGraphql } from "./ask-graphql.ts";
import { createFetch } from "./create-fetch.ts";
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
}

/** GitHub as somebody sees it with a token of their own: nothing is ever written. */
export interface Reader extends GitHubClient {
  readonly rest: Pick<Octokit["rest"], "repos">;
  readonly paginate: Octokit["paginate"];
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Makes a reader. It throws what GitHubClient throws; a request that would write is a bug, and is not sent. */
export function createReader(options: ReaderOptions): Reader {
  const { token, baseUrl, userAgent, clock, onRequest, timeout = 30_000 } = options;
  const octokit = new Octokit({
    auth: token,
    baseUrl,
    userAgent,
    log: silent,
    request: { fetch: createFetch(timeout) },
  });
  octokit.hook.wrap("request", async (send, request) => {
    if (request.method !== "GET" && !request.url.endsWith("/graphql")) throw new Error("a reader never writes");
    onRequest();
    try {
      return await send(request);
    } catch (error) {
      throw translateError(error, { now: clock(), installationId: 0 });
    }
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
  };
}
