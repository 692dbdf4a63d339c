import { expect, test } from "vitest";
import { installApp, registerApp } from "../../../src/sandbox/actions/apps.ts";
import { changeRefs } from "../../../src/sandbox/actions/change-refs.ts";
import { createRelease, editRelease } from "../../../src/sandbox/actions/releases.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { writeTag } from "../../../src/sandbox/git/tags.ts";
import type { Caller } from "../../../src/sandbox/identity/access.ts";
import type { Permissions } from "../../../src/sandbox/model/app.ts";
import { commitTo } from "../../support/commit-to.ts";
import { at, by, listAt, makeSandbox } from "../../support/graphql-sandbox.ts";
import { git } from "../../support/repository.ts";

/** Three releases of two commits, the last of them a draft, and one tag without a release. */
async function makeReleases() {
  const sandbox = await makeSandbox();
  const { forge, repository, ada, grace } = sandbox;
  const actor = by(ada);
  await createRelease(forge, { repository, tagName: "v1.0.0", name: "One", body: "**First**" }, actor);
  const commit = await commitTo(forge, repository, { branch: "main", author: grace, message: "Add low water" });
  const tagger = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  const annotated = { object: commit, type: "commit", tag: "v1.1.0", tagger, message: "Low water\n" } as const;
  const to = await writeTag(gitDirectory(forge, repository), annotated);
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/v1.1.0", from: null, to }] }, actor);
  await createRelease(forge, { repository, tagName: "v1.1.0" }, actor);
  const draft = await createRelease(forge, { repository, tagName: "v2.0.0", draft: true }, by(grace));
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/nightly", from: null, to: commit }] }, actor);
  return { ...sandbox, commit, draft };
}

async function installed(sandbox: Awaited<ReturnType<typeof makeReleases>>, permissions: Permissions): Promise<Caller> {
  const { forge, acme, ada } = sandbox;
  const name = `Thanks ${Object.values(permissions).join(" ")}`;
  const { app } = await registerApp(forge, { name, owner: acme, webhookUrl: null, permissions, events: [] });
  const installation = await installApp(forge, { app, account: acme, repositories: null }, by(ada));
  return { kind: "installation", installation, permissions, repositories: null, token: "" };
}

const inTides = (fields: string): string => `{ repository(owner: "acme", name: "tides") { ${fields} } }`;

test("a release has its texts, its author, its tag and the tag's commit", async () => {
  const { ask, eve, commit } = await makeReleases();
  const fields = `id databaseId name tagName description descriptionHTML isDraft isPrerelease isLatest createdAt
    publishedAt updatedAt url resourcePath author { login } repository { name }
    tag { name target { __typename ... on Tag { target { oid } } } } tagCommit { oid } releaseAssets(first: 1) { totalCount }`;
  const query = inTides(`one: release(tagName: "v1.0.0") { ${fields} } other: release(tagName: "v1.1.0") { ${fields} }
    none: release(tagName: "nightly") { id } latestRelease { tagName }`);
  const { data, errors } = await ask(eve, query);
  expect(errors).toBeUndefined();
  const one = at(data, "repository", "one");
  expect(one).toMatchObject({
    name: "One",
    tagName: "v1.0.0",
    description: "**First**",
    isDraft: false,
    isPrerelease: false,
    isLatest: false,
    author: { login: "ada" },
    url: "http://127.0.0.1:4000/acme/tides/releases/tag/v1.0.0",
    resourcePath: "/acme/tides/releases/tag/v1.0.0",
    tag: { name: "v1.0.0", target: { __typename: "Commit" } },
    releaseAssets: { totalCount: 0 },
  });
  expect(at(one, "descriptionHTML")).toContain("<strong>First</strong>");
  expect(at(data, "repository", "other")).toMatchObject({
    name: null,
    isLatest: true,
    tag: { target: { __typename: "Tag", target: { oid: commit } } },
    tagCommit: { oid: commit },
  });
  expect(at(data, "repository")).toMatchObject({ none: null, latestRelease: { tagName: "v1.1.0" } });
  const node = await ask(eve, `{ node(id: "${String(at(one, "id"))}") { __typename ... on Release { tagName } } }`);
  expect(node.data).toEqual({ node: { __typename: "Release", tagName: "v1.0.0" } });
});

