import { z } from "zod";
import { mergedPageShape } from "./answer-shapes.ts";
import { NotThere } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { inPortions } from "./in-portions.ts";
import { judgeErrors, toFailure, type Withheld } from "./judge-errors.ts";
import type { Place } from "./place.ts";
import { pullRequestFragments } from "./pull-request-query.ts";
import { type PullRequestReading, readPullRequest, toReading } from "./read-pull-request.ts";

export interface PullRequestsWish extends Place {
  readonly numbers: readonly number[];
  readonly wantsComments: boolean;
  readonly wantsFiles: boolean;
}

/** How many pull requests come at once, each with so much of its lists; what has more is read alone. */
const size = 20;
const listSizes = { commitsSize: 10, reviewsSize: 20, closingIssuesSize: 5, commentsSize: 20, filesSize: 50 };
const longLists = ["commits", "reviews", "closingIssues", "comments", "files"] as const;

const repositoryShape = mergedPageShape.shape.repository.omit({ configuration: true, pullRequests: true });
const nodeShape = mergedPageShape.shape.repository.shape.pullRequests.shape.nodes.unwrap().element.unwrap();
const answerShape = z.object({ repository: z.looseObject(repositoryShape.shape) });

/**
 * Reads pull requests by their numbers, each as `readPullRequest` would give it, but for what only a comment needs; those
 * that are gone are left out. Throws what GitHubClient throws, NotThere and QueryFailed.
 */
export async function readPullRequestsByNumber(
  client: GitHubClient,
  wish: PullRequestsWish,
): Promise<readonly PullRequestReading[]> {
  return inPortions(wish.numbers, size, async (numbers) => {
    const withheld = new Set<Withheld>();
    const { repository } = answerShape.parse(await ask(client, { ...wish, numbers, withheld }));
    const plain = repositoryShape.parse(repository);
    const readings: PullRequestReading[] = [];
    for (const number of numbers) {
      const node = nodeShape.nullable().parse(repository[`pull${number}`]);
      if (node === null) continue;
      const first = {
        repository: { ...plain, configuration: null, commentTemplate: null, checkTemplate: null, pullRequest: node },
      };
      const reading = longLists.some((list) => node[list]?.pageInfo.hasNextPage)
        ? await readPullRequest(client, { ...wish, number, marker: null })
        : await toReading(client, {
            pages: { first, all: [node], withheld },
            isOwn: () => false,
            wantsComments: wish.wantsComments,
          });
      if (reading !== null) readings.push(reading);
    }
    return readings;
  });
}

async function ask(
  client: GitHubClient,
  {
    owner,
    name,
    numbers,
    withheld,
    wantsComments,
    wantsFiles,
  }: PullRequestsWish & {
    readonly withheld: Set<Withheld>;
  },
): Promise<unknown> {
  const { data, errors } = await client.query(queryFor(numbers), {
    owner,
    name,
    commits: true,
    reviews: true,
    closingIssues: true,
    comments: wantsComments,
    files: wantsFiles,
    ...listSizes,
  });
  const verdict = judgeErrors(errors, withheld);
  if (verdict === "fine") return data;
  if (verdict === "not there") throw new NotThere(`there is no ${owner}/${name} to be seen`);
  // Portions grow smaller after what GitHub answers where so many take it too long.
  throw Object.assign(toFailure(errors), { status: 502 });
}

function queryFor(numbers: readonly number[]): string {
  return `
query PullRequests(
  $owner: String!, $name: String!
  $commits: Boolean!, $commitsAfter: String, $commitsSize: Int!
  $reviews: Boolean!, $reviewsAfter: String, $reviewsSize: Int!
  $closingIssues: Boolean!, $closingIssuesAfter: String, $closingIssuesSize: Int!
  $comments: Boolean!, $commentsAfter: String, $commentsSize: Int!
  $files: Boolean!, $filesAfter: String, $filesSize: Int!
) {
  repository(owner: $owner, name: $name) {
    ...RepositoryFacts
${numbers
  .map(
    (number) =>
      `    pull${number}: pullRequest(number: ${number}) { ...PullRequestFacts head: commits(last: 1) { nodes { commit { oid } } } ...PullRequestLists }`,
  )
  .join("\n")}
  }
}
${pullRequestFragments.replace(/fragment Text on GitObject[^\n]*/, "")}`;
}
