import { afterAll, expect, test } from "vitest";
import { createPerson, deletePerson, renameAccount } from "../../src/sandbox/actions/accounts.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { deleteRepository } from "../../src/sandbox/actions/delete-repository.ts";
import { closeIssue, editIssue, reopenIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull, setDraft } from "../../src/sandbox/actions/pulls.ts";
import { createRepository, forkRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import { gitDirectory } from "../../src/sandbox/forge.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { MergeSettings, Repository } from "../../src/sandbox/model/repository.ts";
import { readCredits } from "../../src/store/credits.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { git } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, hedy, app, installation, quiet, commentsOn, complaints, requests } =
  await startTestApp(afterAll);

const graceToo = "Co-authored-by: Grace Sample <grace@example.org>";
const together = `Count the days\n\n${graceToo}`;

function makeRepository(name: string, merging: Partial<MergeSettings> = {}): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true, merging }, by(ada));
}

/** Ada's pull request of a branch with her commits. */
async function propose(
  repository: Repository,
  { commits, body = null }: { commits: readonly string[]; body?: string | null },
): Promise<PullRequest> {
  for (const message of commits) await commitTo(forge, repository, { branch: "topic", author: ada, message });
  return openPull(forge, { repository, title: "Count by the calendar", body, head: "topic", base: "main" }, by(ada));
}

/** The one comment on a pull request, once the app has answered all that happened. */
async function commentOn({ issue }: PullRequest): Promise<string> {
  await quiet();
  const comments = commentsOn(issue);
  expect(comments).toHaveLength(1);
  expect(complaints).toEqual([]);
  return comments[0] ?? "";
}

/** Who is stored with what, as in `Ada Example author landed`. */
async function storedOf({ issue: { repository, number } }: PullRequest): Promise<string[]> {
  const subject = { kind: "pull request", number } as const;
  const key = { installationId: installation.id, repositoryId: repository.id, subject };
  const credits = await readCredits(app.deps.database, key);
  return credits.map(({ person: { name }, role, state }) => `${name} ${role} ${state}`).toSorted();
}

