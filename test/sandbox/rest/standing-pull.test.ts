import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../../support/test-app.ts";

const place = { owner: "acme", repo: "tides" };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const branch = "thanks/keep-file";

function encode(text: string): string {
  return Buffer.from(text).toString("base64");
}

test("an app keeps a file by a pull request that stands: its branch moves on, and begins anew at the base", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const permissions = { contents: "write", pull_requests: "write" } as const;
  const { token } = await installTestApp(sandbox, { permissions });
  const { rest } = new Octokit({ baseUrl: sandbox.forge.api, auth: token, log: silent });
  const { data: main } = await rest.git.getRef({ ...place, ref: "heads/main" });
  await rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: main.object.sha });
  const file = { ...place, path: "docs/THANKS.md", branch };
  const { data: added } = await rest.repos.createOrUpdateFileContents({
    ...file,
    message: "Thank Ada",
    content: encode("Ada Example\n"),
  });
  const { data: pull } = await rest.pulls.create({ ...place, title: "Thank people", head: branch, base: "main" });
  expect(pull.user.login).toBe("helper[bot]");
  const standing = async () => {
    const { data } = await rest.pulls.list({ ...place, state: "open", head: `acme:${branch}`, base: "main" });
    return data.map(({ number }) => number);
  };
  expect(await standing()).toEqual([pull.number]);
  expect((await rest.pulls.list({ ...place, head: "acme:other" })).data).toEqual([]);
  const { data: read } = await rest.repos.getContent({ ...place, path: file.path, ref: branch });
  expect(read).toMatchObject({ type: "file", sha: added.content?.sha, content: `${encode("Ada Example\n")}\n` });
  const update = { ...file, message: "Thank Grace", content: encode("Ada Example\nGrace Sample\n") };
  await expect(rest.repos.createOrUpdateFileContents(update)).rejects.toMatchObject({ status: 422 });
  await expect(rest.repos.createOrUpdateFileContents({ ...update, sha: main.object.sha })).rejects.toMatchObject({
    status: 409,
  });
  const { data: updated } = await rest.repos.createOrUpdateFileContents({ ...update, sha: added.content?.sha ?? "" });
  const one = { ...place, pull_number: pull.number };
  await rest.pulls.update({ ...one, title: "Thank two people", body: "Ada Example and Grace Sample" });
  expect((await rest.pulls.get(one)).data).toMatchObject({
    title: "Thank two people",
    commits: 2,
    changed_files: 1,
    head: { sha: updated.commit.sha },
  });
  const ref = `heads/${branch}`;
  const { data: tree } = await rest.git.createTree({
    ...place,
    base_tree: main.object.sha,
    tree: [{ path: file.path, mode: "100644", type: "blob", content: "Hedy Instance\n" }],
  });
  const message = "Thank Hedy";
  const { data: anew } = await rest.git.createCommit({ ...place, message, tree: tree.sha, parents: [main.object.sha] });
  await expect(rest.git.updateRef({ ...place, ref, sha: anew.sha })).rejects.toMatchObject({ status: 422 });
  await rest.git.updateRef({ ...place, ref, sha: anew.sha, force: true });
  expect((await rest.pulls.get(one)).data).toMatchObject({ state: "open", commits: 1, head: { sha: anew.sha } });
  expect(await standing()).toEqual([pull.number]);
});

test("a pull request that an app may not open is refused", async () => {
  const sandbox = await startTestSandbox();
  await makeTides(sandbox);
  const { token } = await installTestApp(sandbox, { permissions: { contents: "write" } });
  const { rest } = new Octokit({ baseUrl: sandbox.forge.api, auth: token, log: silent });
  const { data: main } = await rest.git.getRef({ ...place, ref: "heads/main" });
  await rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: main.object.sha });
  const opened = rest.pulls.create({ ...place, title: "Thank people", head: branch, base: "main" });
  await expect(opened).rejects.toMatchObject({ status: 403 });
});
