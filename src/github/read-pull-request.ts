import type { CommitFacts, PullRequestFacts, RepositoryFacts } from "../domain/credit/pull-request-facts.ts";
import { type CommentAnswer, type FirstPage, itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import type { Withheld } from "./judge-errors.ts";
import { isOwnComment } from "./own-comments.ts";
import type { Place } from "./place.ts";
import { readLanded, toCommits } from "./read-commits.ts";
import { type Pages, readPages } from "./read-pages.ts";
import { toAccount } from "./to-account.ts";
import { toBranchedRepository } from "./to-repository.ts";

export interface PullRequestWish extends Place {
  readonly number: number;
  /** What this app's comment has in it and no other of its comments; null where nobody asks for that comment. */
  readonly marker: string | null;
  readonly wantsComments?: boolean;
  readonly wantsFiles?: boolean;
  /** Of the configuration file, as `.github/curtain-call.yml`; without it none is read. */
  readonly configurationPath?: string;
  /** Of the templates, as `.github/curtain-call/credit.md.hbs`; without them none are read. */
  readonly templatePaths?: { readonly comment: string; readonly check: string };
}

export interface PullRequestReading {
  readonly facts: PullRequestFacts;
  /** The commit that checks are about; null for a pull request without commits. */
  readonly head: string | null;
  readonly configuration: FileTexts;
  readonly templates: { readonly comment: FileTexts; readonly check: FileTexts };
  /** What GitHub did not tell for lack of a permission: lists are empty and texts null in its place. */
  readonly withheld: ReadonlySet<Withheld>;
}

/** The texts of a file, null where there is none; GitHub cuts them after 512,000 bytes. */
export interface FileTexts {
  /** On the default branch. */
  readonly repository: string | null;
  /** In the organisation's repository `.github`. */
  readonly organization: string | null;
  /** At the head of the pull request. */
  readonly proposed: string | null;
}

/**
 * Reads all that credit needs to know about a pull request, the configuration and the templates, in one query where no list is
 * longer than a page. Null where there is no such pull request, or none for this installation. Throws what
 * GitHubClient throws, and QueryFailed.
 */
export async function readPullRequest(client: GitHubClient, wish: PullRequestWish): Promise<PullRequestReading | null> {
  const { owner, name, number, marker, wantsComments = false, wantsFiles = false } = wish;
  const login = await client.botLogin();
  const isOwn = (comment: CommentAnswer): boolean => marker !== null && isOwnComment(comment, { login, marker });
  const pages = await readPages(client, {
    owner,
    name,
    number,
    wantsFiles,
    configurationPath: wish.configurationPath ?? null,
    templatePaths: wish.templatePaths ?? null,
    needsComments: ({ comments }) => wantsComments || (marker !== null && !itemsOf(comments).some(isOwn)),
  });
  return pages === null ? null : toReading(client, { pages, isOwn, wantsComments });
}

/** Makes facts of pages; asks for what of the commits did not come along. */
export async function toReading(
  client: Pick<GitHubClient, "query">,
  {
    pages,
    isOwn,
    wantsComments,
  }: {
    readonly pages: Pages;
    readonly isOwn: (comment: CommentAnswer) => boolean;
    readonly wantsComments: boolean;
  },
): Promise<PullRequestReading> {
  const { first, withheld } = pages;
  const { pullRequest } = first.repository;
  const commits = await toCommits(
    client,
    pages.all.flatMap((page) => itemsOf(page.commits).map(({ commit }) => commit)),
  );
  const comments = pages.all.flatMap((page) => itemsOf(page.comments));
  const own = comments.find(isOwn);
  const { squashTitle: title, squashBody: body } = pullRequest;
  const head = itemsOf(pullRequest.head)[0]?.commit;
  return {
    facts: {
      ...toPlainFacts(first),
      commits,
      ...toConversation(pages),
      // They are known by the text alone, so that a page of pull requests asks for all of theirs at once.
      superseded: [],
      comments: wantsComments ? comments.filter(isPersons).map(toComment) : [],
      files: pages.all.flatMap((page) => itemsOf(page.files).map(({ path }) => path)),
      proposedSquash: title === undefined || body === undefined ? null : { title, body },
      landed: await toLanded(client, first, commits),
      ownComment: own === undefined ? null : { id: own.fullDatabaseId, nodeId: own.id, body: own.body, url: own.url },
    },
    head: head?.oid ?? null,
    configuration: {
      repository: first.repository.configuration?.text ?? null,
      organization: first.organization?.configuration?.text ?? null,
      proposed: head?.file?.object?.text ?? null,
    },
    templates: {
      comment: toTemplate(first, "commentTemplate"),
      check: toTemplate(first, "checkTemplate"),
    },
    withheld,
  };
}

function toTemplate({ repository, organization }: FirstPage, which: "commentTemplate" | "checkTemplate"): FileTexts {
  const head = itemsOf(repository.pullRequest.head)[0]?.commit;
  return {
    repository: repository[which]?.text ?? null,
    organization: organization?.[which]?.text ?? null,
    proposed: head?.[which]?.object?.text ?? null,
  };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function toPlainFacts({ repository }: FirstPage) {
  const { number, title, body, url, author, state, isDraft, baseRefName, isInMergeQueue } = repository.pullRequest;
  return {
    repository: toRepositoryFacts(repository),
    number,
    title,
    body,
    url,
    author: toAccount(author),
    state: states[state],
    isDraft,
    baseBranch: baseRefName,
    isInMergeQueue,
  };
}

function toRepositoryFacts(repository: FirstPage["repository"]): RepositoryFacts {
  return {
    ...toBranchedRepository(repository),
    squashTitle: repository.squashMergeCommitTitle,
    squashMessage: repository.squashMergeCommitMessage,
    allows: {
      merge: repository.mergeCommitAllowed,
      squash: repository.squashMergeAllowed,
      rebase: repository.rebaseMergeAllowed,
    },
    mergedPullRequests: repository.merged.totalCount,
  };
}

const reviewStates = {
  COMMENTED: "commented",
  APPROVED: "approved",
  CHANGES_REQUESTED: "changes requested",
  DISMISSED: "dismissed",
} as const;

function toConversation({ all }: Pages): Pick<PullRequestFacts, "reviews" | "closingIssues"> {
  return {
    reviews: all.flatMap((page) =>
      itemsOf(page.reviews).flatMap(({ author, state, url, submittedAt }) => {
        // What is not submitted is its author's own yet.
        if (state === "PENDING" || submittedAt === null) return [];
        return [{ author: toAccount(author), state: reviewStates[state], url, submittedAt }];
      }),
    ),
    closingIssues: all.flatMap((page) =>
      itemsOf(page.closingIssues).map(({ number, title, url, author, labels }) => {
        return { number, title, url, author: toAccount(author), labels: itemsOf(labels).map((label) => label.name) };
      }),
    ),
  };
}

function isPersons({ author }: CommentAnswer): boolean {
  return toAccount(author)?.kind !== "bot";
}

function toComment({ author, url }: CommentAnswer) {
  return { author: toAccount(author), url };
}

async function toLanded(
  client: Pick<GitHubClient, "query">,
  { repository: { pullRequest } }: FirstPage,
  commits: readonly CommitFacts[],
): Promise<PullRequestFacts["landed"]> {
  const { mergedAt: at, mergedBy, mergeCommit: last } = pullRequest;
  if (at === null) return null;
  // GitHub may have lost sight of the commit, after the base was pushed over.
  const landed = last === null ? [] : await readLanded(client, { last, commits });
  return { commits: landed, by: toAccount(mergedBy), at };
}
