import { expect, test } from "vitest";
import { setMember } from "../../../src/sandbox/actions/accounts.ts";
import { installApp, registerApp } from "../../../src/sandbox/actions/apps.ts";
import { createTeam, setTeamMember, setTeamRepository } from "../../../src/sandbox/actions/teams.ts";
import type { Caller } from "../../../src/sandbox/identity/access.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { at, by, makeSandbox } from "../../support/graphql-sandbox.ts";

async function start() {
  const sandbox = await makeSandbox({ private: true });
  const { forge, acme, ada, grace, eve, repository } = sandbox;
  await setMember(forge, { organization: acme, account: grace, role: "member", actor: by(ada) });
  const team = createTeam(forge, { organization: acme, name: "Platform", privacy: "closed" });
  for (const account of [grace, ada]) await setTeamMember(forge, { team, account }, by(ada));
  setTeamRepository(team, repository, "maintain");
  const hidden = createTeam(forge, { organization: acme, name: "Hidden" });
  const appWith = async (permissions: Permissions): Promise<Caller> => {
    const { app } = await registerApp(forge, {
      name: "Helper",
      owner: acme,
      webhookUrl: null,
      permissions,
      events: [],
    });
    const installation = await installApp(forge, { app, account: acme, repositories: null }, by(ada));
    return { kind: "installation", installation, permissions: app.permissions, repositories: null, token: "t" };
  };
  return { ...sandbox, eve, team, hidden, appWith };
}

const query = `query ($slug: String!, $after: String) { organization(login: "acme") { team(slug: $slug) {
  id slug name databaseId combinedSlug privacy parentTeam { id } viewerCanAdminister
  members(first: 1, after: $after, orderBy: {field: LOGIN, direction: ASC}) {
    totalCount pageInfo { hasNextPage endCursor } nodes { login databaseId name } edges { role memberAccessUrl } }
  repositories(first: 5) { edges { permission node { nameWithOwner } } } } } }`;

test("an app that may read members finds a team by its slug, and pages through its members", async () => {
  const { ask, appWith, team, ada, grace } = await start();
  const app = await appWith({ members: "read", metadata: "read" });
  const { data, errors } = await ask(app, query, { slug: "platform" });
  expect(errors).toBeUndefined();
  const found = at(data, "organization", "team");
  expect(found).toMatchObject({
    id: team.nodeId,
    slug: "platform",
    name: "Platform",
    databaseId: team.id,
    combinedSlug: "acme/platform",
    privacy: "VISIBLE",
    parentTeam: null,
    members: {
      totalCount: 2,
      pageInfo: { hasNextPage: true },
      nodes: [{ login: "ada", databaseId: ada.id, name: "Ada Example" }],
      edges: [{ role: "MAINTAINER" }],
    },
    repositories: { edges: [{ permission: "MAINTAIN", node: { nameWithOwner: "acme/tides" } }] },
  });
  const after = at(found, "members", "pageInfo", "endCursor");
  const next = await ask(app, query, { slug: "platform", after });
  expect(at(next.data, "organization", "team", "members")).toMatchObject({
    pageInfo: { hasNextPage: false },
    nodes: [{ login: "grace", databaseId: grace.id, name: "Grace Sample" }],
  });
  expect((await ask(app, query, { slug: "nobody" })).data).toEqual({ organization: { team: null } });
});

test("an app that may not read members is refused", async () => {
  const { ask, appWith } = await start();
  const app = await appWith({ metadata: "read" });
  const forbidden = { type: "FORBIDDEN", message: "Resource not accessible by integration" };
  for (const asked of [`team(slug: "platform") { slug }`, `teams(first: 3) { nodes { slug } }`]) {
    const { errors } = await ask(app, `{ organization(login: "acme") { ${asked} } }`);
    expect(errors).toMatchObject([forbidden]);
  }
});

test.each([
  ["all", "", ["platform", "hidden"]],
  ["those of a name", `, query: "PLAT"`, ["platform"]],
  ["secret ones", ", privacy: SECRET", ["hidden"]],
  ["those that the viewer keeps", ", role: ADMIN", ["platform"]],
  ["those of a person", `, userLogins: ["Grace"]`, ["platform"]],
  ["by name", ", orderBy: {field: NAME, direction: ASC}", ["hidden", "platform"]],
])("teams are listed: %s", async (_, filter, slugs) => {
  const { ask, ada } = await start();
  const { data } = await ask(ada, `{ organization(login: "acme") { teams(first: 5${filter}) { nodes { slug } } } }`);
  expect(at(data, "organization", "teams", "nodes")).toEqual(slugs.map((slug) => ({ slug })));
});

test("strangers find no team, members none that is secret, by slug and by id alike", async () => {
  const { ask, eve, grace, team, hidden } = await start();
  const bySlug = async (who: typeof eve, slug: string) =>
    at(
      (await ask(who, `{ organization(login: "acme") { team(slug: "${slug}") { slug } } }`)).data,
      "organization",
      "team",
    );
  expect(await bySlug(eve, "platform")).toBeNull();
  expect(await bySlug(grace, "hidden")).toBeNull();
  expect(await bySlug(grace, "platform")).toEqual({ slug: "platform" });
  const byId = async (id: string) =>
    at((await ask(grace, `{ node(id: "${id}") { ... on Team { slug } } }`)).data, "node");
  expect(await byId(team.nodeId)).toEqual({ slug: "platform" });
  expect(await byId(hidden.nodeId)).toBeNull();
});

test("what a team may do is what its members may: viewerPermission tells", async () => {
  const { ask, grace, repository } = await start();
  const read = async () =>
    at((await ask(grace, `{ repository(owner: "acme", name: "tides") { viewerPermission } }`)).data, "repository");
  expect(await read()).toEqual({ viewerPermission: "MAINTAIN" });
  repository.collaborators.delete(grace);
  expect(await read()).toEqual({ viewerPermission: "MAINTAIN" });
});

test("every plain field of a team can be asked for", async () => {
  const { ask, ada } = await start();
  const fields = `id databaseId name slug combinedSlug description privacy notificationSetting avatarUrl url resourcePath
    membersUrl membersResourcePath repositoriesUrl repositoriesResourcePath createdAt updatedAt viewerCanAdminister
    organization { login } childTeams(first: 1) { totalCount } ancestors(first: 1) { totalCount }`;
  const { errors } = await ask(ada, `{ organization(login: "acme") { team(slug: "platform") { ${fields} } } }`);
  expect(errors).toBeUndefined();
});
