import type { Database, Transaction } from "./open-database.ts";

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
}

/** Keeps a pull request as it is now. */
export async function rememberPullRequest(
  transaction: Transaction,
  { installationId, repositoryId, number }: PullRequestKey,
  { state, title, url, headSha, landedSha }: StoredPullRequest,
): Promise<void> {
  const values = { state, title, url, head_sha: headSha, landed_sha: landedSha };
  await transaction
    .insertInto("pull_requests")
    .values({ installation_id: installationId, repository_id: repositoryId, number, ...values })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id", "number"]).doUpdateSet(values))
    .execute();
}

/** A pull request as it was last seen; null where it never was. */
export async function readPullRequest(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId, number }: PullRequestKey,
): Promise<StoredPullRequest | null> {
  const row = await query
    .selectFrom("pull_requests")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("number", "=", number)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { state, title, url, head_sha: headSha, landed_sha: landedSha } = row;
  return { state, title, url, headSha, landedSha };
}
