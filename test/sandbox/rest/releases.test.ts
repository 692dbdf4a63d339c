import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { gitClient } from "../../support/git-client.ts";
import { temporaryFolder } from "../../support/repository.ts";
import { listenForWebhooks, startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../../support/test-app.ts";

const place = { owner: "acme", repo: "tides" };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A repository of acme's, whose people and app each have a client. */
async function start(permissions: Record<string, "read" | "write"> = { contents: "write" }) {
  const sandbox = await startTestSandbox();
  const repository = await makeTides(sandbox);
  const { url } = await listenForWebhooks();
  const events = ["release", "create", "delete", "push"];
  const app = await installTestApp(sandbox, { webhookUrl: url, permissions, events });
  const as = (token: string): Octokit => new Octokit({ baseUrl: sandbox.forge.api, auth: token, log: silent });
  let heard = 0;
  /** What the app was told since, in the order in which it was sent. */
  const listen = async (): Promise<Told[]> => {
    await sandbox.settled();
    const { deliveries } = sandbox.forge.state;
    const news = deliveries.slice(heard).filter(({ event }) => !event.startsWith("installation"));
    heard = deliveries.length;
    return news.map(({ event, request }) => ({ event, payload: JSON.parse(request.body) as Told["payload"] }));
  };
  const told = async (): Promise<string[]> =>
    (await listen()).map(({ event, payload: { action, ref } }) => `${event} ${action ?? ref}`);
  await told();
  return {
    ...sandbox,
    repository,
    told,
    listen,
    asAda: as(sandbox.tokenOf(sandbox.ada)),
    asHedy: as(sandbox.tokenOf(sandbox.hedy)),
    asApp: as(app.token),
  };
}

interface Told {
  readonly event: string;
  readonly payload: { readonly action?: string; readonly ref?: string };
}

async function refusalOf(request: Promise<unknown>): Promise<unknown> {
  try {
    return await request;
  } catch (error) {
    const { status, response } = error as { status: number; response?: { data: { message: string; errors?: [] } } };
    const errors = response?.data.errors?.map((one: { field?: string; code: string }) => `${one.field} ${one.code}`);
    return [status, response?.data.message, ...(errors ?? [])];
  }
}

test("a release that is published makes its tag, and webhooks tell of it in GitHub's order", async () => {
  const { asApp, asHedy, told } = await start();
  const { data: main } = await asApp.rest.git.getRef({ ...place, ref: "heads/main" });
  const { data: made } = await asApp.rest.repos.createRelease({ ...place, tag_name: "v1.0.0", body: "High **water**" });
  expect(made).toMatchObject({
    tag_name: "v1.0.0",
    name: null,
    body: "High **water**",
    draft: false,
    prerelease: false,
    target_commitish: "main",
    author: { login: "helper[bot]", type: "Bot" },
  });
  expect(made.html_url).toMatch(/\/acme\/tides\/releases\/tag\/v1\.0\.0$/);
  expect(await told()).toEqual([
    "create v1.0.0",
    "push refs/tags/v1.0.0",
    "release created",
    "release published",
    "release released",
  ]);
  expect((await asHedy.rest.git.getRef({ ...place, ref: "tags/v1.0.0" })).data.object.sha).toBe(main.object.sha);
  expect((await asHedy.rest.repos.getReleaseByTag({ ...place, tag: "v1.0.0" })).data.id).toBe(made.id);
  expect((await asHedy.rest.repos.getLatestRelease(place)).data.id).toBe(made.id);
  expect((await asHedy.rest.repos.listTags(place)).data).toMatchObject([
    { name: "v1.0.0", commit: { sha: main.object.sha } },
  ]);
  expect((await asHedy.rest.git.listMatchingRefs({ ...place, ref: "tags/v" })).data).toMatchObject([
    { ref: "refs/tags/v1.0.0" },
  ]);
  const compared = await asHedy.rest.repos.compareCommitsWithBasehead({ ...place, basehead: "v1.0.0...main" });
  expect(compared.data).toMatchObject({ status: "identical", ahead_by: 0 });
  expect((await asHedy.rest.repos.listReleaseAssets({ ...place, release_id: made.id })).data).toEqual([]);
});

test("a draft is seen by those who may push, and makes its tag when it is published", async () => {
  const { asAda, asApp, asHedy, told } = await start();
  const { data: draft } = await asAda.rest.repos.createRelease({ ...place, tag_name: "v1.0.0", draft: true });
  expect(draft).toMatchObject({ draft: true, published_at: null, tarball_url: null });
  expect(draft.html_url).toMatch(/\/releases\/tag\/untagged-[0-9a-f]{20}$/);
  const one = { ...place, release_id: draft.id };
  expect((await asAda.rest.repos.listTags(place)).data).toEqual([]);
  expect((await asApp.rest.repos.listReleases(place)).data).toHaveLength(1);
  expect((await asHedy.rest.repos.listReleases(place)).data).toEqual([]);
  expect(await refusalOf(asHedy.rest.repos.getRelease(one))).toEqual([404, "Not Found"]);
  expect(await refusalOf(asAda.rest.repos.getReleaseByTag({ ...place, tag: "v1.0.0" }))).toEqual([404, "Not Found"]);
  expect(await refusalOf(asAda.rest.repos.getLatestRelease(place))).toEqual([404, "Not Found"]);
  expect(await told()).toEqual(["release created"]);
  const { data: published } = await asApp.rest.repos.updateRelease({ ...one, draft: false });
  expect(published).toMatchObject({ draft: false, tag_name: "v1.0.0", author: { login: "ada" } });
  expect(await told()).toEqual(["create v1.0.0", "push refs/tags/v1.0.0", "release published", "release released"]);
  expect((await asHedy.rest.repos.getRelease(one)).data.published_at).not.toBeNull();
});

test("edits tell what was there before, and prereleases, drafts and what is deleted are told as such", async () => {
  const { asApp, listen, told } = await start();
  const { data: made } = await asApp.rest.repos.createRelease({ ...place, tag_name: "v1", prerelease: true });
  const one = { ...place, release_id: made.id };
  expect((await told()).slice(2)).toEqual(["release created", "release published", "release prereleased"]);
  await asApp.rest.repos.updateRelease({ ...one, name: "One", body: "Tide" });
  expect((await listen()).map(({ payload }) => payload)).toMatchObject([
    { action: "edited", changes: { name: { from: "" }, body: { from: "" } }, release: { name: "One", body: "Tide" } },
  ]);
  await asApp.rest.repos.updateRelease({ ...one, body: "Tide" });
  expect(await told()).toEqual([]);
  await asApp.rest.repos.updateRelease({ ...one, prerelease: false });
  expect(await told()).toEqual(["release released"]);
  await asApp.rest.repos.updateRelease({ ...one, draft: true });
  expect(await told()).toEqual(["release unpublished"]);
  await asApp.rest.repos.updateRelease({ ...one, draft: false, prerelease: true });
  expect(await told()).toEqual(["release published"]);
  await asApp.rest.repos.updateRelease({ ...one, tag_name: "v2" });
  expect(await told()).toEqual(["create v2", "push refs/tags/v2", "release edited"]);
  await asApp.rest.repos.deleteRelease(one);
  expect(await told()).toEqual(["release deleted"]);
  expect((await asApp.rest.repos.listTags(place)).data.map(({ name }) => name)).toEqual(["v2", "v1"]);
  expect((await asApp.rest.repos.listReleases(place)).data).toEqual([]);
});

test("a release whose tag is deleted is a draft from then on; one whose tag is moved stays", async () => {
  const { asApp, told } = await start();
  const { data: made } = await asApp.rest.repos.createRelease({ ...place, tag_name: "v1" });
  const { data: file } = await asApp.rest.repos.createOrUpdateFileContents({
    ...place,
    path: "a.txt",
    message: "Add a",
    content: "YQo=",
  });
  await told();
  const tag = { ...place, ref: "tags/v1" };
  await asApp.rest.git.updateRef({ ...tag, sha: file.commit.sha ?? "" });
  expect(await told()).toEqual(["push refs/tags/v1"]);
  expect((await asApp.rest.repos.getLatestRelease(place)).data.id).toBe(made.id);
  await asApp.rest.git.deleteRef(tag);
  expect(await told()).toEqual(["delete v1", "push refs/tags/v1"]);
  const one = { ...place, release_id: made.id };
  expect((await asApp.rest.repos.getRelease(one)).data).toMatchObject({ draft: true, tag_name: "v1" });
  await asApp.rest.git.createRef({ ...place, ref: "refs/tags/v1", sha: file.commit.sha ?? "" });
  expect((await asApp.rest.repos.getRelease(one)).data.draft).toBe(true);
  await asApp.rest.repos.updateRelease({ ...one, draft: false });
  expect((await asApp.rest.repos.getReleaseByTag({ ...place, tag: "v1" })).data.id).toBe(made.id);
});

test("the latest release is the one that was made so, or the one of the newest commit and the highest version", async () => {
  const { asApp } = await start();
  const latest = async () => (await asApp.rest.repos.getLatestRelease(place)).data.tag_name;
  const create = async (tag: string, more: object = {}) =>
    (await asApp.rest.repos.createRelease({ ...place, tag_name: tag, ...more })).data.id;
  const two = await create("v2.0.0");
  await create("v1.9.1", { make_latest: "false" });
  expect(await latest()).toBe("v2.0.0");
  await create("v2.0.1-rc.1", { prerelease: true });
  expect(await latest()).toBe("v2.0.0");
  const old = await create("v1.9.2");
  expect(await latest()).toBe("v1.9.2");
  await asApp.rest.repos.updateRelease({ ...place, release_id: old, make_latest: "legacy" });
  expect(await latest()).toBe("v2.0.0");
  await asApp.rest.repos.updateRelease({ ...place, release_id: old, make_latest: "true" });
  expect(await latest()).toBe("v1.9.2");
  await asApp.rest.repos.deleteRelease({ ...place, release_id: old });
  expect(await latest()).toBe("v2.0.0");
  await asApp.rest.repos.updateRelease({ ...place, release_id: two, prerelease: true });
  expect(await latest()).toBe("v1.9.1");
});

interface Wish {
  readonly tag_name: string;
  readonly body?: string;
  readonly target_commitish?: string;
  readonly draft?: boolean;
}

test.each<[string, Wish, readonly string[]]>([
  ["a text that is too long", { tag_name: "v2", body: "x".repeat(125_001) }, ["body custom"]],
  ["the tag of another release", { tag_name: "v1" }, ["tag_name already_exists"]],
  ["a tag that git would not take", { tag_name: "v 2" }, ["tag_name custom", "undefined custom"]],
  ["no tag", { tag_name: " " }, ["tag_name missing_field"]],
  [
    "a target that is nowhere",
    { tag_name: "v2", target_commitish: "nowhere" },
    ["tag_name custom", "undefined custom", "target_commitish invalid"],
  ],
  [
    "a target that is nowhere, for a draft",
    { tag_name: "v2", target_commitish: "v1", draft: true },
    ["target_commitish invalid"],
  ],
])("%s is refused as by GitHub", async (_name, wanted, errors) => {
  const { asApp } = await start();
  await asApp.rest.repos.createRelease({ ...place, tag_name: "v1" });
  const request = asApp.request("POST /repos/{owner}/{repo}/releases", { ...place, ...wanted });
  expect(await refusalOf(request)).toEqual([422, "Validation Failed", ...errors]);
  expect((await asApp.rest.repos.listReleases(place)).data).toHaveLength(1);
});

test("two drafts may have one tag, and only one of them is published", async () => {
  const { asApp } = await start();
  const wanted = { ...place, tag_name: "v1", draft: true, body: "x".repeat(125_000) };
  const { data: one } = await asApp.rest.repos.createRelease(wanted);
  const { data: other } = await asApp.rest.repos.createRelease(wanted);
  await asApp.rest.repos.updateRelease({ ...place, release_id: one.id, draft: false });
  expect(await refusalOf(asApp.rest.repos.updateRelease({ ...place, release_id: other.id, draft: false }))).toEqual([
    422,
    "Validation Failed",
    "tag_name already_exists",
  ]);
});

test("an empty repository has no releases, and takes none", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox, { autoInit: false });
  const octokit = new Octokit({ baseUrl: sandbox.forge.api, auth: sandbox.tokenOf(sandbox.ada), log: silent });
  expect((await octokit.rest.repos.listReleases(place)).data).toEqual([]);
  expect((await octokit.rest.repos.listTags(place)).data).toEqual([]);
  expect(await refusalOf(octokit.rest.repos.createRelease({ ...place, tag_name: "v1" }))).toEqual([
    422,
    "Repository is empty.",
  ]);
});

