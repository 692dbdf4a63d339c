import { expect, onTestFinished, test } from "vitest";
import type { CommitFacts } from "../../src/domain/credit/pull-request-facts.ts";
import { InstallationGone, InstallationSuspended, MissingPermission } from "../../src/github/errors.ts";
import type { GitHubClient } from "../../src/github/github-client.ts";
import { readFileFromRepository } from "../../src/github/read-file-from-repository.ts";
import { type PullRequestWish, readPullRequest } from "../../src/github/read-pull-request.ts";
import { createBot, deletePerson } from "../../src/sandbox/actions/accounts.ts";
import { deleteInstallation, setSuspended } from "../../src/sandbox/actions/apps.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import { gitDirectory } from "../../src/sandbox/forge.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { tellStory } from "../../src/sandbox/story/tell-story.ts";
import { by, makePull } from "../support/graphql-sandbox.ts";
import { makeGitHub } from "../support/make-github.ts";
import { git } from "../support/repository.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const marker = "<!-- curtain-call:credit";
const configurationPath = ".github/curtain-call.yml";

/** A sandbox with one repository, private or not, and the app. */
async function makeTides({ isPrivate = false } = {}) {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada } = sandbox;
  const repository = await createRepository(
    forge,
    { owner: acme, name: "tides", autoInit: true, private: isPrivate },
    by(ada),
  );
  return { ...sandbox, repository, ...(await makeGitHub(sandbox)) };
}

async function read(client: GitHubClient, number: number, wish: Partial<PullRequestWish> = {}) {
  const reading = await readPullRequest(client, { owner: "acme", name: "tides", number, marker, ...wish });
  if (reading === null) throw new Error(`there is no pull request ${number}`);
  return reading;
}

function subjects(commits: readonly CommitFacts[] | undefined): (string | undefined)[] | undefined {
  return commits?.map(({ message }) => message.split("\n")[0]);
}

test("the story's pull request is told word for word, in one query", async () => {
  const sandbox = await startSandbox({ port: 0, dataFolder: null });
  onTestFinished(sandbox.close);
  const { forge } = sandbox;
  const story = await tellStory(forge);
  const { client, told } = await makeGitHub({ forge, acme: story.organization, ada: story.owner });
  const web = `${forge.web}/tidewater/tides`;
  const [tides] = story.repositories;
  const wish = { owner: "tidewater", name: "tides", configurationPath, wantsFiles: true };
  const { facts, configuration, withheld } = await read(client(), 5, wish);
  const ada = { id: 101, login: "ada", kind: "person" };
  const grace = { id: 102, login: "grace", kind: "person" };
  const sha = expect.stringMatching(/^[\da-f]{40}$/);
  const commit = (message: string, ...authors: object[]) => ({
    sha,
    url: expect.stringMatching(/\/tidewater\/tides\/commit\/[\da-f]{40}$/),
    message,
    parents: 1,
    authors,
  });
  const adaAuthor = { name: "Ada Example", address: "ada@example.com", account: ada };
  expect(facts).toEqual({
    repository: {
      id: tides?.id,
      owner: "tidewater",
      name: "tides",
      isPrivate: false,
      url: web,
      defaultBranch: "main",
      squashTitle: "COMMIT_OR_PR_TITLE",
      squashMessage: "COMMIT_MESSAGES",
      allows: { merge: true, squash: true, rebase: true },
      mergedPullRequests: 1,
    },
    number: 5,
    title: "Count a day by the calendar",
    body: story.pullRequest.issue.body,
    url: `${web}/pull/5`,
    author: { ...ada, name: "Ada Example" },
    state: "open",
    superseded: [],
    isDraft: false,
    baseBranch: "main",
    isInMergeQueue: false,
    commits: [
      commit("Let a day last from midnight to midnight", adaAuthor),
      commit("Test the days on which the clocks change", {
        name: "Grace Sample",
        address: "grace@example.org",
        account: grace,
      }),
      commit(
        "Say which of two equal hours is meant\n\nCo-authored-by: Joan Figure <joan.figure@example.com>",
        adaAuthor,
        { name: "Joan Figure", address: "joan.figure@example.com", account: null },
      ),
    ],
    reviews: [
      {
        author: { id: 103, login: "katherine", kind: "person", name: "Katherine Model" },
        state: "approved",
        url: expect.stringContaining(`${web}/pull/5#pullrequestreview-`),
        submittedAt: expect.any(Date),
      },
      // Ada's answer to a remark of Katherine's is a review to GitHub.
      expect.objectContaining({ author: { ...ada, name: "Ada Example" }, state: "commented" }),
    ],
    closingIssues: [
      {
        number: 3,
        title: "The last low water of 25 October is missing",
        url: `${web}/issues/3`,
        author: { id: 104, login: "hedy", kind: "person", name: "Hedy Instance" },
        labels: ["bug"],
      },
    ],
    comments: [],
    files: ["tests/test_day.py", "tests/test_table.py", "tides/day.py", "tides/serve.py"],
    proposedSquash: {
      title: "Count a day by the calendar (#5)",
      body: expect.stringMatching(
        /---------\n\nCo-authored-by: Grace Sample <grace@example\.org>\nCo-authored-by: Joan/,
      ),
    },
    landed: null,
    ownComment: null,
  });
  expect(configuration).toEqual({ repository: null, organization: null, proposed: null });
  expect([...withheld]).toEqual([]);
  expect(told()).toEqual(["query"]);
});

