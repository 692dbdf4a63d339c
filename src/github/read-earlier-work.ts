import { z } from "zod";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { QueryFailed } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Place } from "./place.ts";

const answerShape = z.record(
  z.string(),
  z.object({ nodes: z.array(z.object({ number: z.number().optional() }).nullable()).nullable() }).nullable(),
);

/**
 * Which accounts have taken part in a merged pull request of a repository, other than the one of this number and before
 * a moment where one is given: by opening or commenting on it, by being assigned or mentioned. One query for all. Throws what GitHubClient throws, and QueryFailed.
 */
export async function readEarlierWorkOnGitHub(
  client: GitHubClient,
  { owner, name, number, before }: Place & { readonly number: number | null; readonly before?: Date },
  accounts: readonly Pick<Account, "id" | "login">[],
): Promise<ReadonlyMap<number, boolean>> {
  if (accounts.length === 0) return new Map();
  const places = accounts.map((_, place) => place);
  const since = before === undefined ? "" : ` merged:<${before.toISOString().slice(0, 19)}Z`;
  const variables = accounts.map(({ login }, place) => {
    return [`search${place}`, `repo:${owner}/${name} is:pr is:merged${since} involves:${login}`];
  });
  const { data, errors } = await client.query(earlierWorkQuery(places), Object.fromEntries(variables));
  const [failed] = errors;
  if (failed !== undefined) throw new QueryFailed(`GitHub could not answer: ${failed.message}`);
  const answer = answerShape.parse(data);
  return new Map(
    accounts.map(({ id }, place) => {
      const found = answer[`person${place}`]?.nodes ?? [];
      return [id, found.some((pull) => pull !== null && pull.number !== number)];
    }),
  );
}

/** Two of each, for one may be the pull request that is asked about. */
function earlierWorkQuery(places: readonly number[]): string {
  return `
query EarlierWork(${places.map((place) => `$search${place}: String!`).join(", ")}) {
${places
  .map(
    (place) =>
      `  person${place}: search(query: $search${place}, type: ISSUE, first: 2) { nodes { ... on PullRequest { number } } }`,
  )
  .join("\n")}
}`;
}
