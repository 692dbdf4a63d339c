import type { Octokit } from "@octokit/core";
import type { Applied } from "../domain/action.ts";
import type { Permissions } from "./permissions.ts";

/** GitHub as one installation sees it, with no more rights than one job needs. */
export interface GitHubClient {
  /**
   * Any of GitHub's REST requests. Writes wait for each other. Throws the errors of ./errors.ts, PostponeUntil where
   * GitHub asks to wait, and Octokit's for the rest. Nothing is sent twice, except what was refused for an old token.
   */
  readonly request: Octokit["request"];
  /** A query in GraphQL, or a mutation that no request does the same as, which waits as writes do. Throws as `request` does. */
  readonly query: (text: string, variables: Readonly<Record<string, unknown>>) => Promise<QueryAnswer>;
  /** The login under which the app speaks, as GraphQL writes it: without `[bot]`. */
  readonly botLogin: () => Promise<string>;
  /** For git, which signs in by itself; good for at most an hour. Throws as `request` does. */
  readonly token: () => Promise<string>;
  readonly permissions: Permissions;
  /** Tells what became of an action: whoever counts wants to know what was not written, too. */
  readonly noteApplied: (applied: Applied) => void;
}

/** What there is of an answer, and why the rest is missing. */
export interface QueryAnswer {
  readonly data: unknown;
  readonly errors: readonly QueryError[];
}

export interface QueryError {
  readonly message: string;
  readonly type?: string | undefined;
  /** Where in the answer; empty where it is about the whole. */
  readonly path: readonly (string | number)[];
}
