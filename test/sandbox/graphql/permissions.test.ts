import { expect, test } from "vitest";
import { deletePerson } from "../../../src/sandbox/actions/accounts.ts";
import { createInstallationToken, installApp, registerApp } from "../../../src/sandbox/actions/apps.ts";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { addReview } from "../../../src/sandbox/actions/reviews.ts";
import type { Caller } from "../../../src/sandbox/identity/access.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { at, by, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

async function makeInstalled(permissions: Permissions) {
  const sandbox = await makeSandbox({ private: true });
  const { forge, ada, eve, grace, acme, repository } = sandbox;
  const { app } = await registerApp(forge, { name: "Credits", owner: ada, webhookUrl: null, permissions, events: [] });
  const installation = await installApp(forge, { app, account: acme, repositories: null }, by(ada));
  const { text, token } = createInstallationToken(forge, installation, {});
  const caller: Caller = { ...token, token: text };
  const issue = await openIssue(forge, { repository, title: "One", body: "At low water" }, by(ada));
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tide"] });
  return { ...sandbox, eve, app, caller, issue, pull };
}

test("what is private is not there for strangers", async () => {
  const { ask, eve, ada, repository, issue } = await makeInstalled({});
  const query = `query ($id: ID!, $issue: ID!) { repository(owner: "acme", name: "tides") { name } node(id: $id) { id } nodes(ids: [$issue]) { id } }`;
  expect(await ask(eve, query, { id: repository.nodeId, issue: issue.nodeId })).toMatchObject({
    data: { repository: null, node: null, nodes: [null] },
    errors: [
      {
        type: "NOT_FOUND",
        path: ["repository"],
        message: "Could not resolve to a Repository with the name 'acme/tides'.",
      },
      {
        type: "NOT_FOUND",
        path: ["node"],
        message: `Could not resolve to a node with the global id of '${repository.nodeId}'.`,
      },
      { type: "NOT_FOUND", path: ["nodes", 0] },
    ],
  });
  expect(await ask(ada, '{ organization(login: "acme") { repositories(first: 5) { totalCount } } }')).toMatchObject({
    data: { organization: { repositories: { totalCount: 1 } } },
  });
  expect(await ask(eve, '{ organization(login: "acme") { repositories(first: 5) { totalCount } } }')).toMatchObject({
    data: { organization: { repositories: { totalCount: 0 } } },
  });
});

test.each([
  ['{ user(login: "none") { id } }', "Could not resolve to a User with the login of 'none'."],
  ['{ organization(login: "ada") { id } }', "Could not resolve to an Organization with the login of 'ada'."],
  [
    '{ repository(owner: "acme", name: "none") { id } }',
    "Could not resolve to a Repository with the name 'acme/none'.",
  ],
  [
    '{ repository(owner: "acme", name: "tides") { issue(number: 9) { id } } }',
    "Could not resolve to an Issue with the number of 9.",
  ],
  [
    '{ repository(owner: "acme", name: "tides") { pullRequest(number: 9) { id } } }',
    "Could not resolve to a PullRequest with the number of 9.",
  ],
  ['{ node(id: "I_none") { id } }', "Could not resolve to a node with the global id of 'I_none'."],
])("%s finds nothing, and says so", async (query, message) => {
  const { ask, ada } = await makeSandbox();
  expect(await ask(ada, query)).toMatchObject({ errors: [{ type: "NOT_FOUND", message }] });
});

