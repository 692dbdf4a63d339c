import type { Database } from "./open-database.ts";

/** A pull request whose comment has to be made anew. */
export interface TouchedPullRequest {
  readonly repositoryId: number;
  readonly number: number;
}

/** The pull requests on which an account has credit. */
export async function findPullRequestsOf(
  { query }: Pick<Database, "query">,
  installationId: number,
  accountId: number,
): Promise<TouchedPullRequest[]> {
  const rows = await query
    .selectFrom("credits")
    .select(["repository_id", "subject"])
    .distinct()
    .where("installation_id", "=", installationId)
    .where("account_id", "=", accountId)
    .where("subject_kind", "=", "pull request")
    .execute();
  return rows.map(({ repository_id: repositoryId, subject }) => ({ repositoryId, number: Number(subject) }));
}

/** The same with the names of their repositories; those of repositories that are gone are left out. */
export async function placePullRequests(
  { query }: Pick<Database, "query">,
  installationId: number,
  pulls: readonly TouchedPullRequest[],
): Promise<(TouchedPullRequest & { readonly owner: string; readonly name: string })[]> {
  const ids = [...new Set(pulls.map(({ repositoryId }) => repositoryId))];
  if (ids.length === 0) return [];
  const rows = await query
    .selectFrom("repositories")
    .select(["repository_id", "owner", "name"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "in", ids)
    .where("gone_at", "is", null)
    .execute();
  const places = new Map(rows.map(({ repository_id: id, owner, name }) => [id, { owner, name }]));
  return pulls.flatMap((pull) => {
    const place = places.get(pull.repositoryId);
    return place === undefined ? [] : [{ ...pull, ...place }];
  });
}
