import { App } from "@octokit/app";
import { Octokit } from "@octokit/rest";
import { expect, test } from "vitest";
import { installApp, registerApp } from "../../../src/sandbox/actions/apps.ts";
import { startTestSandbox, type TestSandbox } from "../../support/start-test-sandbox.ts";

const place = { owner: "acme", repo: "tides" };

async function startWithRepository(): Promise<TestSandbox & { asAda: Octokit; asGrace: Octokit; asHedy: Octokit }> {
  const sandbox = await startTestSandbox();
  const as = (token: string): Octokit => new Octokit({ baseUrl: sandbox.forge.api, auth: token, log: silent });
  const [asAda, asGrace, asHedy] = [sandbox.ada, sandbox.grace, sandbox.hedy].map((account) =>
    as(sandbox.tokenOf(account)),
  );
  if (!asAda || !asGrace || !asHedy) throw new Error("nobody is there");
  await asAda.rest.repos.createInOrg({ org: "acme", name: "tides", auto_init: true });
  return { ...sandbox, asAda, asGrace, asHedy };
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function statusOf(request: Promise<unknown>): Promise<[number, string]> {
  try {
    await request;
    return [200, ""];
  } catch (error) {
    const { status, response } = error as { status: number; response?: { data: { message: string } } };
    return [status, response?.data.message ?? ""];
  }
}

/** A branch with one more file, and a pull request from it. */
async function openPull(
  client: Octokit,
  branch: string,
  files: Record<string, string> = { [`${branch}.txt`]: "one\ntwo\n" },
) {
  const { data: main } = await client.rest.git.getRef({ ...place, ref: "heads/main" });
  await client.rest.git.createRef({ ...place, ref: `refs/heads/${branch}`, sha: main.object.sha });
  for (const [path, text] of Object.entries(files)) {
    const content = Buffer.from(text).toString("base64");
    await client.rest.repos.createOrUpdateFileContents({ ...place, path, message: `Add ${path}`, content, branch });
  }
  const { data } = await client.rest.pulls.create({ ...place, title: `Add ${branch}`, head: branch, base: "main" });
  return data;
}

test("repositories: created, read, changed, listed, renamed, moved, deleted", async () => {
  const { asAda, asGrace, asHedy, forge } = await startWithRepository();
  const { data: made } = await asAda.rest.repos.createInOrg({
    org: "acme",
    name: "keys",
    private: true,
    description: "Secret",
    has_wiki: false,
    allow_rebase_merge: false,
    squash_merge_commit_message: "PR_BODY",
  });
  expect(made).toMatchObject({ private: true, visibility: "private", has_wiki: false, allow_rebase_merge: false });
  expect(await statusOf(asHedy.rest.repos.get({ owner: "acme", repo: "keys" }))).toEqual([404, "Not Found"]);
  expect((await asGrace.rest.repos.get({ owner: "acme", repo: "keys" })).data.permissions).toMatchObject({
    pull: true,
    push: false,
  });
  expect((await statusOf(asAda.rest.repos.createInOrg({ org: "acme", name: "KEYS" })))[0]).toBe(422);
  await asAda.rest.repos.update({ owner: "acme", repo: "keys", description: "Open", private: false, archived: true });
  expect(await statusOf(asAda.rest.issues.create({ owner: "acme", repo: "keys", title: "x" }))).toEqual([
    403,
    "Repository was archived so is read-only.",
  ]);
  await asAda.rest.repos.update({ owner: "acme", repo: "keys", archived: false });
  await asAda.rest.repos.replaceAllTopics({ owner: "acme", repo: "keys", names: ["tides", "Sea"] });
  expect((await asHedy.rest.repos.getAllTopics({ owner: "acme", repo: "keys" })).data.names).toEqual(["tides", "sea"]);
  await asAda.rest.repos.update({ owner: "acme", repo: "keys", name: "locks" });
  expect((await asHedy.rest.repos.get({ owner: "acme", repo: "keys" })).data.full_name).toBe("acme/locks");
  await asAda.rest.issues.create({ owner: "acme", repo: "keys", title: "By the old name" });
  expect((await asAda.rest.repos.listForOrg({ org: "acme" })).data.map(({ name }) => name)).toEqual(["locks", "tides"]);
  expect((await asAda.rest.repos.listForAuthenticatedUser()).data).toHaveLength(2);
  expect((await asAda.rest.repos.listLanguages(place)).data).toEqual({});
  await asAda.rest.repos.transfer({ owner: "acme", repo: "locks", new_owner: "ada" });
  expect((await asHedy.rest.repos.listForUser({ username: "ada" })).data.map(({ full_name: name }) => name)).toEqual([
    "ada/locks",
  ]);
  expect((await statusOf(asHedy.rest.repos.delete({ owner: "ada", repo: "locks" })))[0]).toBe(403);
  await asAda.rest.repos.delete({ owner: "ada", repo: "locks" });
  expect((await statusOf(asAda.rest.repos.get({ owner: "ada", repo: "locks" })))[0]).toBe(404);
  await asHedy.rest.repos.createForAuthenticatedUser({ name: "mine" });
  expect((await statusOf(asHedy.rest.repos.createInOrg({ org: "acme", name: "not-mine" })))[0]).toBe(403);
  expect((await asAda.rest.meta.root()).data.rate_limit_url).toBe(`${forge.api}/rate_limit`);
});

test("collaborators and what they may do", async () => {
  const { asAda, asHedy } = await startWithRepository();
  const level = async (username: string): Promise<string> =>
    (await asAda.rest.repos.getCollaboratorPermissionLevel({ ...place, username })).data.role_name;
  expect(await Promise.all(["ada", "grace", "hedy"].map(level))).toEqual(["admin", "read", "read"]);
  await asAda.rest.repos.addCollaborator({ ...place, username: "hedy", permission: "triage" });
  expect(await level("hedy")).toBe("triage");
  expect((await asAda.rest.repos.listCollaborators(place)).data.map(({ login }) => login)).toEqual([
    "ada",
    "grace",
    "hedy",
  ]);
  await asHedy.rest.issues.create({ ...place, title: "Labelled", labels: ["bug"] });
  expect((await statusOf(asHedy.rest.issues.createLabel({ ...place, name: "mine" })))[0]).toBe(403);
  await asAda.rest.repos.removeCollaborator({ ...place, username: "hedy" });
  expect((await statusOf(asAda.rest.repos.checkCollaborator({ ...place, username: "hedy" })))[0]).toBe(404);
  expect((await statusOf(asAda.rest.repos.checkCollaborator({ ...place, username: "grace" })))[0]).toBe(200);
});

test("contents and git's data: files, blobs, trees, commits, refs, tags", async () => {
  const { asAda } = await startWithRepository();
  const { data: readme } = await asAda.rest.repos.getReadme(place);
  expect(Buffer.from(readme.content, "base64").toString()).toBe("# tides\n");
  const content = Buffer.from("high\n").toString("base64");
  const written = await asAda.rest.repos.createOrUpdateFileContents({
    ...place,
    path: "data/tides.txt",
    message: "Add the tides",
    content,
  });
  expect(written.status).toBe(201);
  const file = { ...place, path: "data/tides.txt" };
  expect((await statusOf(asAda.rest.repos.createOrUpdateFileContents({ ...file, message: "Again", content })))[0]).toBe(
    422,
  );
  expect(
    (
      await statusOf(
        asAda.rest.repos.createOrUpdateFileContents({ ...file, message: "Again", content, sha: "0".repeat(40) }),
      )
    )[0],
  ).toBe(409);
  expect((await asAda.rest.repos.getContent({ ...place, path: "" })).data).toMatchObject([
    { name: "README.md" },
    { name: "data", type: "dir" },
  ]);
  expect((await asAda.rest.repos.getContent({ ...file, mediaType: { format: "raw" } })).data).toBe("high\n");
  const sha = written.data.content?.sha ?? "";
  await asAda.rest.repos.deleteFile({ ...file, message: "Remove", sha });
  expect((await statusOf(asAda.rest.repos.getContent(file)))[0]).toBe(404);

  const { data: main } = await asAda.rest.git.getRef({ ...place, ref: "heads/main" });
  const { data: blob } = await asAda.rest.git.createBlob({ ...place, content: "aGk=", encoding: "base64" });
  expect((await asAda.rest.git.getBlob({ ...place, file_sha: blob.sha })).data).toMatchObject({
    size: 2,
    content: "aGk=",
  });
  const { data: tree } = await asAda.rest.git.createTree({
    ...place,
    base_tree: main.object.sha,
    tree: [
      { path: "run.sh", mode: "100755", type: "blob", content: "#!/bin/sh\n" },
      { path: "hi", mode: "100644", type: "blob", sha: blob.sha },
    ],
  });
  expect(tree.tree.map(({ path, mode }) => [path, mode])).toEqual([
    ["README.md", "100644"],
    ["hi", "100644"],
    ["run.sh", "100755"],
  ]);
  expect(
    (
      await statusOf(
        asAda.rest.git.createTree({ ...place, tree: [{ path: "../x", mode: "100644", type: "blob", content: "" }] }),
      )
    )[0],
  ).toBe(422);
  const { data: commit } = await asAda.rest.git.createCommit({
    ...place,
    message: "Both",
    tree: tree.sha,
    parents: [main.object.sha],
    author: { name: "Joan", email: "joan@example.com", date: "2026-01-02T03:04:05+02:00" },
  });
  expect(commit.author).toEqual({ name: "Joan", email: "joan@example.com", date: "2026-01-02T01:04:05Z" });
  await asAda.rest.git.updateRef({ ...place, ref: "heads/main", sha: commit.sha });
  expect(await statusOf(asAda.rest.git.updateRef({ ...place, ref: "heads/main", sha: main.object.sha }))).toEqual([
    422,
    "Update is not a fast forward",
  ]);
  await asAda.rest.git.createRef({ ...place, ref: "refs/heads/feature/a", sha: commit.sha });
  expect(await statusOf(asAda.rest.git.createRef({ ...place, ref: "refs/heads/feature/a", sha: commit.sha }))).toEqual([
    422,
    "Reference already exists",
  ]);
  expect((await asAda.rest.git.listMatchingRefs({ ...place, ref: "heads/feat" })).data.map(({ ref }) => ref)).toEqual([
    "refs/heads/feature/a",
  ]);
  expect((await asAda.rest.repos.getBranch({ ...place, branch: "feature/a" })).data.commit.sha).toBe(commit.sha);
  expect((await asAda.rest.repos.listBranches(place)).data.map(({ name }) => name)).toEqual(["feature/a", "main"]);
  await asAda.rest.git.deleteRef({ ...place, ref: "heads/feature/a" });
  const { data: tag } = await asAda.rest.git.createTag({
    ...place,
    tag: "v1",
    message: "One\n",
    object: commit.sha,
    type: "commit",
  });
  await asAda.rest.git.createRef({ ...place, ref: "refs/tags/v1", sha: tag.sha });
  expect((await asAda.rest.git.getTag({ ...place, tag_sha: tag.sha })).data.object.sha).toBe(commit.sha);
  expect((await asAda.rest.repos.listTags(place)).data).toMatchObject([{ name: "v1", commit: { sha: commit.sha } }]);
  expect((await asAda.rest.git.getTree({ ...place, tree_sha: "main", recursive: "1" })).data.tree).toHaveLength(3);
  expect((await asAda.rest.git.getCommit({ ...place, commit_sha: commit.sha })).data.message).toBe("Both");
});

test("commits: listed, read, compared, merged, and the pull requests that they came by", async () => {
  const { asAda, asGrace } = await startWithRepository();
  const pull = await openPull(asAda, "topic");
  const { data: commits } = await asAda.rest.repos.listCommits({ ...place, sha: "topic" });
  expect(commits.map(({ commit }) => commit.message)).toEqual(["Add topic.txt", "Initial commit"]);
  expect((await asAda.rest.repos.listCommits({ ...place, sha: "topic", author: "grace" })).data).toEqual([]);
  expect((await asAda.rest.repos.listCommits({ ...place, path: "topic.txt", sha: "topic" })).data).toHaveLength(1);
  const { data: commit } = await asAda.rest.repos.getCommit({ ...place, ref: "topic" });
  expect(commit).toMatchObject({
    stats: { total: 2, additions: 2 },
    files: [{ filename: "topic.txt", status: "added", patch: "@@ -0,0 +1,2 @@\n+one\n+two" }],
  });
  expect((await asAda.rest.repos.getCommit({ ...place, ref: "topic", mediaType: { format: "diff" } })).data).toContain(
    "+two",
  );
  const { data: comparison } = await asAda.rest.repos.compareCommitsWithBasehead({
    ...place,
    basehead: "main...topic",
  });
  expect(comparison).toMatchObject({
    status: "ahead",
    ahead_by: 1,
    behind_by: 0,
    total_commits: 1,
    files: [{ filename: "topic.txt" }],
  });
  expect((await asAda.rest.repos.listContributors(place)).data).toMatchObject([{ login: "ada", contributions: 1 }]);
  expect((await asAda.rest.repos.getCombinedStatusForRef({ ...place, ref: "topic" })).data.state).toBe("pending");
  const timeline = await asAda.rest.issues.listEventsForTimeline({ ...place, issue_number: pull.number });
  expect(timeline.data.map(({ event }) => event)).toEqual(["committed"]);
  const associated = await asAda.rest.repos.listPullRequestsAssociatedWithCommit({ ...place, commit_sha: commit.sha });
  expect(associated.data.map(({ number }) => number)).toEqual([pull.number]);
  expect((await asAda.rest.repos.listBranchesForHeadCommit({ ...place, commit_sha: commit.sha })).data).toMatchObject([
    { name: "topic" },
  ]);
  expect((await statusOf(asGrace.rest.repos.merge({ ...place, base: "main", head: "topic" })))[0]).toBe(403);
  expect((await asAda.rest.repos.merge({ ...place, base: "main", head: "topic" })).status).toBe(201);
  expect((await asAda.rest.pulls.get({ ...place, pull_number: pull.number })).data).toMatchObject({
    merged: true,
    state: "closed",
  });
  await asAda.rest.repos.renameBranch({ ...place, branch: "main", new_name: "trunk" });
  expect((await asAda.rest.repos.get(place)).data.default_branch).toBe("trunk");
});

test("pull requests: opened, changed, listed, merged by each method, refused where GitHub refuses", async () => {
  const { asAda, asGrace, asHedy } = await startWithRepository();
  const one = await openPull(asAda, "one");
  expect((await statusOf(asAda.rest.pulls.create({ ...place, title: "Again", head: "one", base: "main" })))[0]).toBe(
    422,
  );
  expect((await statusOf(asAda.rest.pulls.create({ ...place, title: "Same", head: "main", base: "main" })))[0]).toBe(
    422,
  );
  expect((await statusOf(asAda.rest.pulls.create({ ...place, title: "None", head: "none", base: "main" })))[0]).toBe(
    422,
  );
  await asAda.rest.pulls.update({ ...place, pull_number: one.number, title: "First", body: "With a body" });
  expect((await statusOf(asHedy.rest.pulls.update({ ...place, pull_number: one.number, title: "Mine" })))[0]).toBe(403);
  expect((await asAda.rest.pulls.list({ ...place, head: "acme:one" })).data).toMatchObject([{ title: "First" }]);
  expect((await asAda.rest.pulls.listFiles({ ...place, pull_number: one.number })).data).toMatchObject([
    { filename: "one.txt" },
  ]);
  expect(
    (await asAda.rest.pulls.get({ ...place, pull_number: one.number, mediaType: { format: "diff" } })).data,
  ).toContain("diff --git");
  await asAda.rest.pulls.requestReviewers({ ...place, pull_number: one.number, reviewers: ["grace"] });
  expect(
    (await asAda.rest.pulls.listRequestedReviewers({ ...place, pull_number: one.number })).data.users,
  ).toMatchObject([{ login: "grace" }]);
  await asAda.rest.pulls.removeRequestedReviewers({ ...place, pull_number: one.number, reviewers: ["grace"] });
  expect((await statusOf(asAda.rest.pulls.checkIfMerged({ ...place, pull_number: one.number })))[0]).toBe(404);
  expect((await statusOf(asGrace.rest.pulls.merge({ ...place, pull_number: one.number })))[0]).toBe(403);
  expect(await statusOf(asAda.rest.pulls.merge({ ...place, pull_number: one.number, sha: "0".repeat(40) }))).toEqual([
    409,
    "Head branch was modified. Review and try the merge again.",
  ]);
  await asAda.rest.pulls.merge({ ...place, pull_number: one.number, merge_method: "merge" });
  expect(await statusOf(asAda.rest.pulls.merge({ ...place, pull_number: one.number }))).toEqual([
    405,
    "Pull Request is not mergeable",
  ]);
  const { data: landed } = await asAda.rest.repos.getCommit({ ...place, ref: "main" });
  expect(landed.commit.message).toBe(`Merge pull request #${one.number} from acme/one\n\nFirst`);
  const two = await openPull(asAda, "two", { "a.txt": "a\n", "b.txt": "b\n" });
  await asAda.rest.pulls.merge({ ...place, pull_number: two.number, merge_method: "rebase" });
  const { data: history } = await asAda.rest.repos.listCommits({ ...place, per_page: 2 });
  expect(history.map(({ commit }) => commit.message)).toEqual(["Add b.txt", "Add a.txt"]);
  const three = await openPull(asAda, "three", { "a.txt": "three\n" }).catch(() => null);
  expect(three).toBeNull();
  const four = await openPull(asAda, "four");
  await asAda.rest.pulls.update({ ...place, pull_number: four.number, state: "closed" });
  expect((await asAda.rest.pulls.list({ ...place, state: "closed" })).data).toHaveLength(3);
  await asAda.rest.pulls.update({ ...place, pull_number: four.number, state: "open" });
  await asAda.rest.pulls.merge({
    ...place,
    pull_number: four.number,
    merge_method: "squash",
    commit_title: "Ours",
    commit_message: "Alone",
  });
  expect((await asAda.rest.repos.getCommit({ ...place, ref: "main" })).data.commit.message).toBe("Ours\n\nAlone");
  const five = await openPull(asAda, "five");
  await asAda.rest.repos.createOrUpdateFileContents({ ...place, path: "new.txt", message: "Meanwhile", content: "" });
  await asAda.rest.pulls.updateBranch({ ...place, pull_number: five.number });
  expect((await asAda.rest.pulls.listCommits({ ...place, pull_number: five.number })).data).toHaveLength(2);
});

test("forks: a stranger's pull request comes from a fork, moves with it, and outlives it", async () => {
  const { asAda, asHedy, forge } = await startWithRepository();
  const { data: fork } = await asHedy.rest.repos.createFork(place);
  expect(fork).toMatchObject({ full_name: "hedy/tides", fork: true, parent: { full_name: "acme/tides" } });
  expect((await asAda.rest.repos.listForks(place)).data).toMatchObject([{ full_name: "hedy/tides" }]);
  const there = { owner: "hedy", repo: "tides" };
  const { data: main } = await asHedy.rest.git.getRef({ ...there, ref: "heads/main" });
  await asHedy.rest.git.createRef({ ...there, ref: "refs/heads/typo", sha: main.object.sha });
  const write = async (path: string): Promise<unknown> =>
    asHedy.rest.repos.createOrUpdateFileContents({
      ...there,
      path,
      message: `Add ${path}`,
      content: "",
      branch: "typo",
    });
  await write("one.txt");
  expect(
    (await statusOf(asAda.rest.pulls.create({ ...place, title: "Hers", head: "hedy:typo", base: "main" })))[0],
  ).toBe(403);
  const { data: pull } = await asHedy.rest.pulls.create({ ...place, title: "Typo", head: "hedy:typo", base: "main" });
  expect(pull).toMatchObject({
    head: { label: "hedy:typo", repo: { full_name: "hedy/tides" } },
    commits: 1,
    mergeable: true,
  });
  expect(
    (await statusOf(asHedy.rest.pulls.create({ ...place, title: "Again", head: "hedy:typo", base: "main" })))[0],
  ).toBe(422);
  await write("two.txt");
  const one = { ...place, pull_number: pull.number };
  expect((await asAda.rest.pulls.listCommits(one)).data).toHaveLength(2);
  const query = `{ repository(owner: "acme", name: "tides") { pullRequest(number: ${pull.number}) {
    isCrossRepository headRepositoryOwner { login } headRef { name } } } }`;
  const asked = await asAda.request("POST /graphql", { baseUrl: `${forge.web}/api`, query });
  expect(asked.data).toEqual({
    data: {
      repository: {
        pullRequest: { isCrossRepository: true, headRepositoryOwner: { login: "hedy" }, headRef: { name: "typo" } },
      },
    },
  });
  await asHedy.rest.repos.delete(there);
  expect((await asAda.rest.pulls.get(one)).data.head).toMatchObject({ ref: "typo", repo: null, user: null });
  await asAda.rest.pulls.merge({ ...one, merge_method: "merge" });
  const { data: landed } = await asAda.rest.repos.getCommit({ ...place, ref: "main" });
  expect(landed.parents).toHaveLength(2);
});

test("reviews and comments on lines", async () => {
  const { asAda, asGrace, asHedy } = await startWithRepository();
  const { number: pull_number } = await openPull(asAda, "topic");
  const pull = { ...place, pull_number };
  expect((await statusOf(asAda.rest.pulls.createReview({ ...pull, event: "APPROVE" })))[0]).toBe(422);
  const { data: review } = await asGrace.rest.pulls.createReview({
    ...pull,
    body: "Nearly",
    event: "REQUEST_CHANGES",
    comments: [{ path: "topic.txt", line: 2, side: "RIGHT", body: "Three?" }],
  });
  expect(review.state).toBe("CHANGES_REQUESTED");
  const { data: comments } = await asAda.rest.pulls.listReviewComments(pull);
  expect(comments).toMatchObject([{ path: "topic.txt", line: 2, diff_hunk: "@@ -0,0 +1,2 @@\n+one\n+two" }]);
  const comment_id = comments[0]?.id ?? 0;
  await asAda.rest.pulls.createReplyForReviewComment({ ...pull, comment_id, body: "Two will do" });
  expect(
    (
      await statusOf(
        asAda.rest.pulls.createReviewComment({
          ...pull,
          body: "?",
          path: "topic.txt",
          line: 9,
          commit_id: review.commit_id ?? "",
        }),
      )
    )[0],
  ).toBe(422);
  await asHedy.rest.pulls.createReviewComment({
    ...pull,
    body: "Fine",
    path: "topic.txt",
    line: 1,
    commit_id: review.commit_id ?? "",
  });
  await asGrace.rest.pulls.updateReviewComment({ ...place, comment_id, body: "Three, please" });
  expect((await asGrace.rest.pulls.getReviewComment({ ...place, comment_id })).data.body).toBe("Three, please");
  expect((await asGrace.rest.pulls.listCommentsForReview({ ...pull, review_id: review.id })).data).toHaveLength(1);
  await asAda.rest.pulls.dismissReview({ ...pull, review_id: review.id, message: "Done" });
  const { data: pending } = await asGrace.rest.pulls.createReview({ ...pull, body: "Later" });
  expect(pending.state).toBe("PENDING");
  expect((await statusOf(asAda.rest.pulls.getReview({ ...pull, review_id: pending.id })))[0]).toBe(404);
  await asGrace.rest.pulls.submitReview({ ...pull, review_id: pending.id, event: "APPROVE" });
  await asGrace.rest.pulls.updateReview({ ...pull, review_id: pending.id, body: "Good" });
  expect((await asAda.rest.pulls.listReviews(pull)).data.map(({ state }) => state)).toEqual([
    "DISMISSED",
    "COMMENTED",
    "COMMENTED",
    "APPROVED",
  ]);
  const { data: other } = await asGrace.rest.pulls.createReview({ ...pull, body: "Never mind" });
  await asGrace.rest.pulls.deletePendingReview({ ...pull, review_id: other.id });
  await asGrace.rest.pulls.deleteReviewComment({ ...place, comment_id });
  expect((await asAda.rest.pulls.listReviewCommentsForRepo(place)).data).toHaveLength(2);
});

test("issues, labels, milestones, comments, reactions, assignees, locks and events", async () => {
  const { asAda, asGrace, asHedy } = await startWithRepository();
  const { data: milestone } = await asAda.rest.issues.createMilestone({
    ...place,
    title: "Walking skeleton",
    due_on: "2026-12-01T00:00:00Z",
  });
  await asAda.rest.issues.createLabel({ ...place, name: "tide", color: "0E8A16", description: "About tides" });
  const { data: issue } = await asHedy.rest.issues.create({
    ...place,
    title: "Off by an hour",
    body: "See the table",
    labels: ["bug"],
    assignees: ["ada"],
  });
  expect(issue).toMatchObject({ labels: [], assignees: [], author_association: "NONE", user: { login: "hedy" } });
  const one = { ...place, issue_number: issue.number };
  await asAda.rest.issues.update({
    ...one,
    labels: ["bug", "new here"],
    assignees: ["grace"],
    milestone: milestone.number,
  });
  await asAda.rest.issues.addLabels({ ...one, labels: ["tide"] });
  await asAda.rest.issues.removeLabel({ ...one, name: "new here" });
  expect((await asHedy.rest.issues.listLabelsOnIssue(one)).data.map(({ name }) => name)).toEqual(["bug", "tide"]);
  expect((await statusOf(asHedy.rest.issues.addLabels({ ...one, labels: ["mine"] })))[0]).toBe(403);
  await asAda.rest.issues.addAssignees({ ...one, assignees: ["ada"] });
  await asAda.rest.issues.removeAssignees({ ...one, assignees: ["grace"] });
  expect((await asAda.rest.issues.listAssignees(place)).data.map(({ login }) => login)).toEqual(["ada", "grace"]);
  expect((await statusOf(asAda.rest.issues.checkUserCanBeAssigned({ ...place, assignee: "hedy" })))[0]).toBe(404);
  const { data: comment } = await asHedy.rest.issues.createComment({ ...one, body: "Any news?" });
  await asHedy.rest.issues.updateComment({ ...place, comment_id: comment.id, body: "No hurry." });
  expect(
    (await statusOf(asGrace.rest.issues.updateComment({ ...place, comment_id: comment.id, body: "Hurry!" })))[0],
  ).toBe(403);
  await asAda.rest.reactions.createForIssueComment({ ...place, comment_id: comment.id, content: "heart" });
  expect(
    (await asAda.rest.reactions.createForIssueComment({ ...place, comment_id: comment.id, content: "heart" })).status,
  ).toBe(200);
  expect((await asHedy.rest.issues.getComment({ ...place, comment_id: comment.id })).data).toMatchObject({
    body: "No hurry.",
    reactions: { heart: 1, total_count: 1 },
  });
  const { data: reaction } = await asGrace.rest.reactions.createForIssue({ ...one, content: "eyes" });
  expect((await asGrace.rest.reactions.listForIssue(one)).data).toHaveLength(1);
  await asGrace.rest.reactions.deleteForIssue({ ...one, reaction_id: reaction.id });
  expect((await asAda.rest.issues.listComments(one)).data).toHaveLength(1);
  expect((await asAda.rest.issues.listCommentsForRepo(place)).data).toHaveLength(1);
  await asAda.rest.issues.lock({ ...one, lock_reason: "resolved" });
  expect((await statusOf(asHedy.rest.issues.createComment({ ...one, body: "Hello?" })))[0]).toBe(403);
  await asAda.rest.issues.unlock(one);
  await asAda.rest.issues.update({ ...one, state: "closed", state_reason: "not_planned" });
  expect((await asAda.rest.issues.get(one)).data).toMatchObject({
    state: "closed",
    state_reason: "not_planned",
    closed_by: { login: "ada" },
  });
  expect(
    (
      await asAda.rest.issues.listForRepo({
        ...place,
        state: "closed",
        labels: "bug,tide",
        assignee: "ada",
        milestone: "1",
      })
    ).data,
  ).toHaveLength(1);
  expect((await asAda.rest.issues.listForRepo(place)).data).toEqual([]);
  expect((await asAda.rest.issues.listEvents(one)).data.map(({ event }) => event)).toEqual([
    "labeled",
    "labeled",
    "assigned",
    "milestoned",
    "labeled",
    "unlabeled",
    "assigned",
    "unassigned",
    "locked",
    "unlocked",
    "closed",
  ]);
  expect((await asAda.rest.issues.listEventsForTimeline(one)).data.map(({ event }) => event).slice(0, 3)).toEqual([
    "labeled",
    "labeled",
    "assigned",
  ]);
  expect((await asAda.rest.issues.listEventsForRepo(place)).data[0]).toMatchObject({ event: "closed" });
  await asAda.rest.issues.updateMilestone({ ...place, milestone_number: milestone.number, state: "closed" });
  expect((await asAda.rest.issues.listMilestones(place)).data).toEqual([]);
  expect((await asAda.rest.issues.getMilestone({ ...place, milestone_number: 1 })).data).toMatchObject({
    closed_issues: 1,
    open_issues: 0,
  });
  await asAda.rest.issues.updateLabel({ ...place, name: "tide", new_name: "tides" });
  expect((await asAda.rest.issues.getLabel({ ...place, name: "tides" })).data.color).toBe("0e8a16");
  await asAda.rest.issues.setLabels({ ...one, labels: [] });
  await asAda.rest.issues.deleteLabel({ ...place, name: "tides" });
  await asAda.rest.issues.deleteMilestone({ ...place, milestone_number: 1 });
  await asAda.rest.issues.deleteComment({ ...place, comment_id: comment.id });
  expect((await asAda.rest.issues.listLabelsForRepo(place)).data).toHaveLength(10);
});

test("people and organisations", async () => {
  const { asAda, asGrace, asHedy, ada } = await startWithRepository();
  expect((await asAda.rest.users.getAuthenticated()).data).toMatchObject({ login: "ada", email: null });
  expect((await asAda.rest.users.getByUsername({ username: "GRACE" })).data).toMatchObject({
    login: "grace",
    name: "Grace Sample",
  });
  expect((await asAda.request("GET /user/{account_id}", { account_id: ada.id })).data).toMatchObject({ login: "ada" });
  expect((await asAda.rest.users.listEmailsForAuthenticatedUser()).data).toMatchObject([
    { email: "ada@example.com", primary: true },
  ]);
  expect((await asAda.rest.orgs.get({ org: "acme" })).data.default_repository_permission).toBe("read");
  expect((await asHedy.rest.orgs.get({ org: "acme" })).data.default_repository_permission).toBeUndefined();
  expect((await asGrace.rest.orgs.listMembers({ org: "acme", role: "admin" })).data.map(({ login }) => login)).toEqual([
    "ada",
  ]);
  expect((await statusOf(asGrace.rest.orgs.update({ org: "acme", name: "Ours" })))[0]).toBe(403);
  await asAda.rest.orgs.update({ org: "acme", members_can_create_repositories: false });
  expect((await statusOf(asGrace.rest.repos.createInOrg({ org: "acme", name: "mine" })))[0]).toBe(403);
  await asAda.rest.orgs.setMembershipForUser({ org: "acme", username: "hedy", role: "member" });
  expect((await asAda.rest.orgs.getMembershipForUser({ org: "acme", username: "hedy" })).data).toMatchObject({
    role: "member",
    state: "active",
  });
  expect((await asHedy.rest.orgs.listForAuthenticatedUser()).data).toMatchObject([{ login: "acme" }]);
  expect((await asHedy.rest.orgs.listForUser({ username: "grace" })).data).toMatchObject([{ login: "acme" }]);
  await asAda.rest.orgs.removeMember({ org: "acme", username: "hedy" });
  expect((await statusOf(asAda.rest.orgs.checkMembershipForUser({ org: "acme", username: "hedy" })))[0]).toBe(404);
  expect((await asAda.rest.rateLimit.get()).data.rate.limit).toBe(5000);
});

test("apps: what an installation was granted is all it may do", async () => {
  const sandbox = await startWithRepository();
  const { forge, acme, ada, asAda } = sandbox;
  const permissions = {
    issues: "write",
    pull_requests: "read",
    contents: "read",
    checks: "write",
    members: "read",
  } as const;
  const { app, privateKey } = await registerApp(forge, {
    name: "Helper",
    owner: acme,
    webhookUrl: null,
    permissions,
    events: ["check_run"],
  });
  await asAda.rest.repos.createInOrg({ org: "acme", name: "keys", private: true, auto_init: true });
  const tides = [...forge.state.repositories.values()].filter(({ name }) => name === "tides");
  const installation = await installApp(
    forge,
    { app, account: acme, repositories: tides },
    { account: ada, viaAppId: null },
  );
  const client = new App({ appId: app.id, privateKey, Octokit: Octokit.defaults({ baseUrl: forge.api, log: silent }) });
  expect((await client.octokit.request("GET /orgs/{org}/installation", { org: "acme" })).data.id).toBe(installation.id);
  expect(
    (await client.octokit.request("GET /repos/{owner}/{repo}/installation", place)).data.repository_selection,
  ).toBe("selected");
  expect(
    (
      await statusOf(client.octokit.request("GET /repos/{owner}/{repo}/installation", { owner: "acme", repo: "keys" }))
    )[0],
  ).toBe(404);
  expect((await asAda.request("GET /apps/{app_slug}", { app_slug: "helper" })).data).toMatchObject({
    permissions: { metadata: "read" },
  });
  expect(
    (await client.octokit.request("GET /app/installations/{installation_id}", { installation_id: installation.id }))
      .data.account,
  ).toMatchObject({ login: "acme" });
  const bot = await client.getInstallationOctokit(installation.id);
  expect((await bot.request("GET /installation/repositories")).data).toMatchObject({
    total_count: 1,
    repositories: [{ name: "tides" }],
  });
  expect(await statusOf(bot.request("PUT /repos/{owner}/{repo}/topics", { ...place, names: [] }))).toEqual([
    403,
    "Resource not accessible by integration",
  ]);
  expect((await statusOf(bot.request("GET /repos/{owner}/{repo}", { owner: "acme", repo: "keys" })))[0]).toBe(404);
  expect((await bot.request("GET /orgs/{org}/members", { org: "acme" })).data).toHaveLength(2);
  const { data: branch } = await bot.request("GET /repos/{owner}/{repo}/branches/{branch}", {
    ...place,
    branch: "main",
  });
  const head_sha = branch.commit.sha;
  const { data: run } = await bot.request("POST /repos/{owner}/{repo}/check-runs", {
    ...place,
    name: "credit",
    head_sha,
    status: "in_progress",
  });
  await bot.request("PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}", {
    ...place,
    check_run_id: run.id,
    conclusion: "success",
    output: { title: "All four", summary: "Everybody is there" },
  });
  expect(
    (await bot.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", { ...place, ref: "main" })).data,
  ).toMatchObject({
    total_count: 1,
    check_runs: [{ conclusion: "success", status: "completed", app: { slug: "helper" } }],
  });
  expect(
    (await bot.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", { ...place, check_run_id: run.id })).data
      .output.title,
  ).toBe("All four");
  expect((await statusOf(asAda.rest.checks.create({ ...place, name: "mine", head_sha })))[0]).toBe(403);
  const narrow = await client.octokit.request("POST /app/installations/{installation_id}/access_tokens", {
    installation_id: installation.id,
    permissions: { issues: "read" },
    repositories: ["tides"],
  });
  expect(narrow.data).toMatchObject({
    permissions: { issues: "read", metadata: "read" },
    repository_selection: "selected",
  });
  const reader = new Octokit({ baseUrl: forge.api, auth: narrow.data.token, log: silent });
  expect((await statusOf(reader.rest.issues.create({ ...place, title: "No" })))[0]).toBe(403);
  await reader.rest.apps.revokeInstallationAccessToken();
  expect(await statusOf(reader.rest.issues.listForRepo(place))).toEqual([401, "Bad credentials"]);
  const excessive = { installation_id: installation.id, permissions: { administration: "write" } } as const;
  expect(
    (await statusOf(client.octokit.request("POST /app/installations/{installation_id}/access_tokens", excessive)))[0],
  ).toBe(422);
  await client.octokit.request("PATCH /app/hook/config", { data: { url: "http://127.0.0.1:9/none", secret: "new" } });
  expect((await client.octokit.request("GET /app/hook/config")).data).toMatchObject({
    secret: "********",
    content_type: "json",
  });
  await bot.request("POST /repos/{owner}/{repo}/check-runs", { ...place, name: "again", head_sha });
  await sandbox.settled();
  const { data: deliveries } = await client.octokit.request("GET /app/hook/deliveries");
  expect(deliveries[0]).toMatchObject({ status: "failed to connect to host", status_code: 0, event: "check_run" });
  const delivery_id = Number(deliveries[0]?.id);
  await client.octokit.request("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id });
  await sandbox.settled();
  const { data: again } = await client.octokit.request("GET /app/hook/deliveries", { per_page: 1 });
  expect(again).toMatchObject([{ redelivery: true, guid: deliveries[0]?.guid }]);
  expect(
    (await client.octokit.request("GET /app/hook/deliveries/{delivery_id}", { delivery_id })).data.request.payload,
  ).toMatchObject({ action: "created" });
  await client.octokit.request("PUT /app/installations/{installation_id}/suspended", {
    installation_id: installation.id,
  });
  expect(await statusOf(bot.request("GET /installation/repositories"))).toEqual([
    403,
    "This installation has been suspended",
  ]);
  await client.octokit.request("DELETE /app/installations/{installation_id}/suspended", {
    installation_id: installation.id,
  });
  await client.octokit.request("DELETE /app/installations/{installation_id}", { installation_id: installation.id });
  expect((await statusOf(client.octokit.request("GET /orgs/{org}/installation", { org: "acme" })))[0]).toBe(404);
});
