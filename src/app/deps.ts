import type { Log } from "../domain/log.ts";
import type { OctokitFor } from "../github/create-octokit-for.ts";
import type { Database } from "../store/open-database.ts";

/** A pull request that has to be looked at. */
export interface PullRequestJob {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
  readonly number: number;
}

/** Puts a job in its queue; of one key, one waits and one runs. */
export type Enqueue = (
  queue: "pull-requests",
  job: PullRequestJob,
  options: { readonly key: string; readonly installationId: number },
) => Promise<void>;

/** The words of what the app says. */
export interface Templates {
  readonly comment: (context: object) => string;
  readonly check: (context: object) => string;
}

/** All that handlers need, made in main. */
export interface Deps {
  readonly database: Database;
  readonly octokitFor: OctokitFor;
  readonly templates: Templates;
  readonly log: Log;
}
