import { expect, test } from "vitest";
import { addComment, addReaction } from "../../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { addReview } from "../../../src/sandbox/actions/reviews.ts";
import { at, by, listAt, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

/** What a credit app asks of a pull request. */
const creditQuery = `
query Credit($owner: String!, $name: String!, $number: Int!, $commits: Int = 50) {
  repository(owner: $owner, name: $name) {
    nameWithOwner squashMergeCommitTitle squashMergeCommitMessage mergeCommitTitle viewerPermission
    defaultBranchRef { name prefix target { oid ... on Commit { history(first: 3) { totalCount nodes { oid } } } } }
    pullRequest(number: $number) {
      id number title body bodyText bodyHTML state merged isDraft isInMergeQueue mergeQueueEntry { position }
      author { __typename login ... on User { databaseId } }
      authorAssociation baseRefName headRefName baseRefOid headRefOid isCrossRepository
      additions deletions changedFiles mergeable mergeStateStatus reviewDecision permalink
      viewerMergeBodyText(mergeType: SQUASH) viewerMergeHeadlineText(mergeType: SQUASH)
      commits(first: $commits) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { commit { oid messageHeadline message additions deletions changedFilesIfAvailable committedDate
          parents(first: 2) { totalCount nodes { oid } }
          author { name email date user { login databaseId } }
          authors(first: 10) { totalCount nodes { name email user { login databaseId } } } } }
      }
      files(first: 10) { nodes { path additions changeType } }
      reviews(first: 10) { nodes { author { login } state body submittedAt } }
      latestReviews(first: 10) { nodes { state } }
      reviewThreads(first: 10) { nodes { path line comments(first: 5) { nodes { body } } } }
      comments(first: 10) { nodes { author { login } body reactionGroups { content reactors(first: 1) { totalCount } } } }
      closingIssuesReferences(first: 10) { nodes { number author { login } } }
      participants(first: 10) { nodes { login } }
      reviewRequests(first: 5) { totalCount }
      timelineItems(first: 100) { totalCount nodes { __typename ... on PullRequestCommit { commit { oid } } } }
    }
  }
  rateLimit { limit cost remaining used nodeCount resetAt }
}`;

async function makeReviewed(count: number) {
  const sandbox = await makeSandbox();
  const { forge, repository, ada, grace, eve } = sandbox;
  const issue = await openIssue(forge, { repository, title: "Boats run aground", body: "At low water." }, by(eve));
  const commits = Array.from({ length: count }, (_, index) => {
    return `Note tide ${index}\n\nCo-authored-by: Ada Example <ada@example.com>\nCo-authored-by: Someone <someone@example.net>`;
  });
  const pull = await makePull(forge, {
    repository,
    author: grace,
    commits,
    body: `Fixes #${issue.number}\n\n**Tides**`,
  });
  const comment = await addComment(forge, { issue: pull.issue, body: "Lovely" }, by(eve));
  addReaction(forge, { reactions: comment.reactions, content: "heart" }, by(ada));
  const comments = [{ path: "high-water/0.txt", line: 1, body: "Which gauge?" }];
  await addReview(forge, { pull, body: "Good", verdict: "APPROVE", comments }, by(ada));
  return { ...sandbox, issue, pull };
}

test("one query tells everything that credit needs of a pull request", async () => {
  const { ask, ada, pull, issue } = await makeReviewed(2);
  const variables = { owner: "acme", name: "tides", number: pull.issue.number };
  const { data, errors } = await ask(ada, creditQuery, variables);
  expect(errors).toBeUndefined();
  expect(at(data, "repository", "pullRequest")).toMatchObject({
    number: pull.issue.number,
    title: "Add high water",
    bodyText: expect.stringContaining("Tides"),
    bodyHTML: expect.stringContaining("<strong>Tides</strong>"),
    state: "OPEN",
    author: { __typename: "User", login: "grace" },
    additions: 2,
    deletions: 0,
    changedFiles: 2,
    mergeable: "MERGEABLE",
    mergeStateStatus: "CLEAN",
    reviewDecision: "APPROVED",
    viewerMergeHeadlineText: `Add high water (#${pull.issue.number})`,
    files: { nodes: [{ path: "high-water/0.txt", additions: 1, changeType: "ADDED" }, { path: "high-water/1.txt" }] },
    reviews: { nodes: [{ author: { login: "ada" }, state: "APPROVED", body: "Good" }] },
    reviewThreads: { nodes: [{ path: "high-water/0.txt", line: 1, comments: { nodes: [{ body: "Which gauge?" }] } }] },
    closingIssuesReferences: { nodes: [{ number: issue.number, author: { login: "eve" } }] },
    participants: { nodes: [{ login: "grace" }, { login: "eve" }, { login: "ada" }] },
  });
  expect(at(data, "repository", "pullRequest", "viewerMergeBodyText")).toContain(
    "Co-authored-by: Ada Example <ada@example.com>",
  );
  expect(at(data, "repository", "pullRequest", "commits", "totalCount")).toBe(2);
  expect(at(data, "repository", "pullRequest", "commits", "nodes", 0, "commit")).toMatchObject({
    messageHeadline: "Note tide 0",
    additions: 1,
    changedFilesIfAvailable: 1,
    parents: { totalCount: 1 },
    author: { name: "Grace Sample", date: expect.stringMatching(/\+02:00$/), user: { login: "grace" } },
    authors: {
      totalCount: 3,
      nodes: [
        { name: "Grace Sample", email: "grace@example.org", user: { login: "grace" } },
        { name: "Ada Example", email: "ada@example.com", user: { login: "ada" } },
        { name: "Someone", email: "someone@example.net", user: null },
      ],
    },
  });
  const moments = listAt(data, "repository", "pullRequest", "timelineItems", "nodes");
  expect(moments.map((moment) => at(moment, "__typename"))).toEqual([
    "PullRequestCommit",
    "PullRequestCommit",
    "IssueComment",
    "PullRequestReview",
  ]);
  expect(listAt(data, "repository", "pullRequest", "comments", "nodes", 0, "reactionGroups")).toContainEqual({
    content: "HEART",
    reactors: { totalCount: 1 },
  });
  expect(at(data, "rateLimit")).toMatchObject({ limit: 5000, cost: 1, remaining: 4999, used: 1 });
});

test("a merged pull request still tells its commits, and by which commit and by whom it was merged", async () => {
  const { ask, ada, pull } = await makeReviewed(3);
  const merge = `mutation ($id: ID!) {
    mergePullRequest(input: { pullRequestId: $id, mergeMethod: SQUASH, commitHeadline: "Note tides", clientMutationId: "m1" }) {
      clientMutationId actor { login }
      pullRequest { merged state mergedBy { login } mergeCommit { message author { user { login } } } commits(first: 1) { totalCount } mergeable }
    }
  }`;
  expect(await ask(ada, merge, { id: pull.nodeId })).toMatchObject({
    data: {
      mergePullRequest: {
        clientMutationId: "m1",
        actor: { login: "ada" },
        pullRequest: {
          merged: true,
          state: "MERGED",
          mergedBy: { login: "ada" },
          mergeCommit: { message: expect.stringMatching(/^Note tides/), author: { user: { login: "grace" } } },
          commits: { totalCount: 3 },
          mergeable: "UNKNOWN",
        },
      },
    },
  });
});

test("fifty commits come with their authors and sizes in one query", async () => {
  const { ask, ada, pull } = await makeReviewed(50);
  const { data, errors } = await ask(ada, creditQuery, { owner: "acme", name: "tides", number: pull.issue.number });
  expect(errors).toBeUndefined();
  expect(listAt(data, "repository", "pullRequest", "commits", "nodes")).toHaveLength(50);
  expect(at(data, "repository", "pullRequest", "additions")).toBe(50);
});

test("a commit tells of a file wherever it is, and of none where there is none", async () => {
  const { ask, ada, pull } = await makeReviewed(1);
  const query = `query ($id: ID!, $path: String!) {
    node(id: $id) { ... on PullRequest { commits(last: 1) { nodes { commit {
      file(path: $path) { name path object { ... on Blob { text } } } } } } } } }`;
  const fileAt = async (path: string) => {
    const { data } = await ask(ada, query, { id: pull.nodeId, path });
    return at(data, "node", "commits", "nodes", 0, "commit", "file");
  };
  const file = { name: "0.txt", path: "high-water/0.txt", object: { text: "Tide 0\n" } };
  expect(await fileAt("high-water/0.txt")).toEqual(file);
  expect(await fileAt("0.txt")).toBeNull();
});
