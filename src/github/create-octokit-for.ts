import { Octokit } from "@octokit/core";
import { PostponeUntil } from "../domain/postpone-until.ts";
import { askGraphql } from "./ask-graphql.ts";
import { createFetch } from "./create-fetch.ts";
import { createTokens } from "./create-tokens.ts";
import { type ContentLimit, createTurns, type Turns } from "./create-turns.ts";
import { statusOf } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Permissions } from "./permissions.ts";
import { type Answered, type SentRequest, tellAnswer } from "./tell-answer.ts";
import { translateError } from "./translate-error.ts";

export interface OctokitForOptions {
  readonly appId: number | string;
  /** In PEM. */
  readonly privateKey: string;
  /** `https://api.github.com`, or `https://<host>/api/v3` of a GitHub Enterprise Server. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly log: GitHubLog;
  readonly clock: () => Date;
  /** Is told of each request before it is sent. */
  readonly onRequest?: (request: SentRequest) => void;
  /** Is told how each request ended. */
  readonly onAnswer?: (answer: Answered) => void;
  /** Is told what became of each thing that was to be written. */
  readonly onApplied?: GitHubClient["noteApplied"];
  /** Milliseconds that an answer may take. */
  readonly timeout?: number;
  /** Milliseconds between two requests of an installation that create something. */
  readonly pause?: number;
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How much an installation may create; as much as it likes where it is not given. */
  readonly contentLimits?: readonly ContentLimit[];
}

interface GitHubLog {
  readonly debug: (message: string) => void;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

export type OctokitFor = (installationId: number, job: Job) => GitHubClient;

/** What a client is for: its token can do nothing else. */
interface Job {
  readonly repositoryId?: number;
  readonly permissions: Permissions;
}

/**
 * Makes clients for the installations of an app. They share tokens, and each installation's share their turns: GitHub
 * asks to write one thing at a time, and to leave a second between things created. Nothing goes out before it is used.
 */
export function createOctokitFor(options: OctokitForOptions): OctokitFor {
  const { clock, pause = 1000, timeout = 10_000, wait = waitFor, contentLimits = [] } = options;
  const { onRequest = () => {}, onAnswer = () => {}, onApplied = () => {} } = options;
  const fetch = createFetch(timeout);
  const turns = new Map<number, Turns>();

  function createOctokit(): Octokit {
    const { baseUrl, userAgent } = options;
    return new Octokit({ baseUrl, userAgent, log: { ...options.log }, request: { fetch } });
  }

  const app = createOctokit();
  app.hook.wrap("request", (send, request) => {
    const sent = { installationId: null, method: request.method, route: request.url };
    onRequest(sent);
    return tellAnswer(sent, () => send(request), onAnswer);
  });
  const tokens = createTokens({ ...options, octokit: app });

  return (installationId, job) => {
    const wish = { installationId, ...job };
    const own = turns.get(installationId) ?? createTurns({ clock, pause, wait, contentLimits });
    turns.set(installationId, own);
    const octokit = createOctokit();
    octokit.hook.wrap("request", async (send, request) => {
      const route = isQuery(request.url) ? "/graphql" : request.url;
      const sendOnce = async (isRefused: boolean) => {
        own.requireOpen();
        const token = await tokens.get(wish, isRefused);
        request.headers.authorization = `token ${token}`;
        const sent = { installationId, method: request.method, route };
        onRequest(sent);
        return tellAnswer(sent, () => send(request), onAnswer);
      };
      const sendIt = () =>
        sendOnce(false).catch((error: unknown) => {
          // The token may have been revoked since; what was refused was not done.
          if (statusOf(error) === 401) return sendOnce(true);
          throw error;
        });
      try {
        const isReading = route === "/graphql" ? !isMutation(request["query"]) : /^(?:GET|HEAD)$/.test(request.method);
        if (isReading) return await sendIt();
        return await own.write(creates(request.method, route), sendIt);
      } catch (error) {
        const translated = translateError(error, { now: clock(), installationId });
        // Where only the room for what is created is used up, everything else goes on.
        if (translated instanceof PostponeUntil && translated !== error) own.closeUntil(translated.moment);
        throw translated;
      }
    });
    return {
      request: octokit.request,
      query: async (text, variables) => {
        const { moment, ...answer } = await askGraphql(octokit, { baseUrl: options.baseUrl, text, variables, clock });
        if (moment !== null) {
          own.closeUntil(moment);
          throw new PostponeUntil(moment, "GitHub's limit is reached");
        }
        return answer;
      },
      botLogin: tokens.botLogin,
      token: async () => {
        own.requireOpen();
        return tokens.get(wish, false);
      },
      permissions: job.permissions,
      noteApplied: onApplied,
    };
  };
}

function isQuery(url: string): boolean {
  return url.endsWith("/graphql");
}

function isMutation(text: unknown): boolean {
  return typeof text === "string" && /^\s*mutation\b/.test(text);
}

/** Whether GitHub counts it as creating content; objects of git's are not counted. */
function creates(method: string, route: string): boolean {
  return method === "POST" && !route.includes("/git/") && route !== "/graphql";
}

function waitFor(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
