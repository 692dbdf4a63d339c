import type { CommitFacts } from "../domain/credit/pull-request-facts.ts";
import { authorsAnswerShape, type CommitAnswer, historyAnswerShape, itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { authorsQuery, historyQuery } from "./pull-request-query.ts";
import { requireData } from "./require-data.ts";
import { toCommitAccount } from "./to-account.ts";

/** Makes facts of commits; asks for the authors of those that have more than came along. */
export async function toCommits(
  client: Pick<GitHubClient, "query">,
  answers: readonly CommitAnswer[],
): Promise<CommitFacts[]> {
  const commits: CommitFacts[] = [];
  for (const answer of answers) commits.push(await toCommit(client, answer));
  return commits;
}

async function toCommit(client: Pick<GitHubClient, "query">, answer: CommitAnswer): Promise<CommitFacts> {
  const { id, oid: sha, url, message, parents } = answer;
  const authors = itemsOf(answer.authors);
  for (let { pageInfo } = answer.authors; pageInfo.hasNextPage; ) {
    const data = requireData(await client.query(authorsQuery, { id, after: pageInfo.endCursor }));
    const page = authorsAnswerShape.parse(data).node.authors;
    authors.push(...itemsOf(page));
    pageInfo = page.pageInfo;
  }
  return {
    sha,
    url,
    message,
    parents: parents.totalCount,
    authors: authors.map(({ name, email, user }) => {
      return { name: name ?? "", address: email ?? "", account: toCommitAccount(user) };
    }),
  };
}

/**
 * The commits that a merge brought, the oldest first: a merge commit or a squash stands alone; of a rebase there are as
 * many as the pull request had, with the same messages, each the only parent of the next. GitHub names but the last.
 */
export async function readLanded(
  client: Pick<GitHubClient, "query">,
  { last, commits }: { last: CommitAnswer; commits: readonly CommitFacts[] },
): Promise<CommitFacts[]> {
  // Merges are not rebased.
  const wanted = commits.filter(({ parents }) => parents < 2).map(({ message }) => message.trim());
  const isRebased = last.parents.totalCount === 1 && wanted.length > 1 && wanted.includes(last.message.trim());
  if (!isRebased) return toCommits(client, [last]);
  const landed: CommitAnswer[] = [];
  for (const commit of await readHistory(client, last.id, wanted.length)) {
    // One that the base had already is left out by the rebase, and passed over here.
    const place = wanted.lastIndexOf(commit.message.trim());
    if (place === -1 || commit.parents.totalCount > 1) break;
    wanted.length = place;
    landed.unshift(commit);
  }
  return toCommits(client, landed);
}

async function readHistory(client: Pick<GitHubClient, "query">, id: string, count: number): Promise<CommitAnswer[]> {
  const history: CommitAnswer[] = [];
  let after: string | null = null;
  do {
    const size = Math.min(50, count - history.length);
    const data = requireData(await client.query(historyQuery, { id, size, after }));
    const page = historyAnswerShape.parse(data).node.history;
    history.push(...itemsOf(page));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null && history.length < count);
  return history;
}
