import type { PostponeUntil } from "../domain/postpone-until.ts";
import { type FirstPage, itemsOf, type MergedPage, mergedPageShape } from "./answer-shapes.ts";
import { statusOf } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { mergedPullRequestsQuery } from "./history-queries.ts";
import { judgeErrors, toFailure, type Withheld } from "./judge-errors.ts";
import { readWaitForRoom } from "./leave-room.ts";
import type { Place } from "./place.ts";
import { type FileTexts, type PullRequestReading, readPullRequest, toReading } from "./read-pull-request.ts";

export interface MergedWish extends Place {
  /** Where to go on; null for the newest. */
  readonly after: string | null;
  /** Of the configuration file. */
  readonly configurationPath: string;
  readonly wantsComments: boolean;
  readonly wantsFiles: boolean;
}

export interface MergedReadings {
  /** Each as `readPullRequest` would give it, but for what only its comment needs: the app's own, and the proposed squash. */
  readonly readings: readonly PullRequestReading[];
  readonly total: number;
  /** Null at the end. */
  readonly next: string | null;
  readonly configuration: FileTexts;
  /** Says to wait before more is asked for; what is here may be used. */
  readonly wait: PostponeUntil | null;
}

/** How many pull requests come at once, each with so much of its lists: more costs more of the limit than it is worth. */
const size = 25;
const listSizes = { commitsSize: 10, reviewsSize: 20, closingIssuesSize: 5, commentsSize: 20, filesSize: 50 };
const longLists = ["commits", "reviews", "closingIssues", "comments", "files"] as const;

type Node = NonNullable<NonNullable<MergedPage["repository"]["pullRequests"]["nodes"]>[number]>;

/**
 * Reads a page of merged pull requests, the newest first; those whose lists are longer than what comes along, alone.
 * Null where there is no such repository. Throws what GitHubClient throws, and QueryFailed.
 */
export async function readMergedPullRequests(client: GitHubClient, wish: MergedWish): Promise<MergedReadings | null> {
  const withheld = new Set<Withheld>();
  const data = await ask(client, wish, { size, withheld });
  if (data === null) return null;
  const { organization, repository } = mergedPageShape.parse(data);
  const { totalCount: total, pageInfo, ...list } = repository.pullRequests;
  const readings: PullRequestReading[] = [];
  for (const node of itemsOf(list)) {
    const first = { organization, repository: { ...repository, pullRequest: node } };
    const reading = await toReadingOfOne(client, { first, node, withheld, wish });
    if (reading !== null) readings.push(reading);
  }
  return {
    readings,
    total,
    next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    configuration: {
      repository: repository.configuration?.text ?? null,
      organization: organization?.configuration?.text ?? null,
      proposed: null,
    },
    wait: readWaitForRoom(data),
  };
}

async function toReadingOfOne(
  client: GitHubClient,
  {
    first,
    node,
    withheld,
    wish,
  }: {
    readonly first: FirstPage;
    readonly node: Node;
    readonly withheld: ReadonlySet<Withheld>;
    readonly wish: MergedWish;
  },
): Promise<PullRequestReading | null> {
  const { owner, name, wantsComments, wantsFiles } = wish;
  if (longLists.some((list) => node[list]?.pageInfo.hasNextPage)) {
    return readPullRequest(client, { owner, name, number: node.number, marker: null, wantsComments, wantsFiles });
  }
  return toReading(client, { pages: { first, all: [node], withheld }, isOwn: () => false, wantsComments });
}

/** One answer; asks again for less where GitHub could not give so much. Null where there is no such repository. */
async function ask(
  client: GitHubClient,
  wish: MergedWish,
  asking: { readonly size: number; readonly withheld: Set<Withheld> },
): Promise<unknown> {
  const { owner, name, after, configurationPath, wantsComments, wantsFiles } = wish;
  try {
    const { data, errors } = await client.query(mergedPullRequestsQuery, {
      owner,
      name,
      after,
      size: asking.size,
      configurationObject: `HEAD:${configurationPath}`,
      commits: true,
      reviews: true,
      closingIssues: true,
      comments: wantsComments,
      files: wantsFiles,
      ...listSizes,
    });
    const verdict = judgeErrors(errors, asking.withheld);
    if (verdict === "not there") return null;
    if (verdict === "fine") return data;
    if (asking.size === 1) throw toFailure(errors);
  } catch (error) {
    const status = statusOf(error);
    if ((status !== 502 && status !== 504) || asking.size === 1) throw error;
  }
  return ask(client, wish, { ...asking, size: Math.max(1, Math.floor(asking.size / 3)) });
}
