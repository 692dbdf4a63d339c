import { sql } from "kysely";
import type { PullRequestRelations } from "../domain/credit/pull-request-relations.ts";
import type { Landing } from "../domain/ledger/direct-commits.ts";
import type { LandedPullRequest } from "../domain/release/range-works.ts";
import { jsonText } from "./json-text.ts";
import type { Database, Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** Which pull request, of which installation. */
export interface PullRequestKey {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly number: number;
}

export interface StoredPullRequest {
  readonly state: "open" | "closed" | "merged";
  readonly title: string;
  readonly url: string;
  readonly headSha: string | null;
  /** The commit that it became in the base branch. */
  readonly landedSha: string | null;
  /** How many commits landed: several after a rebase. */
  readonly landedCommits: number | null;
  /** What its text says of others, whose numbers need not be there; nothing where it is not given. */
  readonly relations?: StoredRelations;
}

export type StoredRelations = Pick<PullRequestRelations, "backportOf" | "reverts">;

const noRelations: StoredRelations = { backportOf: [], reverts: [] };

/** Keeps a pull request as it is now. */
export async function rememberPullRequest(
  transaction: Transaction,
  { installationId, repositoryId, number }: PullRequestKey,
  { state, title, url, headSha, landedSha, landedCommits, relations = noRelations }: StoredPullRequest,
): Promise<void> {
  const values = {
    state,
    title,
    url,
    head_sha: headSha,
    landed_sha: landedSha,
    landed_commits: landedCommits,
    backport_of: relations.backportOf,
    reverts: relations.reverts,
  };
  await transaction
    .insertInto("pull_requests")
    .values({ installation_id: installationId, repository_id: repositoryId, number, ...values })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id", "number"]).doUpdateSet(values))
    .execute();
}

/** How each of a repository's merged pull requests landed. */
export async function readLandings(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<Landing[]> {
  const rows = await query
    .selectFrom("pull_requests")
    .select(["landed_sha", "landed_commits"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("landed_sha", "is not", null)
    .execute();
  // Those that were kept before the commits were counted have one.
  return rows.map((row) => ({ sha: row.landed_sha ?? "", commits: row.landed_commits ?? 1 }));
}

/** Which of these commits are the last ones that merged pull requests of the repository brought. */
export async function findLanded(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  shas: readonly string[],
): Promise<Set<string>> {
  if (shas.length === 0) return new Set();
  const rows = await query
    .selectFrom("pull_requests")
    .select("landed_sha")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("landed_sha", "in", [...shas])
    .execute();
  return new Set(rows.flatMap(({ landed_sha }) => landed_sha ?? []));
}

/** What some of a repository's pull requests say of others, by number; those that the ledger does not know are not in it. */
export async function readRelations(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, StoredRelations>> {
  if (numbers.length === 0) return new Map();
  const rows = await query
    .selectFrom("pull_requests")
    .select(["number", "backport_of", "reverts"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("number", "in", [...numbers])
    .execute();
  return new Map(rows.map((row) => [row.number, { backportOf: row.backport_of, reverts: row.reverts }]));
}

/** The pull requests that landed with these commits as their last ones. */
export async function readLandedPullRequests(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  shas: readonly string[],
): Promise<LandedPullRequest[]> {
  const rows = await query
    .selectFrom("pull_requests")
    .select(["number", "landed_sha", "landed_commits", "backport_of", "reverts"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where(sql<boolean>`landed_sha in (select jsonb_array_elements_text(${jsonText(shas)}::text::jsonb))`)
    .orderBy("number")
    .execute();
  return rows.map((row) => ({
    number: row.number,
    landedSha: row.landed_sha ?? "",
    landedCommits: row.landed_commits ?? 1,
    backportOf: row.backport_of,
    reverts: row.reverts,
  }));
}
