import { type FirstPage, firstPageShape, type NextPage, nextPageShape } from "./answer-shapes.ts";
import { statusOf } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";
import { judgeErrors, toFailure, type Withheld } from "./judge-errors.ts";
import { pullRequestQuery } from "./pull-request-query.ts";

/** The lists of a pull request that may go on over several pages. */
const listNames = ["commits", "reviews", "closingIssues", "comments", "files"] as const;
type ListName = (typeof listNames)[number];

/** How many items a page has at most. Commits come with their authors, and many of them make GitHub answer 502. */
const sizes: Readonly<Record<ListName, number>> = {
  commits: 50,
  reviews: 100,
  closingIssues: 50,
  comments: 100,
  files: 100,
};
/** Pages are not made smaller than a sixteenth. */
const smallest = 16;

export interface Pages {
  readonly first: FirstPage;
  /** The first among them. */
  readonly all: readonly NextPage["repository"]["pullRequest"][];
  readonly withheld: ReadonlySet<Withheld>;
}

export interface PagesWish {
  readonly owner: string;
  readonly name: string;
  readonly number: number;
  readonly wantsFiles: boolean;
  readonly configurationPath: string | null;
  readonly templatePaths: { readonly comment: string; readonly check: string } | null;
  /** Whether there is a need for the comments after a page. */
  readonly needsComments: (page: NextPage["repository"]["pullRequest"]) => boolean;
}

/** Where to go on in each list; lists that are read to their end are not in it. */
type Cursors = Partial<Record<ListName, string | null>>;

interface Asking {
  cursors: Cursors;
  isFirst: boolean;
  /** By how much pages are smaller than they might be. */
  divisor: number;
  readonly withheld: Set<Withheld>;
}

/** Asks for one page after another, an ordinary pull request's only one. Null where there is none. */
export async function readPages(client: GitHubClient, wish: PagesWish): Promise<Pages | null> {
  const { files: _files, ...others } = Object.fromEntries(listNames.map((name) => [name, null]));
  const cursors: Cursors = wish.wantsFiles ? { ...others, files: null } : others;
  const asking: Asking = { cursors, isFirst: true, divisor: 1, withheld: new Set() };
  const firstData = await ask(client, wish, asking);
  if (firstData === null) return null;
  const first = firstPageShape.parse(firstData);
  const all: NextPage["repository"]["pullRequest"][] = [first.repository.pullRequest];
  asking.isFirst = false;
  for (let page = all[0]; page !== undefined; page = all.at(-1)) {
    asking.cursors = cursorsAfter(page, wish);
    if (Object.keys(asking.cursors).length === 0) break;
    const data = await ask(client, wish, asking);
    if (data === null) return null;
    all.push(nextPageShape.parse(data).repository.pullRequest);
  }
  return { first, all, withheld: asking.withheld };
}

function cursorsAfter(page: NextPage["repository"]["pullRequest"], { needsComments }: PagesWish): Cursors {
  const going = listNames.flatMap((name) => {
    const info = page[name]?.pageInfo;
    if (info?.hasNextPage !== true || (name === "comments" && !needsComments(page))) return [];
    return [[name, info.endCursor] as const];
  });
  return Object.fromEntries(going);
}

/** One answer; asks again for less where GitHub could not or would not give so much. */
async function ask(client: GitHubClient, wish: PagesWish, asking: Asking): Promise<unknown> {
  try {
    const { data, errors } = await client.query(pullRequestQuery, variablesOf(wish, asking));
    const verdict = judgeErrors(errors, asking.withheld);
    if (verdict === "not there") return null;
    if (verdict === "fine") return data;
    if (verdict === "too much") {
      if (asking.divisor >= smallest) throw toFailure(errors);
      asking.divisor *= 2;
    }
  } catch (error) {
    const status = statusOf(error);
    if ((status !== 502 && status !== 504) || asking.divisor >= smallest) throw error;
    asking.divisor *= 2;
  }
  return ask(client, wish, asking);
}

function variablesOf(wish: PagesWish, { cursors, isFirst, divisor, withheld }: Asking): Record<string, unknown> {
  const { owner, name, number, configurationPath, templatePaths } = wish;
  const lists = listNames.flatMap((list) => [
    [list, cursors[list] !== undefined],
    [`${list}After`, cursors[list] ?? null],
    [`${list}Size`, Math.max(1, Math.floor(sizes[list] / divisor))],
  ]);
  return {
    owner,
    name,
    number,
    first: isFirst,
    squash: isFirst && !withheld.has("proposed squash"),
    configuration: isFirst && configurationPath !== null,
    configurationPath: configurationPath ?? "",
    configurationObject: `HEAD:${configurationPath ?? ""}`,
    shared: isFirst && (configurationPath !== null || templatePaths !== null),
    templates: isFirst && templatePaths !== null,
    commentPath: templatePaths?.comment ?? "",
    commentObject: `HEAD:${templatePaths?.comment ?? ""}`,
    checkPath: templatePaths?.check ?? "",
    checkObject: `HEAD:${templatePaths?.check ?? ""}`,
    ...Object.fromEntries(lists),
  };
}