test("an installation reads what it was granted and no more", async () => {
  const { ask, caller, pull } = await makeInstalled({ pull_requests: "read" });
  const query = `{ viewer { login } repository(owner: "acme", name: "tides") {
    name pullRequest(number: ${pull.issue.number}) { title } issues(first: 1) { totalCount } issue(number: 1) { title } defaultBranchRef { name } } }`;
  const forbidden = { type: "FORBIDDEN", message: "Resource not accessible by integration" };
  const answer = await ask(caller, query);
  expect(answer.errors).toMatchObject([
    { ...forbidden, path: ["repository", "issues"] },
    { ...forbidden, path: ["repository", "issue"] },
    { ...forbidden, path: ["repository", "defaultBranchRef"] },
  ]);
  const fine = `{ viewer { login } repository(owner: "acme", name: "tides") { name pullRequest(number: ${pull.issue.number}) { title } issue(number: 1) { title } } }`;
  expect(await ask(caller, fine)).toMatchObject({
    data: {
      viewer: { login: "credits[bot]" },
      repository: { name: "tides", pullRequest: { title: "Add high water" }, issue: null },
    },
  });
});

test("an installation comments where it may write, as the app's bot", async () => {
  const comment = `mutation ($id: ID!) { addComment(input: { subjectId: $id, body: "Thanks", clientMutationId: "c" }) {
    clientMutationId commentEdge { node { body author { __typename login } viewerDidAuthor } } subject { id } } }`;
  const reader = await makeInstalled({ issues: "read", pull_requests: "read" });
  expect(await reader.ask(reader.caller, comment, { id: reader.issue.nodeId })).toMatchObject({
    data: { addComment: null },
    errors: [{ type: "FORBIDDEN", path: ["addComment"], message: "Resource not accessible by integration" }],
  });
  const writer = await makeInstalled({ issues: "read", pull_requests: "write" });
  expect(await writer.ask(writer.caller, comment, { id: writer.issue.nodeId })).toMatchObject({
    errors: [{ type: "FORBIDDEN" }],
  });
  expect(await writer.ask(writer.caller, comment, { id: writer.pull.nodeId })).toMatchObject({
    data: {
      addComment: {
        clientMutationId: "c",
        subject: { id: writer.pull.nodeId },
        commentEdge: {
          node: { body: "Thanks", author: { __typename: "Bot", login: "credits" }, viewerDidAuthor: true },
        },
      },
    },
  });
});

test("a person is refused by name what their role does not allow", async () => {
  const { ask, eve, forge, repository, grace } = await makeSandbox();
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tide"] });
  const merge = "mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id }) { pullRequest { merged } } }";
  expect(await ask(eve, merge, { id: pull.nodeId })).toMatchObject({
    data: { mergePullRequest: null },
    errors: [{ type: "FORBIDDEN", message: "eve does not have the correct permissions to execute `MergePullRequest`" }],
  });
});

test("only its author sees a review that is not submitted", async () => {
  const { ask, ada, forge, repository, grace } = await makeSandbox();
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tide"] });
  const review = await addReview(forge, { pull, body: "Hm", verdict: null }, by(ada));
  const query = `{ repository(owner: "acme", name: "tides") { pullRequest(number: 1) { reviews(first: 5) { totalCount } } } node(id: "${review.nodeId}") { id } }`;
  const count = async (who: typeof ada) =>
    at((await ask(who, query)).data, "repository", "pullRequest", "reviews", "totalCount");
  expect(await count(ada)).toBe(1);
  expect(await count(grace)).toBe(0);
  expect(await ask(grace, query)).toMatchObject({ errors: [{ path: ["node"], type: "NOT_FOUND" }] });
});

test("who deleted their account is nobody, and what they did stays", async () => {
  const { ask, ada, forge, repository, grace } = await makeSandbox();
  await makePull(forge, { repository, author: grace, commits: ["Note tide"] });
  deletePerson(forge, grace);
  const query = `{ repository(owner: "acme", name: "tides") { pullRequest(number: 1) { author { login } commits(first: 1) { nodes { commit { author { name email user { login } } } } } } } }`;
  expect(await ask(ada, query)).toEqual({
    data: {
      repository: {
        pullRequest: {
          author: null,
          commits: {
            nodes: [{ commit: { author: { name: "Grace Sample", email: "grace@example.org", user: null } } }],
          },
        },
      },
    },
  });
});
