import type { Account } from "../domain/credit/pull-request-facts.ts";
import { QueryFailed } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";
import { searchTakingPart } from "./search-taking-part.ts";

/**
 * Which accounts have taken part in a merged pull request of a repository, other than the one of this number, and before a
 * moment where one is given: by opening, reviewing or commenting on it, by being assigned or mentioned. One query for
 * all. Throws what GitHubClient throws, and QueryFailed.
 */
export async function readEarlierWorkOnGitHub(
  client: GitHubClient,
  { owner, name, number, before }: Place & { readonly number: number | null; readonly before?: Date },
  accounts: readonly Pick<Account, "id" | "login">[],
): Promise<ReadonlyMap<number, boolean>> {
  if (accounts.length === 0) return new Map();
  const merged = before === undefined ? "" : `merged:<${before.toISOString().slice(0, 19)}Z`;
  const logins = accounts.map(({ login }) => login);
  // Two of each, for one may be the pull request that is asked about.
  const search = searchTakingPart({ owner, name }, logins, { merged, first: 2 });
  const query = `query EarlierWork(${search.declarations}) {\n${search.selection}\n}`;
  const { data, errors } = await client.query(query, search.variables);
  const [failed] = errors;
  if (failed !== undefined) throw new QueryFailed(`GitHub could not answer: ${failed.message}`);
  const found = search.read(data);
  return new Map(accounts.map(({ id }, place) => [id, found[place]?.some((pull) => pull !== number) ?? false]));
}