test("the configuration comes along: the repository's, the organisation's, and the one that is proposed", async () => {
  const { forge, acme, ada, repository, client, told } = await makeTides();
  const shared = await createRepository(forge, { owner: acme, name: ".github", autoInit: true }, by(ada));
  const write = (where: typeof shared, branch: string, text: string) =>
    writeFiles(
      forge,
      {
        repository: where,
        branch,
        files: [{ path: configurationPath, mode: "100644", content: Buffer.from(text) }],
        message: "Configure",
      },
      by(ada),
    );
  await write(shared, "main", "credit: {}\n");
  await write(repository, "main", "credit:\n  comment: always\n");
  const { issue } = await makePull(forge, { repository, author: ada, commits: ["Note tides"] });
  await write(repository, "high-water", "credit: [\n");
  const { configuration, facts, head } = await read(client(), issue.number, { configurationPath });
  expect(configuration).toEqual({
    repository: "credit:\n  comment: always\n",
    organization: "credit: {}\n",
    proposed: "credit: [\n",
  });
  expect(head).toBe(facts.commits.at(-1)?.sha);
  expect(told()).toEqual(["query"]);
  const templatePaths = { comment: configurationPath, check: "README.md" };
  const { templates } = await read(client(), issue.number, { templatePaths });
  expect(templates.comment).toEqual(configuration);
  expect(templates.check.repository).toMatch(/^# tides/);
  const file = { owner: "acme", name: "tides", path: configurationPath };
  expect(await readFileFromRepository(client(), file)).toBe("credit:\n  comment: always\n");
  expect(await readFileFromRepository(client(), { ...file, ref: "high-water" })).toBe("credit: [\n");
  expect(await readFileFromRepository(client(), { ...file, path: "no/such.file" })).toBeNull();
});

test("a hundred and fifty commits and a hundred and twenty reviews come whole and in order, in three queries", async () => {
  const { forge, ada, grace, repository, client, told } = await makeTides();
  const commits = Array.from({ length: 150 }, (_, index) => `Note tide ${index}`);
  const stream = commits.map((message, index) => {
    const committer = `Ada Example <ada@example.com> ${1_700_000_000 + index} +0000`;
    const start = index === 0 ? "from refs/heads/main^0\n" : "";
    return `commit refs/heads/long\ncommitter ${committer}\ndata ${message.length}\n${message}\n${start}`;
  });
  git(gitDirectory(forge, repository), ["fast-import", "--quiet"], stream.join("\n"));
  const pull = await openPull(
    forge,
    { repository, title: "Note tides", body: null, head: "long", base: "main" },
    by(ada),
  );
  for (let count = 0; count < 120; count += 1) {
    await addReview(forge, { pull, body: `Look ${count}`, verdict: "COMMENT" }, by(grace));
  }
  const { facts } = await read(client(), pull.issue.number);
  expect(subjects(facts.commits)).toEqual(commits);
  expect(facts.reviews).toHaveLength(120);
  expect(new Set(facts.reviews.map(({ url }) => url)).size).toBe(120);
  expect(told()).toEqual(["query", "query", "query"]);
});

test("a commit of many people names them all", async () => {
  const { forge, ada, repository, client } = await makeTides();
  const names = Array.from({ length: 130 }, (_, index) => `Person ${index}`);
  const trailers = names.map((name, index) => `Co-authored-by: ${name} <person${index}@example.com>`).join("\n");
  const { issue } = await makePull(forge, { repository, author: ada, commits: [`Note tides\n\n${trailers}`] });
  const { facts } = await read(client(), issue.number);
  expect(facts.commits[0]?.authors.map(({ name }) => name)).toEqual(["Ada Example", ...names]);
});

test("whoever is deleted is nobody, and a bot keeps the ending of its login", async () => {
  const { forge, ada, grace, hedy, repository, client } = await makeTides();
  const bot = createBot(forge, "gauge-keeper[bot]");
  const issue = await openIssue(forge, { repository, title: "No water", body: "At all." }, by(bot));
  const pull = await makePull(forge, {
    repository,
    author: grace,
    commits: ["Note tides"],
    body: `Fixes #${issue.number}`,
  });
  await addReview(forge, { pull, body: "Good", verdict: "APPROVE" }, by(hedy));
  await addComment(forge, { issue: pull.issue, body: "Thank you" }, by(ada));
  await addComment(forge, { issue: pull.issue, body: "Beep" }, by(bot));
  deletePerson(forge, grace);
  deletePerson(forge, hedy);
  const { facts } = await read(client(), pull.issue.number, { wantsComments: true });
  expect(facts.author).toBeNull();
  expect(facts.commits[0]?.authors[0]).toEqual({ name: "Grace Sample", address: "grace@example.org", account: null });
  expect(facts.reviews).toMatchObject([{ author: null, state: "approved" }]);
  expect(facts.closingIssues[0]?.author).toEqual({ id: bot.id, login: "gauge-keeper[bot]", kind: "bot" });
  expect(facts.comments).toMatchObject([{ author: { login: "ada" } }]);
});

test("the app's own comment is found by its marker, however long the conversation, and nobody else's is taken for it", async () => {
  const { forge, app, ada, repository, client, told } = await makeTides();
  const { issue } = await makePull(forge, { repository, author: ada, commits: ["Note tides"] });
  await addComment(forge, { issue, body: `${marker} v1 -->\nMine, says Ada` }, by(ada));
  for (let count = 0; count < 100; count += 1) await addComment(forge, { issue, body: `Tide ${count}` }, by(ada));
  const bot = { account: app.bot, viaAppId: app.id };
  await addComment(forge, { issue, body: "A plan" }, bot);
  const own = await addComment(forge, { issue, body: `${marker} v1 -->\n### Credit` }, bot);
  const { facts } = await read(client(), issue.number);
  expect(facts.ownComment).toMatchObject({ id: own.id, nodeId: own.nodeId, body: own.body });
  expect(facts.comments).toEqual([]);
  expect(told()).toEqual(["query", "query"]);
});

test("a squash and a merge commit land alone, a rebase with all its commits", async () => {
  const { forge, ada, grace, repository, client, told } = await makeTides();
  repository.collaborators.set(grace, "write");
  const land = async (method: "squash" | "merge" | "rebase", branch: string) => {
    const commits = [`First of ${branch}`, `Second of ${branch}\n\nCo-authored-by: Grace Sample <grace@example.org>`];
    const pull = await makePull(forge, { repository, author: ada, commits, branch, title: `Add ${branch}` });
    await mergePull(forge, { pull, method }, by(grace));
    const { facts } = await read(client(), pull.issue.number);
    expect(facts).toMatchObject({ state: "merged", landed: { by: { login: "grace" }, at: expect.any(Date) } });
    expect(subjects(facts.commits)).toEqual([`First of ${branch}`, `Second of ${branch}`]);
    return facts.landed?.commits;
  };
  const squashed = await land("squash", "high");
  expect(subjects(squashed)).toEqual(["Add high (#1)"]);
  expect(squashed?.[0]?.authors.map(({ name }) => name)).toEqual(["Ada Example", "Grace Sample"]);
  expect(told()).toEqual(["query"]);
  const merged = await land("merge", "low");
  expect(subjects(merged)).toEqual(["Merge pull request #2 from acme/low"]);
  expect(merged?.[0]?.parents).toBe(2);
  expect(told()).toEqual(["query"]);
  const rebased = await land("rebase", "ebb");
  expect(subjects(rebased)).toEqual(["First of ebb", "Second of ebb"]);
  expect(told()).toEqual(["query", "query"]);
});

test("a private repository is read with permission, and what is withheld for lack of one is named", async () => {
  const { forge, ada, hedy, repository, client } = await makeTides({ isPrivate: true });
  repository.collaborators.set(hedy, "read");
  const issue = await openIssue(forge, { repository, title: "No water", body: "At all." }, by(hedy));
  const pull = await makePull(forge, { repository, author: ada, commits: ["Note"], body: `Fixes #${issue.number}` });
  const { number } = pull.issue;
  const whole = await read(client(), number);
  expect(whole.facts).toMatchObject({
    repository: { isPrivate: true },
    closingIssues: [{ author: { login: "hedy" } }],
  });
  const less = await read(client({ contents: "read", pull_requests: "write" }), number);
  expect(less.facts.closingIssues).toEqual([]);
  expect([...less.withheld]).toEqual(["closing issues"]);
  await expect(read(client({ issues: "read" }), number)).rejects.toThrow(MissingPermission);
});

test("what is not there, or not for this installation, is null", async () => {
  const { forge, hedy, client } = await makeTides();
  const other = await createRepository(forge, { owner: hedy, name: "secret", private: true, autoInit: true }, by(hedy));
  const { issue } = await makePull(forge, { repository: other, author: hedy, commits: ["Hide"] });
  const wish = { owner: "acme", name: "tides", number: 99, marker };
  expect(await readPullRequest(client(), wish)).toBeNull();
  expect(await readPullRequest(client(), { ...wish, owner: "hedy", name: "secret", number: issue.number })).toBeNull();
});

test("a permission that was never granted is named before anything is read", async () => {
  const sandbox = await startTestSandbox();
  const { client } = await makeGitHub(sandbox, { granted: { contents: "read", pull_requests: "write" } });
  const error = await client()
    .query("{ viewer { login } }", {})
    .catch((refused: unknown) => refused);
  expect(error).toBeInstanceOf(MissingPermission);
  expect(error).toMatchObject({ permissions: ["issues: write", "checks: write"] });
});

test("an installation that is suspended or removed is known by its own error, tokens of before or not", async () => {
  const { forge, ada, installation, client, octokitFor } = await makeTides();
  const ask = (): Promise<unknown> => client().query("{ viewer { login } }", {});
  await ask();
  await setSuspended(forge, { installation, suspended: true }, by(ada));
  await expect(ask()).rejects.toThrow(InstallationSuspended);
  await expect(client({ contents: "read" }).query("{ viewer { login } }", {})).rejects.toThrow(InstallationSuspended);
  await setSuspended(forge, { installation, suspended: false }, by(ada));
  await ask();
  await deleteInstallation(forge, installation, by(ada));
  await expect(ask()).rejects.toThrow(InstallationGone);
  const stranger = octokitFor(1, { permissions: { contents: "read" } });
  await expect(stranger.query("{ viewer { login } }", {})).rejects.toThrow(InstallationGone);
});
