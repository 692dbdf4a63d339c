import { z } from "zod";
import type { SupersededFacts } from "../domain/credit/pull-request-facts.ts";
import { readPullRequestRelations } from "../domain/credit/pull-request-relations.ts";
import { accountFragment } from "./account-fragment.ts";
import { accountShape, commitShape, itemsOf } from "./answer-shapes.ts";
import { commitFragments } from "./commit-fragments.ts";
import { statusOf } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { judgeErrors, toFailure } from "./judge-errors.ts";
import type { Place } from "./place.ts";
import { toCommits } from "./read-commits.ts";
import type { PullRequestReading } from "./read-pull-request.ts";
import { toAccount } from "./to-account.ts";

/** Of one pull request's. */
const mostSuperseded = 10;

/**
 * Adds what pull requests of one repository say they supersede: one query for all of them, and none where they say nothing
 * of the kind. Numbers that are no pull request's are passed over. Throws what GitHubClient throws, and QueryFailed.
 */
export async function addSuperseded(
  client: Pick<GitHubClient, "query">,
  readings: readonly PullRequestReading[],
): Promise<PullRequestReading[]> {
  const named = readings.map(({ facts }) => readPullRequestRelations(facts).supersedes.slice(0, mostSuperseded));
  const [first] = readings;
  const numbers = [...new Set(named.flat())];
  if (first === undefined || numbers.length === 0) return [...readings];
  const { owner, name } = first.facts.repository;
  const known = await readSuperseded(client, { owner, name, numbers });
  return readings.map((reading, place) => {
    const superseded = (named[place] ?? []).flatMap((number) => known.get(number) ?? []);
    return { ...reading, facts: { ...reading.facts, superseded } };
  });
}

type Wish = Place & { readonly numbers: readonly number[] };

const answerShape = z.object({
  repository: z.record(
    z.string(),
    z
      .object({
        number: z.number(),
        url: z.string(),
        author: accountShape,
        mergedAt: z.coerce.date().nullable(),
        commits: z.object({ nodes: z.array(z.object({ commit: commitShape }).nullable()).nullable() }),
      })
      .nullable(),
  ),
});

/** By number; asks for half as many at once where GitHub could not give so much. */
async function readSuperseded(
  client: Pick<GitHubClient, "query">,
  wish: Wish,
): Promise<ReadonlyMap<number, SupersededFacts>> {
  const data = await ask(client, wish);
  if (data === "too much") {
    const half = Math.ceil(wish.numbers.length / 2);
    const some = await readSuperseded(client, { ...wish, numbers: wish.numbers.slice(0, half) });
    return new Map([...some, ...(await readSuperseded(client, { ...wish, numbers: wish.numbers.slice(half) }))]);
  }
  const found = new Map<number, SupersededFacts>();
  if (data === null) return found;
  for (const answer of Object.values(answerShape.parse(data).repository)) {
    if (answer === null) continue;
    const commits = await toCommits(
      client,
      itemsOf(answer.commits).map(({ commit }) => commit),
    );
    const { number, url, author, mergedAt } = answer;
    found.set(number, { number, url, author: toAccount(author), mergedAt, commits });
  }
  return found;
}

/** Null where the repository is gone. */
async function ask(client: Pick<GitHubClient, "query">, { owner, name, numbers }: Wish): Promise<unknown> {
  try {
    const { data, errors } = await client.query(queryFor(numbers), { owner, name });
    const others = errors.filter(({ type, path }) => type !== "NOT_FOUND" || path.length < 2);
    const verdict = judgeErrors(others, new Set());
    if (verdict === "not there") return null;
    if (verdict === "fine") return data;
    if (numbers.length === 1) throw toFailure(errors);
  } catch (error) {
    const status = statusOf(error);
    if ((status !== 502 && status !== 504) || numbers.length === 1) throw error;
  }
  return "too much";
}

function queryFor(numbers: readonly number[]): string {
  return `
query Superseded($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
${numbers.map((number) => `    pull${number}: pullRequest(number: ${number}) { ...Superseded }`).join("\n")}
  }
}

fragment Superseded on PullRequest {
  number url author { ...Account } mergedAt
  commits(first: 50) { nodes { commit { ...CommitFacts } } }
}
${commitFragments}

${accountFragment}`;
}