/** What was asked of GitHub since the last time. */
async function askedFor(): Promise<string[]> {
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

const bothPromised = ["Ada Example author promised", "Grace Sample co-author promised"];
const bothLanded = ["Ada Example author landed", "Grace Sample co-author landed"];

test.for(["COMMIT_MESSAGES", "PR_BODY", "BLANK"] as const)(
  "a squash whose message is %s keeps both, as was foreseen",
  async (squashMessage) => {
    const repository = await makeRepository(`squash-${squashMessage.toLowerCase()}`, { squashMessage });
    const pull = await propose(repository, { commits: [together, "And the hours"] });
    expect(await commentOn(pull)).not.toContain("would be missing");
    expect(await storedOf(pull)).toEqual(bothPromised);
    await mergePull(forge, { pull, method: "squash" }, by(ada));
    const comment = await commentOn(pull);
    expect(comment).toContain(`Merged as [\`${pull.merged?.commit.slice(0, 7)}\`]`);
    expect(comment).not.toContain("left out");
    expect(comment).not.toContain("ready to paste");
    expect(await storedOf(pull)).toEqual(bothLanded);
  },
);

test.for(["merge", "rebase"] as const)("by a %s both land with their commits", async (method) => {
  const pull = await propose(await makeRepository(`by-${method}`), { commits: ["Begin", together, "And the hours"] });
  await mergePull(forge, { pull, method }, by(ada));
  expect(await commentOn(pull)).toContain("All 2 are credited.");
  expect(await storedOf(pull)).toEqual(bothLanded);
});

test("whom the settings leave out is foreseen, and named after the merge", async () => {
  const repository = await makeRepository("blank", { squashMessage: "BLANK" });
  const reported = "Count the days\n\nReported-by: Grace Sample <grace@example.org>";
  const pull = await propose(repository, { commits: [reported, "And the hours"] });
  expect(await commentOn(pull)).toContain("**1 of 2 would be missing from the commit that lands");
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  expect(await commentOn(pull)).toContain("The squash left out ");
  expect(await storedOf(pull)).toEqual(["Ada Example author landed", "Grace Sample reporter lost"]);
});

test("whom an edited message leaves out is named, and stays in the ledger", async () => {
  const pull = await propose(await makeRepository("edited"), { commits: [together] });
  await mergePull(forge, { pull, method: "squash", message: "Nobody else was here" }, by(ada));
  const comment = await commentOn(pull);
  expect(comment).toContain(`The squash left out [Grace Sample](${forge.web}/grace)`);
  expect(await storedOf(pull)).toEqual(["Ada Example author landed", "Grace Sample co-author lost"]);
});

test("closed, reopened, a draft and ready again: the comment stays one, and nothing has landed", async () => {
  const pull = await propose(await makeRepository("undecided"), { commits: [together] });
  expect(await commentOn(pull)).toContain("ready to paste");
  await closeIssue(forge, { issue: pull.issue }, by(ada));
  const closed = await commentOn(pull);
  expect(closed).not.toMatch(/ready to paste|Merged as/);
  expect(await storedOf(pull)).toEqual(bothPromised);
  await reopenIssue(forge, pull.issue, by(ada));
  const reopened = await commentOn(pull);
  expect(reopened).toContain("ready to paste");
  for (const draft of [true, false]) {
    await setDraft(forge, { pull, draft }, by(ada));
    expect(await commentOn(pull)).toBe(reopened);
  }
});

test("a head that is pushed over takes back whose commits are gone", async () => {
  const repository = await makeRepository("pushed-over");
  await commitTo(forge, repository, { branch: "topic", author: ada, message: "Alone" });
  const alone = await tipOf(forge, repository, "topic");
  const pull = await propose(repository, { commits: [together] });
  expect(await commentOn(pull)).toContain("Grace Sample");
  const ref = "refs/heads/topic";
  const changes = [{ ref, from: await tipOf(forge, repository, "topic"), to: alone }];
  await changeRefs(forge, { repository, changes }, by(ada));
  expect(await commentOn(pull)).not.toContain("Grace Sample");
  expect(await storedOf(pull)).toEqual(["Ada Example author promised"]);
});

test("a fork's pull request is credited, and stays so after the fork is deleted", async () => {
  const repository = await makeRepository("forked");
  const fork = await forkRepository(forge, { repository, owner: hedy, name: "forked" }, by(hedy));
  await commitTo(forge, fork, { branch: "topic", author: hedy, message: together });
  const wanted = { repository, headRepository: fork, title: "From afar", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(hedy));
  expect(await commentOn(pull)).toContain("Hedy Instance");
  await deleteRepository(forge, fork, by(hedy));
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  expect(await commentOn(pull)).toContain("All 2 are credited.");
  expect(await storedOf(pull)).toEqual(["Grace Sample co-author landed", "Hedy Instance author landed"]);
});

test("who has another login is shown by it, and who deleted the account by name", async () => {
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  const joan = createPerson(forge, { login: "joan", name: "Joan Specimen", addresses: ["joan@example.org"] });
  const repository = await makeRepository("renamed");
  for (const author of [mary, joan]) {
    await commitTo(forge, repository, { branch: "topic", author, message: `By ${author.login}` });
  }
  const pull = await propose(repository, { commits: ["By ada"] });
  expect(await commentOn(pull)).toContain(`(${forge.web}/mary)`);
  await renameAccount(forge, mary, "mary-again");
  deletePerson(forge, joan);
  await editIssue(forge, { issue: pull.issue, body: "Look again" }, by(ada));
  const comment = await commentOn(pull);
  expect(comment).toContain(`(${forge.web}/mary-again)`);
  expect(comment).not.toContain(`(${forge.web}/joan)`);
  expect(comment).toContain("Joan Specimen");
  expect(await storedOf(pull)).toHaveLength(3);
});

test("whose account is gone before the pull request is merged does not stop it", async () => {
  const nell = createPerson(forge, { login: "nell", name: "Nell Pattern", addresses: ["nell@example.com"] });
  const repository = await makeRepository("author-gone");
  await commitTo(forge, repository, { branch: "topic", author: nell, message: together });
  const wanted = { repository, title: "The last of mine", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(nell));
  await quiet();
  deletePerson(forge, nell);
  await mergePull(forge, { pull, method: "merge" }, by(ada));
  const comment = await commentOn(pull);
  expect(comment).toContain("Nell Pattern");
  expect(comment).not.toContain("/nell)");
  expect(await storedOf(pull)).toEqual(["Grace Sample co-author landed", "Nell Pattern author landed"]);
});

test("a base branch that moves brings nobody in", async () => {
  const repository = await makeRepository("moving");
  const pull = await propose(repository, { commits: [together] });
  const before = await commentOn(pull);
  await commitTo(forge, repository, { branch: "main", author: hedy, message: "Meanwhile" });
  await editIssue(forge, { issue: pull.issue, body: "Look again" }, by(ada));
  expect(await commentOn(pull)).toBe(before);
  await mergePull(forge, { pull, method: "rebase" }, by(ada));
  expect(await commentOn(pull)).toContain("All 2 are credited.");
  expect(await storedOf(pull)).toEqual(bothLanded);
});

test("150 commits by twelve people and 120 reviews by ten credit them all, and cost a query for each fifty", async () => {
  const repository = await makeRepository("crowd");
  const crowd = Array.from({ length: 12 }, (_, index) => {
    const login = `person-${index}`;
    return createPerson(forge, { login, name: `Person ${index}`, addresses: [`${login}@example.com`] });
  });
  const stream = Array.from({ length: 150 }, (_, index) => {
    const author = `Person <person-${index % crowd.length}@example.com> ${1_700_000_000 + index} +0000`;
    const start = index === 0 ? "from refs/heads/main^0\n" : "";
    return `commit refs/heads/topic\nauthor ${author}\ncommitter ${author}\ndata 4\nStep\n${start}`;
  });
  git(gitDirectory(forge, repository), ["fast-import", "--quiet"], stream.join("\n"));
  const wanted = { repository, title: "Together", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(ada));
  const reviewers = Array.from({ length: 10 }, (_, index) => {
    const login = `reviewer-${index}`;
    return createPerson(forge, { login, name: `Reviewer ${index}`, addresses: [`${login}@example.com`] });
  });
  for (let index = 0; index < 120; index += 1) {
    await addReview(forge, { pull, body: `Look ${index}`, verdict: "COMMENT" }, by(reviewers[index % 10] ?? ada));
  }
  const comment = await commentOn(pull);
  for (const { login } of [...crowd, ...reviewers]) expect(comment).toContain(`(${forge.web}/${login})`);
  await askedFor();
  await editIssue(forge, { issue: pull.issue, body: "Only words" }, by(ada));
  expect(await askedFor()).toEqual(["POST /graphql", "POST /graphql", "POST /graphql"]);
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  expect(await commentOn(pull)).toContain("All 22 are credited.");
  expect((await storedOf(pull)).filter((credit) => credit.endsWith(" landed"))).toHaveLength(22);
});

test("an update costs one read and at most one write; what changes nothing costs no write", async () => {
  const repository = await makeRepository("thrifty");
  const pull = await propose(repository, { commits: [together] });
  await commentOn(pull);
  await askedFor();
  await commitTo(forge, repository, { branch: "topic", author: hedy, message: "Help" });
  expect(await askedFor()).toEqual(["POST /graphql", "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}"]);
  await editIssue(forge, { issue: pull.issue, body: "Only words" }, by(ada));
  expect(await askedFor()).toEqual(["POST /graphql"]);
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  // A merge is a push to the default branch as well, which may change the settings: one more query.
  expect((await askedFor()).toSorted()).toEqual([
    "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
    "POST /graphql",
    "POST /graphql",
  ]);
});