test("who may only read neither writes releases nor sees drafts, and an app without the permission nothing that is private", async () => {
  const { asApp, asAda, asHedy, repository } = await start({ contents: "read" });
  await asAda.rest.repos.createRelease({ ...place, tag_name: "v2", draft: true });
  const { data: made } = await asAda.rest.repos.createRelease({ ...place, tag_name: "v1" });
  const one = { ...place, release_id: made.id };
  for (const client of [asApp, asHedy]) {
    expect((await client.rest.repos.listReleases(place)).data.map(({ tag_name: tag }) => tag)).toEqual(["v1"]);
    expect(await refusalOf(client.rest.repos.createRelease({ ...place, tag_name: "v3" }))).toMatchObject([403, {}]);
    expect(await refusalOf(client.rest.repos.updateRelease({ ...one, body: "" }))).toMatchObject([403, {}]);
    expect(await refusalOf(client.rest.repos.deleteRelease(one))).toMatchObject([403, {}]);
  }
  repository.private = true;
  expect((await asApp.rest.repos.listReleases(place)).data).toHaveLength(1);
  expect(await refusalOf(asHedy.rest.repos.listReleases(place))).toEqual([404, "Not Found"]);
  const other = await start({ issues: "write" });
  other.repository.private = true;
  expect(await refusalOf(other.asApp.rest.repos.listReleases(place))).toMatchObject([403, {}]);
});

