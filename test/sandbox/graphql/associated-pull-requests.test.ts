import { expect, test } from "vitest";
import { changeRefs } from "../../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../../src/sandbox/actions/contents.ts";
import { closeIssue } from "../../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../../src/sandbox/actions/merge-pull.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { at, by, listAt, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";
import { git } from "../../support/repository.ts";
import { send } from "../../support/send.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";

async function makeCommits() {
  const sandbox = await makeSandbox();
  const { forge, repository, ada, grace, ask } = sandbox;
  const directory = gitDirectory(forge, repository);
  const open = (branch: string) =>
    makePull(forge, { repository, author: grace, commits: [`${branch} 1`, `${branch} 2`], branch });
  const push = async (path: string, branch = "main") => {
    const files = [{ path, mode: "100644", content: Buffer.from(`${path}\n`) }];
    await writeFiles(forge, { repository, branch, files, message: `Push ${path}` }, by(ada));
    return commits(`-1 ${branch}`)[0];
  };
  const commits = (range: string): string[] =>
    git(directory, ["rev-list", ...range.split(" ")])
      .trim()
      .split("\n");
  const pullsOf = async (oid: string | undefined): Promise<unknown[]> => {
    const query = `query ($oid: GitObjectID!) { repository(owner: "acme", name: "tides") { object(oid: $oid) {
      ... on Commit { associatedPullRequests(first: 10) { nodes { number } } } } } }`;
    const { data, errors } = await ask(ada, query, { oid });
    expect(errors).toBeUndefined();
    const nodes = listAt(data, "repository", "object", "associatedPullRequests", "nodes");
    return nodes.map((node) => at(node, "number"));
  };
  return { ...sandbox, open, push, commits, pullsOf };
}

test("a commit belongs to the pull request that it is in, and to none where it was pushed", async () => {
  const { open, push, commits, pullsOf } = await makeCommits();
  const { issue } = await open("high");
  for (const sha of commits("main..high")) expect(await pullsOf(sha)).toEqual([issue.number]);
  expect(await pullsOf(commits("main")[0])).toEqual([]);
  expect(await pullsOf(await push("direct.txt"))).toEqual([]);
});

test.each(["merge", "squash", "rebase"] as const)("what a %s brought is its pull request's", async (method) => {
  const { forge, ada, open, push, commits, pullsOf } = await makeCommits();
  const pull = await open("high");
  const pushed = await push("between.txt");
  const base = commits("-1 main")[0];
  await mergePull(forge, { pull, method }, by(ada));
  const landed = commits(`${base}..main`);
  expect(landed).toHaveLength({ merge: 3, squash: 1, rebase: 2 }[method]);
  const after = await push("after.txt");
  for (const sha of [...landed, ...commits(`${base}..high`)]) {
    expect(await pullsOf(sha)).toEqual([pull.issue.number]);
  }
  for (const sha of [pushed, after]) expect(await pullsOf(sha)).toEqual([]);
});

test("another open pull request gets nothing of what has landed, and one that was closed gets nothing at all", async () => {
  const { forge, ada, repository, open, commits, pullsOf } = await makeCommits();
  const first = await open("first");
  const second = await open("second");
  const third = await open("third");
  await mergePull(forge, { pull: first, method: "rebase" }, by(ada));
  const [main = ""] = commits("-1 main");
  const change = { ref: "refs/heads/second", from: second.head.commit, to: main };
  await changeRefs(forge, { repository, changes: [change] }, by(ada));
  expect(await pullsOf(main)).toEqual([first.issue.number]);
  await closeIssue(forge, { issue: third.issue }, by(ada));
  expect(await pullsOf(third.head.commit)).toEqual([]);
});

test("a pull request that lands by a push has its own commits, and nothing that was pushed along", async () => {
  const { forge, ada, repository, open, push, commits, pullsOf } = await makeCommits();
  const pull = await open("high");
  const from = commits("-1 main")[0] ?? "";
  const branch = { ref: "refs/heads/more", from: null, to: pull.head.commit };
  await changeRefs(forge, { repository, changes: [branch] }, by(ada));
  const to = (await push("more.txt", "more")) ?? "";
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/main", from, to }] }, by(ada));
  expect(pull.merged).not.toBeNull();
  expect(await pullsOf(pull.head.commit)).toEqual([pull.issue.number]);
  expect(await pullsOf(to)).toEqual([]);
});

test("what is merged into another branch is its pull request's too", async () => {
  const { forge, ada, repository, open, commits, pullsOf } = await makeCommits();
  const pull = await open("high");
  const from = commits("-1 main")[0] ?? "";
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/next", from: null, to: from }] }, by(ada));
  pull.base = { branch: "next", commit: from };
  await mergePull(forge, { pull, method: "rebase" }, by(ada));
  for (const sha of commits("main..next")) expect(await pullsOf(sha)).toEqual([pull.issue.number]);
});

test("REST tells the same", async () => {
  const { forge, ada, acme, tokenOf } = await startTestSandbox();
  const token = tokenOf(ada);
  await send(forge.web, { method: "POST", path: "/orgs/acme/repos", token, body: { name: "tides", auto_init: true } });
  const repository = [...forge.state.repositories.values()].find(({ owner }) => owner === acme);
  if (repository === undefined) throw new Error("there is no repository");
  const pull = await makePull(forge, { repository, author: ada, commits: ["One", "Two"] });
  const commit = await mergePull(forge, { pull, method: "rebase" }, by(ada));
  const parent = git(gitDirectory(forge, repository), ["rev-parse", `${commit}^`]).trim();
  for (const sha of [commit, parent, pull.head.commit]) {
    const { json } = await send(forge.web, { path: `/repos/acme/tides/commits/${sha}/pulls`, token });
    expect(json).toMatchObject([{ number: pull.issue.number }]);
  }
});
