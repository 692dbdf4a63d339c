import { expect, test } from "vitest";
import { at, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

test("an issue is opened, labelled, assigned, talked about, closed and opened again", async () => {
  const { ask, ada, grace, repository } = await makeSandbox();
  const [bug] = repository.labels;
  const created = await ask(
    ada,
    `mutation ($repository: ID!, $labels: [ID!]) { createIssue(input: { repositoryId: $repository, title: "Boats run aground", labelIds: $labels }) {
      issue { id number title labels(first: 5) { nodes { name } } } } }`,
    { repository: repository.nodeId, labels: [bug?.nodeId] },
  );
  expect(created).toMatchObject({
    data: { createIssue: { issue: { number: 1, labels: { nodes: [{ name: "bug" }] } } } },
  });
  const id = String(at(created.data, "createIssue", "issue", "id"));
  const steps = `mutation ($id: ID!, $bug: ID!, $grace: ID!) {
    labelled: removeLabelsFromLabelable(input: { labelableId: $id, labelIds: [$bug] }) { labelable { labels(first: 5) { totalCount } } }
    assigned: addAssigneesToAssignable(input: { assignableId: $id, assigneeIds: [$grace] }) { assignable { assignees(first: 5) { nodes { login } } } }
    updated: updateIssue(input: { id: $id, title: "Boats ran aground", body: "Once" }) { issue { title body } actor { login } }
    liked: addReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content user { login } } subject { ... on Issue { number } } }
    unliked: removeReaction(input: { subjectId: $id, content: ROCKET }) { reaction { content } }
    closed: closeIssue(input: { issueId: $id, stateReason: NOT_PLANNED }) { issue { state stateReason closed } }
    reopened: reopenIssue(input: { issueId: $id }) { issue { state stateReason } }
    said: addComment(input: { subjectId: $id, body: "Soon" }) { commentEdge { node { id } } }
  }`;
  const stepped = await ask(ada, steps, { id, bug: bug?.nodeId, grace: grace.nodeId });
  expect(stepped).toMatchObject({
    data: {
      labelled: { labelable: { labels: { totalCount: 0 } } },
      assigned: { assignable: { assignees: { nodes: [{ login: "grace" }] } } },
      updated: { issue: { title: "Boats ran aground", body: "Once" }, actor: { login: "ada" } },
      liked: { reaction: { content: "ROCKET", user: { login: "ada" } }, subject: { number: 1 } },
      unliked: { reaction: { content: "ROCKET" } },
      closed: { issue: { state: "CLOSED", stateReason: "NOT_PLANNED", closed: true } },
      reopened: { issue: { state: "OPEN", stateReason: "REOPENED" } },
    },
  });
  const comment = at(stepped.data, "said", "commentEdge", "node", "id");
  const edit = `mutation ($id: ID!) {
    updateIssueComment(input: { id: $id, body: "Now" }) { issueComment { body } }
    deleteIssueComment(input: { id: $id, clientMutationId: "d" }) { clientMutationId }
  }`;
  expect(await ask(ada, edit, { id: comment })).toEqual({
    data: { updateIssueComment: { issueComment: { body: "Now" } }, deleteIssueComment: { clientMutationId: "d" } },
  });
  const timeline = `{ node(id: "${id}") { ... on Issue { timelineItems(first: 50) { nodes { __typename ... on AssignedEvent { assignee { ... on User { login } } } ... on RenamedTitleEvent { previousTitle } } } } } }`;
  expect(at((await ask(ada, timeline)).data, "node", "timelineItems", "nodes")).toEqual([
    { __typename: "LabeledEvent" },
    { __typename: "UnlabeledEvent" },
    { __typename: "AssignedEvent", assignee: { login: "grace" } },
    { __typename: "RenamedTitleEvent", previousTitle: "Boats run aground" },
    { __typename: "ClosedEvent" },
    { __typename: "ReopenedEvent" },
  ]);
});

test("a branch is made, written to and proposed, reviewed and merged", async () => {
  const { ask, ada, grace, repository } = await makeSandbox();
  const tip = await ask(ada, '{ repository(owner: "acme", name: "tides") { defaultBranchRef { id target { oid } } } }');
  const oid = at(tip.data, "repository", "defaultBranchRef", "target", "oid");
  const branch = await ask(
    grace,
    'mutation ($id: ID!, $oid: GitObjectID!) { createRef(input: { repositoryId: $id, name: "refs/heads/high-water", oid: $oid }) { ref { id name prefix target { oid } } } }',
    { id: repository.nodeId, oid },
  );
  expect(branch).toMatchObject({
    data: { createRef: { ref: { name: "high-water", prefix: "refs/heads/", target: { oid } } } },
  });
  const write = `mutation ($oid: GitObjectID!) { createCommitOnBranch(input: {
    branch: { repositoryNameWithOwner: "acme/tides", branchName: "high-water" }, expectedHeadOid: $oid,
    message: { headline: "Note tides", body: "All of them" },
    fileChanges: { additions: [{ path: "tides.txt", contents: "MTIK" }], deletions: [{ path: "README.md" }] } }) {
    commit { oid message author { user { login } } changedFilesIfAvailable file(path: "tides.txt") { size object { ... on Blob { text } } } } ref { name } } }`;
  expect(await ask(grace, write, { oid })).toMatchObject({
    data: {
      createCommitOnBranch: {
        commit: {
          message: "Note tides\n\nAll of them",
          author: { user: { login: "grace" } },
          changedFilesIfAvailable: 2,
          file: { size: 3, object: { text: "12\n" } },
        },
        ref: { name: "high-water" },
      },
    },
  });
  expect(await ask(grace, write, { oid })).toMatchObject({
    errors: [
      {
        type: "STALE_DATA",
        message: `Expected branch to point to "${String(oid)}" but it did not.  Pull and try again.`,
      },
    ],
  });
  const proposed = await ask(
    grace,
    'mutation ($id: ID!) { createPullRequest(input: { repositoryId: $id, baseRefName: "main", headRefName: "high-water", title: "Note tides", draft: true }) { pullRequest { id isDraft commits(first: 5) { totalCount } } } }',
    { id: repository.nodeId },
  );
  expect(proposed).toMatchObject({
    data: { createPullRequest: { pullRequest: { isDraft: true, commits: { totalCount: 1 } } } },
  });
  const id = at(proposed.data, "createPullRequest", "pullRequest", "id");
  const ready = `mutation ($id: ID!, $ada: ID!) {
    markPullRequestReadyForReview(input: { pullRequestId: $id }) { pullRequest { isDraft } }
    requestReviews(input: { pullRequestId: $id, userIds: [$ada] }) { pullRequest { reviewRequests(first: 1) { nodes { requestedReviewer { ... on User { login } } } } } }
    updatePullRequest(input: { pullRequestId: $id, title: "Note all tides" }) { pullRequest { title } }
  }`;
  expect(await ask(grace, ready, { id, ada: ada.nodeId })).toMatchObject({
    data: {
      markPullRequestReadyForReview: { pullRequest: { isDraft: false } },
      requestReviews: { pullRequest: { reviewRequests: { nodes: [{ requestedReviewer: { login: "ada" } }] } } },
      updatePullRequest: { pullRequest: { title: "Note all tides" } },
    },
  });
  const approve = `mutation ($id: ID!) {
    addPullRequestReview(input: { pullRequestId: $id, threads: [{ path: "tides.txt", line: 1, body: "Which?" }] }) { pullRequestReview { state comments(first: 1) { nodes { line body } } } }
    submitPullRequestReview(input: { pullRequestId: $id, event: APPROVE }) { pullRequestReview { state pullRequest { reviewDecision } } }
    mergePullRequest(input: { pullRequestId: $id, mergeMethod: MERGE }) { pullRequest { merged mergeCommit { parents(first: 5) { totalCount } } } }
  }`;
  expect(await ask(ada, approve, { id })).toMatchObject({
    data: {
      addPullRequestReview: {
        pullRequestReview: { state: "PENDING", comments: { nodes: [{ line: 1, body: "Which?" }] } },
      },
      submitPullRequestReview: {
        pullRequestReview: { state: "APPROVED", pullRequest: { reviewDecision: "APPROVED" } },
      },
      mergePullRequest: { pullRequest: { merged: true, mergeCommit: { parents: { totalCount: 2 } } } },
    },
  });
  const ref = at(branch.data, "createRef", "ref", "id");
  expect(
    await ask(ada, "mutation ($id: ID!) { deleteRef(input: { refId: $id }) { clientMutationId } }", { id: ref }),
  ).toEqual({
    data: { deleteRef: { clientMutationId: null } },
  });
  expect(await ask(ada, "query ($id: ID!) { node(id: $id) { id } }", { id: ref })).toMatchObject({
    errors: [{ type: "NOT_FOUND" }],
  });
});

test("what GitHub refuses is unprocessable, in its words, and what is not supported is refused before it is done", async () => {
  const { ask, ada, grace, forge, repository } = await makeSandbox();
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tide"] });
  const merge =
    "mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id, EXTRA }) { pullRequest { merged } } }";
  expect(
    await ask(ada, merge.replace("EXTRA", `expectedHeadOid: "${"0".repeat(40)}"`), { id: pull.nodeId }),
  ).toMatchObject({
    data: { mergePullRequest: null },
    errors: [
      {
        type: "UNPROCESSABLE",
        path: ["mergePullRequest"],
        message: "Head branch was modified. Review and try the merge again.",
      },
    ],
  });
  expect(await ask(ada, merge.replace("EXTRA", 'authorEmail: "ada@example.com"'), { id: pull.nodeId })).toMatchObject({
    errors: [{ type: "NOT_IMPLEMENTED", message: "No support for authorEmail of Mutation.mergePullRequest" }],
  });
  expect(pull.merged).toBeNull();
  const label =
    'mutation ($id: ID!) { createLabel(input: { repositoryId: $id, name: "Bug", color: "ff0000" }) { label { name } } }';
  expect(await ask(ada, label, { id: repository.nodeId })).toMatchObject({
    errors: [{ type: "UNPROCESSABLE", message: "Name has already been taken" }],
  });
});
