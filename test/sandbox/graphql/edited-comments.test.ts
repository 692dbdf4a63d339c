import { expect, test } from "vitest";
import { addComment } from "../../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../../src/sandbox/actions/issues.ts";
import { setCollaborator } from "../../../src/sandbox/actions/repositories.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { by, makeTides } from "../../support/test-app.ts";

test("a comment tells who edited it last and when, wherever that was done", async () => {
  let time = Date.UTC(2026, 5, 1, 12);
  const sandbox = await startTestSandbox({ clock: () => new Date(time) });
  const { forge, ada, grace, hedy, tokenOf } = sandbox;
  const repository = await makeTides(sandbox);
  await setCollaborator(forge, { repository, account: grace, role: "write" }, by(ada));
  const issue = await openIssue(forge, { repository, title: "Off", body: null }, by(hedy));
  const comment = await addComment(forge, { issue, body: "One" }, by(hedy));
  const graphql = async (token: string, query: string) =>
    (await send(forge.web, { method: "POST", path: "/graphql", token, body: { query, variables: {} } })).json;
  const fields = "body lastEditedAt includesCreatedEdit editor { login }";
  const read = async () => {
    const query = `{ node(id: "${comment.nodeId}") { ... on IssueComment { ${fields} } } }`;
    return (await graphql(tokenOf(ada), query)).data.node;
  };
  expect(await read()).toEqual({ body: "One", lastEditedAt: null, includesCreatedEdit: false, editor: null });

  time += 60_000;
  const path = `/repos/acme/tides/issues/comments/${comment.id}`;
  const body = { body: "Two" };
  expect((await send(forge.web, { method: "PATCH", path, token: tokenOf(grace), body })).status).toBe(200);
  const edited = { includesCreatedEdit: true, editor: { login: "grace" } };
  expect(await read()).toEqual({ ...edited, body: "Two", lastEditedAt: "2026-06-01T12:01:00Z" });

  time += 60_000;
  const mutation = `mutation { updateIssueComment(input: { id: "${comment.nodeId}", body: "Three" }) { issueComment { ${fields} } } }`;
  const { updateIssueComment } = (await graphql(tokenOf(hedy), mutation)).data;
  const byAuthor = { ...edited, editor: { login: "hedy" }, lastEditedAt: "2026-06-01T12:02:00Z" };
  expect(updateIssueComment.issueComment).toEqual({ ...byAuthor, body: "Three" });

  time += 60_000;
  const posted = await send(forge.web, {
    method: "POST",
    path: `/acme/tides/issues/${issue.number}/comments/${comment.id}`,
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded", origin: forge.web },
    body: "speaker=ada&body=Four",
  });
  expect([posted.status, await read()]).toMatchObject([303, { body: "Four", editor: { login: "ada" } }]);
});

test("an issue tells who changed its text last and when, and of a new title nothing", async () => {
  let time = Date.UTC(2026, 5, 1, 12);
  const sandbox = await startTestSandbox({ clock: () => new Date(time) });
  const { forge, ada, hedy, tokenOf } = sandbox;
  const repository = await makeTides(sandbox);
  const issue = await openIssue(forge, { repository, title: "Off", body: "One" }, by(hedy));
  const query = `{ node(id: "${issue.nodeId}") { ... on Issue { body lastEditedAt includesCreatedEdit editor { login } } } }`;
  const body = { query, variables: {} };
  const read = async () =>
    (await send(forge.web, { method: "POST", path: "/graphql", token: tokenOf(ada), body })).json.data.node;
  const unchanged = { body: "One", lastEditedAt: null, includesCreatedEdit: false, editor: null };
  expect(await read()).toEqual(unchanged);
  const path = `/repos/acme/tides/issues/${issue.number}`;
  await send(forge.web, { method: "PATCH", path, token: tokenOf(ada), body: { title: "Off by an hour" } });
  expect(await read()).toEqual(unchanged);
  time += 60_000;
  await send(forge.web, { method: "PATCH", path, token: tokenOf(ada), body: { body: "Two" } });
  const edited = { lastEditedAt: "2026-06-01T12:01:00Z", includesCreatedEdit: true, editor: { login: "ada" } };
  expect(await read()).toEqual({ ...edited, body: "Two" });
});
