import { z } from "zod";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { QueryFailed } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

const answerShape = z.record(
  z.string(),
  z.object({ nodes: z.array(z.object({ number: z.number().optional() }).nullable()).nullable() }).nullable(),
);

/** How somebody takes part, by GitHub's qualifiers: who reviews is not among those who are involved. */
const ways = ["involves", "reviewed-by"] as const;

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
  const since = before === undefined ? "" : ` merged:<${before.toISOString().slice(0, 19)}Z`;
  const searches = accounts.flatMap(({ login }) => {
    return ways.map((way) => `repo:${owner}/${name} is:pr is:merged${since} ${way}:${login}`);
  });
  const variables = searches.map((search, place) => [`search${place}`, search] as const);
  const { data, errors } = await client.query(earlierWorkQuery(searches), Object.fromEntries(variables));
  const [failed] = errors;
  if (failed !== undefined) throw new QueryFailed(`GitHub could not answer: ${failed.message}`);
  const answer = answerShape.parse(data);
  return new Map(
    accounts.map(({ id }, place) => {
      const found = ways.flatMap((_, way) => answer[`found${place * ways.length + way}`]?.nodes ?? []);
      return [id, found.some((pull) => pull !== null && pull.number !== number)];
    }),
  );
}

/** Two of each, for one may be the pull request that is asked about. */
function earlierWorkQuery(searches: readonly string[]): string {
  const parts = searches.map(
    (_, place) =>
      `  found${place}: search(query: $search${place}, type: ISSUE, first: 2) { nodes { ... on PullRequest { number } } }`,
  );
  return `
query EarlierWork(${searches.map((_, place) => `$search${place}: String!`).join(", ")}) {
${parts.join("\n")}
}`;
}