test("an app that may not read what is in a repository is not told of its releases", async () => {
  const { asAda, told } = await start({ issues: "write" });
  await asAda.rest.repos.createRelease({ ...place, tag_name: "v1" });
  expect((await told()).filter((word) => word.startsWith("release"))).toEqual([]);
});

test("a tag that is deleted by git makes a draft of its release, and one that is pushed can be released", async () => {
  const { forge, repository, ada, tokenOf, asApp, told } = await start();
  await asApp.rest.repos.createRelease({ ...place, tag_name: "v1" });
  const address = `http://x:${tokenOf(ada)}@${new URL(forge.web).host}/acme/tides.git`;
  const clone = temporaryFolder();
  await gitClient(clone, "clone", "--quiet", address, ".");
  await told();
  await gitClient(clone, "push", "--quiet", "origin", ":refs/tags/v1", "HEAD:refs/tags/v2");
  expect((await told()).toSorted()).toEqual(["create v2", "delete v1", "push refs/tags/v1", "push refs/tags/v2"]);
  expect(repository.releases[0]?.draft).toBe(true);
  await asApp.rest.repos.createRelease({ ...place, tag_name: "v2" });
  expect(await told()).toEqual(["release created", "release published", "release released"]);
});

test("a tag is made where it is asked for, and dates the release by its commit", async () => {
  const { asApp } = await start();
  const { data: main } = await asApp.rest.git.getRef({ ...place, ref: "heads/main" });
  const { sha } = main.object;
  await asApp.rest.git.createRef({ ...place, ref: "refs/heads/next/one", sha });
  const file = { ...place, path: "a.txt", message: "Add a", content: "YQo=", branch: "next/one" };
  const committer = { name: "Ada Example", email: "ada@example.com", date: "2020-02-02T02:02:02Z" };
  const { data: written } = await asApp.rest.repos.createOrUpdateFileContents({ ...file, committer });
  const tag = "web/v1.0.0";
  await asApp.rest.repos.createRelease({ ...place, tag_name: tag, target_commitish: "next/one" });
  const { data: found } = await asApp.rest.repos.getReleaseByTag({ ...place, tag });
  expect(found).toMatchObject({ tag_name: tag, target_commitish: "next/one", created_at: "2020-02-02T02:02:02Z" });
  expect((await asApp.rest.git.getRef({ ...place, ref: `tags/${tag}` })).data.object.sha).toBe(written.commit.sha);
  await asApp.rest.repos.createRelease({ ...place, tag_name: "v0", target_commitish: sha });
  expect((await asApp.rest.git.getRef({ ...place, ref: "tags/v0" })).data.object.sha).toBe(sha);
});
