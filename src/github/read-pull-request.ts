import type { CommitFacts, PullRequestFacts, RepositoryFacts } from "../domain/credit/pull-request-facts.ts";
import { type CommentAnswer, type FirstPage, itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { isOwnComment } from "./own-comments.ts";
import type { Place } from "./place.ts";
import { readLanded, toCommits } from "./read-commits.ts";
import { type Pages, readPages, type Withheld } from "./read-pages.ts";
import { toAccount } from "./to-account.ts";

export interface PullRequestWish extends Place {
  readonly number: number;
  /** What this app's comment has in it and no other of its comments. */
  readonly marker: string;
  readonly wantsComments?: boolean;
  readonly wantsFiles?: boolean;
  /** Of the configuration file, as `.github/curtain-call.yml`; without it none is read. */
  readonly configurationPath?: string;
}

export interface PullRequestReading {
  readonly facts: PullRequestFacts;
  /** The commit that checks are about; null for a pull request without commits. */
  readonly head: string | null;
  readonly configuration: ConfigurationTexts;
  /** What GitHub did not tell for lack of a permission: lists are empty and texts null in its place. */
  readonly withheld: ReadonlySet<Withheld>;
}

/** The text of the configuration file, null where there is none; GitHub cuts it after 512,000 bytes. */
interface ConfigurationTexts {
  /** On the default branch. */
  readonly repository: string | null;
  /** In the organisation's repository `.github`. */
  readonly organization: string | null;
  /** At the head of the pull request. */
  readonly proposed: string | null;
}

/**
 * Reads all that credit needs to know about a pull request, and the configuration, in one query where no list is
 * longer than a page. Null where there is no such pull request, or none for this installation. Throws what
 * GitHubClient throws, and QueryFailed.
 */
export async function readPullRequest(client: GitHubClient, wish: PullRequestWish): Promise<PullRequestReading | null> {
  const { owner, name, number, marker, wantsComments = false, wantsFiles = false } = wish;
  const login = await client.botLogin();
  const isOwn = (comment: CommentAnswer): boolean => isOwnComment(comment, { login, marker });
  const pages = await readPages(client, {
    owner,
    name,
    number,
    wantsFiles,
    configurationPath: wish.configurationPath ?? null,
    needsComments: ({ comments }) => wantsComments || !itemsOf(comments).some(isOwn),
  });
  if (pages === null) return null;
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
    withheld,
  };
}

const states = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

function toPlainFacts({ repository }: FirstPage) {
  const { number, title, body, url, author, state, isDraft, baseRefName, isInMergeQueue } = repository.pullRequest;
  return {
    repository: toRepository(repository),
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

function toRepository(repository: FirstPage["repository"]): RepositoryFacts {
  const { databaseId: id, name, owner, isPrivate, url, defaultBranchRef } = repository;
  return {
    id,
    owner: owner.login,
    name,
    isPrivate,
    url,
    defaultBranch: defaultBranchRef?.name ?? "",
    squashTitle: repository.squashMergeCommitTitle,
    squashMessage: repository.squashMergeCommitMessage,
    allows: {
      merge: repository.mergeCommitAllowed,
      squash: repository.squashMergeAllowed,
      rebase: repository.rebaseMergeAllowed,
    },
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
  client: GitHubClient,
  { repository: { pullRequest } }: FirstPage,
  commits: readonly CommitFacts[],
): Promise<PullRequestFacts["landed"]> {
  const { mergedAt: at, mergedBy, mergeCommit: last } = pullRequest;
  if (at === null) return null;
  // GitHub may have lost sight of the commit, after the base was pushed over.
  const landed = last === null ? [] : await readLanded(client, { last, commits });
  return { commits: landed, by: toAccount(mergedBy), at };
}