test("releases are listed page by page, the newest first, or as asked for", async () => {
  const { ask, ada } = await makeReleases();
  const tags = async (args: string) => {
    const { data } = await ask(
      ada,
      inTides(`releases(${args}) { totalCount pageInfo { endCursor } nodes { tagName } }`),
    );
    const { nodes, pageInfo } = at(data, "repository", "releases") as {
      nodes: { tagName: string }[];
      pageInfo: { endCursor: string };
    };
    return { tags: nodes.map(({ tagName }) => tagName), end: pageInfo.endCursor };
  };
  const first = await tags("first: 2");
  expect(first.tags).toEqual(["v2.0.0", "v1.1.0"]);
  expect((await tags(`first: 2, after: "${first.end}"`)).tags).toEqual(["v1.0.0"]);
  const oldest = "orderBy: { field: CREATED_AT, direction: ASC }";
  expect((await tags(`first: 9, ${oldest}`)).tags).toEqual(["v1.0.0", "v1.1.0", "v2.0.0"]);
  expect((await tags("first: 9, orderBy: { field: NAME, direction: ASC }")).tags).toEqual([
    "v1.0.0",
    "v1.1.0",
    "v2.0.0",
  ]);
});

test("tags are listed as refs, those of a prefix, with what they lead to", async () => {
  const { ask, eve, commit, repository, forge } = await makeReleases();
  const fields = "nodes { name prefix target { oid __typename ... on Tag { target { oid } } } }";
  const newest = "orderBy: { field: TAG_COMMIT_DATE, direction: DESC }";
  const { data } = await ask(eve, inTides(`refs(refPrefix: "refs/tags/", first: 9, ${newest}) { ${fields} }`));
  expect(listAt(data, "repository", "refs", "nodes").map((node) => at(node, "name"))).toEqual([
    "nightly",
    "v1.1.0",
    "v1.0.0",
  ]);
  const first = git(gitDirectory(forge, repository), ["rev-parse", "v1.0.0"]).trim();
  expect(listAt(data, "repository", "refs", "nodes")).toMatchObject([
    { target: { __typename: "Commit", oid: commit } },
    { target: { __typename: "Tag", target: { oid: commit } } },
    { prefix: "refs/tags/", target: { oid: first } },
  ]);
});

test("a draft is there for those who may push, by whatever way it is asked for", async () => {
  const sandbox = await makeReleases();
  const { forge, ask, draft, grace, eve } = sandbox;
  const query = `query($id: ID!) { node(id: $id) { id }
    repository(owner: "acme", name: "tides") { releases(first: 9) { totalCount } release(tagName: "v2.0.0") { tag { name } } } }`;
  const seen = async (caller: Parameters<typeof ask>[0]) => {
    const { data } = await ask(caller, query, { id: draft.nodeId });
    return [at(data, "node") !== null, at(data, "repository", "releases", "totalCount")];
  };
  const reader = await installed(sandbox, { contents: "read" });
  expect(await seen(grace)).toEqual([true, 3]);
  expect(await seen(await installed(sandbox, { contents: "write" }))).toEqual([true, 3]);
  expect(await seen(eve)).toEqual([false, 2]);
  expect(await seen(reader)).toEqual([false, 2]);
  await editRelease(forge, { release: draft, draft: false }, by(grace));
  expect(await seen(reader)).toEqual([true, 3]);
});

test("an app that may not read the content of a private repository reads no release", async () => {
  const sandbox = await makeReleases();
  sandbox.repository.private = true;
  const caller = await installed(sandbox, { issues: "read" });
  const { errors } = await sandbox.ask(caller, inTides("releases(first: 1) { totalCount }"));
  expect(errors).toMatchObject([{ type: "FORBIDDEN" }]);
});
