import { afterAll, expect, test } from "vitest";
import { askForBackfill } from "../../src/app/ask-for-backfill.ts";
import { handleTask } from "../../src/app/handle-task.ts";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { addComment, deleteComment, editComment } from "../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Comment, Issue, PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { readCredits } from "../../src/store/credits.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, grace, hedy, app, installation, quiet, commentsOn, complaints, requests } =
  await startTestApp(afterAll);

// Ada owns the organisation; Grace is a member who can read; Katherine can write; Joan opened the pull request; Hedy
// is a stranger.
const katherine = createPerson(forge, {
  login: "kate-model",
  name: "Katherine Model",
  addresses: ["kate@example.com"],
});
const joan = createPerson(forge, { login: "joan", name: "Joan Figure", addresses: ["joan@example.org"] });
const lovelace = createPerson(forge, {
  login: "Love-Lace-9",
  name: "Lovelace Pattern",
  addresses: ["lovelace@example.com"],
});
let made = 0;

async function makeRepository(settings: { private?: boolean } = {}): Promise<Repository> {
  made += 1;
  const wanted = { owner: acme, name: `harbour-${made}`, autoInit: true, ...settings };
  const repository = await createRepository(forge, wanted, by(ada));
  repository.collaborators.set(katherine, "write");
  return repository;
}

async function propose(repository: Repository, author: Account = joan): Promise<PullRequest> {
  repository.collaborators.set(joan, "write");
  await commitTo(forge, repository, { branch: "topic", author, message: "Count the days" });
  const pull = await openPull(
    forge,
    { repository, title: "Count", body: null, head: "topic", base: "main" },
    by(author),
  );
  repository.collaborators.delete(joan);
  await quiet();
  return pull;
}

/** What came of a comment: the reactions to it, and what was replied. */
async function say(issue: Issue, whom: Account, body: string) {
  const before = issue.comments.length;
  const comment = await addComment(forge, { issue, body }, by(whom));
  await quiet();
  const marker = `<!-- curtain-call:reply ${comment.id} -->`;
  const reply = issue.comments.slice(before).find((one) => one.body.startsWith(marker))?.body ?? null;
  return { comment, reactions: reactionsTo(comment), reply };
}

function reactionsTo({ reactions }: Comment): string[] {
  return reactions.map(({ content }) => content).toSorted();
}

const done = ["eyes", "rocket"];
const refused = ["confused", "eyes"];

async function storedOf({ repository, number, pull }: Issue): Promise<string[]> {
  const subject = { kind: pull === null ? "issue" : "pull request", number } as const;
  const entries = await readCredits(app.deps.database, {
    installationId: installation.id,
    repositoryId: repository.id,
    subject,
  });
  return entries.map(({ person, role, mentees }) => {
    return [person.name, role, ...mentees.map(({ name }) => `of ${name}`)].join(" ");
  });
}

test("a command credits people on a pull request, in their roles, and the comment shows why", async () => {
  const { issue } = await propose(await makeRepository());
  const { comment, reactions, reply } = await say(issue, ada, "/credit @Grace @hedy for review, mentoring");
  expect(reactions).toEqual(done);
  expect(reply).toBeNull();
  const [credit = ""] = commentsOn(issue);
  expect(credit).toContain("[Grace Sample]");
  expect(credit).toMatch(new RegExp(`reviewer, mentor \\| \\[command\\]\\([^)]*#issuecomment-${comment.id}\\)`));
  expect(await storedOf(issue)).toEqual(
    expect.arrayContaining(["Grace Sample reviewer", "Grace Sample mentor", "Hedy Instance mentor"]),
  );
  expect(complaints).toEqual([]);
});

const yes = true;
const no = false;

test.for<
  [who: string, whom: Account, may: { give: boolean; take: boolean }, onIssue: { give: boolean; take: boolean }]
>([
  ["an owner", ada, { give: yes, take: yes }, { give: yes, take: yes }],
  ["whoever can write", katherine, { give: yes, take: yes }, { give: yes, take: yes }],
  ["the author", joan, { give: yes, take: no }, { give: no, take: no }],
  ["whoever can read", grace, { give: no, take: no }, { give: no, take: no }],
  ["a stranger", hedy, { give: no, take: no }, { give: no, take: no }],
])("%s may do what they may, on a pull request and on an issue", async ([, whom, onPull, onIssue]) => {
  const repository = await makeRepository();
  const { issue: pull } = await propose(repository);
  const issue = await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(joan));
  for (const [place, may] of [
    [pull, onPull],
    [issue, onIssue],
  ] as const) {
    await say(place, ada, `/credit @${lovelace.login} for testing`);
    const given = await say(place, whom, `/credit @${lovelace.login} for design`);
    expect(given.reactions).toEqual(may.give ? done : refused);
    expect((await storedOf(place)).includes("Lovelace Pattern design")).toBe(may.give);
    const refusal = /Only people who can write to `acme\/harbour-\d+`.*ref [\dA-Z]{4}-[\dA-Z]{2}/s;
    expect(refusal.test(given.reply ?? "")).toBe(!may.give);
    const taken = await say(place, whom, `/credit remove @${lovelace.login} for testing`);
    expect(taken.reactions).toEqual(may.take ? done : refused);
    expect((await storedOf(place)).includes("Lovelace Pattern tester")).toBe(!may.take);
    const asked = await say(place, whom, "/credit why\n/credit tally\n/credit help");
    expect(asked.reactions).toEqual(done);
    expect(asked.reply).toContain("What you can say here");
  }
});

test("a bot's comment is no command, and nobody is told so", async () => {
  const { issue } = await propose(await makeRepository());
  const bot = [...forge.state.accounts.values()].find(({ type }) => type === "Bot");
  if (bot === undefined) throw new Error("there is no bot");
  const { reactions, reply } = await say(issue, bot, "/credit @hedy for design");
  expect([reactions, reply]).toEqual([[], null]);
});

test("the author of a pull request credits others there and not themself, and nobody on issues", async () => {
  const repository = await makeRepository();
  const { issue: pull } = await propose(repository);
  expect((await say(pull, joan, "/credit @joan for design")).reply).toContain("Yourself you can't credit here");
  const issue = await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(joan));
  expect((await say(issue, joan, "/credit @hedy for testing")).reactions).toEqual(refused);
});

test("several commands in one comment are all carried out, and those that cannot be are told in one reply", async () => {
  const { issue } = await propose(await makeRepository());
  const body =
    "Thank you!\n\n/credit @grace for review\n/credit @hedy for mentorng\n\n/credit @nobody-at-all for design";
  const { reactions, reply } = await say(issue, ada, body);
  expect(reactions).toEqual(refused);
  expect(reply).toContain("I don't know the role `mentorng`. Did you mean `mentor`?");
  expect(reply).toContain("`@nobody-at-all` is no person's account on GitHub");
  expect(reply).toContain("Everything else in your comment was done.");
  expect(await storedOf(issue)).toContain("Grace Sample reviewer");
});

test.for([
  ["code", "`/credit @hedy for design`"],
  ["a block of code", "```\n/credit @hedy for design\n```"],
  ["a quote", "> /credit @hedy for design"],
  ["a list", "- /credit @hedy for design"],
  ["HTML", "<details>\n\n/credit @hedy for design\n\n</details>"],
  ["a hidden comment", "<!--\n/credit @hedy for design\n-->"],
  ["the middle of a line", "Say /credit @hedy for design"],
])("in %s nothing is a command", async ([, body]) => {
  const { issue } = await propose(await makeRepository());
  requests.length = 0;
  const { reactions, reply } = await say(issue, ada, body ?? "");
  expect([reactions, reply]).toEqual([[], null]);
  expect(requests).toEqual([]);
});

test("what was credited can be taken back, a role or all, and everybody can take back their own", async () => {
  const { issue } = await propose(await makeRepository());
  await say(issue, ada, "/credit @hedy @grace for design, review");
  expect((await say(issue, ada, "/credit remove @hedy for design")).reactions).toEqual(done);
  expect(await storedOf(issue)).toContain("Hedy Instance reviewer");
  expect(await storedOf(issue)).not.toContain("Hedy Instance design");
  expect((await say(issue, hedy, "/credit remove @grace")).reactions).toEqual(refused);
  expect((await say(issue, hedy, "/credit remove @hedy")).reactions).toEqual(done);
  expect((await storedOf(issue)).filter((one) => one.startsWith("Hedy"))).toEqual([]);
  expect((await storedOf(issue)).filter((one) => one.startsWith("Grace"))).toHaveLength(2);
});

test("a credit taken back stays so when the pull request changes, and logins count in any casing", async () => {
  const repository = await makeRepository();
  const { issue } = await propose(repository);
  await commitTo(forge, repository, { branch: "topic", author: katherine, message: "And the hours" });
  await quiet();
  expect(await storedOf(issue)).toContain("Katherine Model author");
  expect((await say(issue, ada, "/CREDIT remove @Kate-MODEL for author.")).reactions).toEqual(done);
  await commitTo(forge, repository, { branch: "topic", author: katherine, message: "And the minutes" });
  await quiet();
  expect(await storedOf(issue)).not.toContain("Katherine Model author");
});

test("a mentor's credit names whom they taught, and the tally of each says so", async () => {
  const repository = await makeRepository();
  const pull = await propose(repository);
  expect((await say(pull.issue, ada, "/credit @grace for mentoring @joan")).reactions).toEqual(done);
  expect(await storedOf(pull.issue)).toContain("Grace Sample mentor of Joan Figure");
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  expect((await say(pull.issue, hedy, "/credit tally @grace")).reply).toMatch(
    /Taught \[Joan Figure\]\(.*\/joan\) \(since \d{4}-\d\d-\d\d, in 1 piece of work\)/,
  );
  expect((await say(pull.issue, hedy, "/credit tally @joan")).reply).toContain("Taught by [Grace Sample]");
});

test("everybody may ask why, for the tally and for help", async () => {
  const repository = await makeRepository();
  const pull = await propose(repository);
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  await askForBackfill(app.deps, place);
  await say(pull.issue, ada, "/credit @grace for review");
  expect((await say(pull.issue, hedy, "/credit why @grace")).reply).toMatch(
    /Grace Sample.* \| reviewer \| \[command\]/,
  );
  expect((await say(pull.issue, hedy, "/credit why")).reply).toContain("Joan Figure");
  expect((await say(pull.issue, hedy, "/credit why @hedy")).reply).toContain("has no credit here");
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  const tally = (await say(pull.issue, hedy, "/credit tally")).reply;
  // Ada made the repository, and with it its first commit.
  expect(tally).toContain("2 pull requests, commits and issues, by 3 people");
  expect(tally).toMatch(/\[Joan Figure\]\(.*\) \| 1 \| author 1 \| \d{4}/);
  const help = await say(pull.issue, hedy, "/credit");
  expect(help.reactions).toEqual(done);
  expect(help.reply).toContain("`/credit @grace for mentoring @ada`");
  // Nothing that the app says is a command, so that it never answers itself.
  for (const body of commentsOn(pull.issue)) expect(body).not.toMatch(/^\/credit/m);
});

test("a private repository's work is told inside it alone", async () => {
  const hidden = await makeRepository({ private: true });
  const secret = await propose(hidden, katherine);
  await mergePull(forge, { pull: secret, method: "squash" }, by(ada));
  const open = await propose(await makeRepository(), katherine);
  await quiet();
  expect((await say(secret.issue, katherine, "/credit tally @kate-model")).reply).toContain("1 pull request");
  expect((await say(open.issue, hedy, "/credit tally @kate-model")).reply).toContain("Nothing of");
});

test("whoever says never-me is in no comment and no tally from then on, there and elsewhere", async () => {
  const shy = createPerson(forge, { login: "shy", name: "Shy Pattern", addresses: ["shy@example.com"] });
  const here = await propose(await makeRepository());
  const elsewhere = await propose(await makeRepository());
  await say(here.issue, ada, "/credit @shy for review");
  await say(elsewhere.issue, ada, "/credit @shy for review");
  expect(commentsOn(elsewhere.issue)[0]).toContain("Shy Pattern");
  expect((await say(here.issue, shy, "/credit never-me")).reactions).toEqual(done);
  expect(commentsOn(here.issue)[0]).not.toContain("Shy Pattern");
  expect(commentsOn(elsewhere.issue)[0]).not.toContain("Shy Pattern");
  expect((await say(here.issue, ada, "/credit @shy for design")).reply).toContain("asked not to be listed here");
  await mergePull(forge, { pull: here, method: "squash" }, by(ada));
  await quiet();
  expect((await say(here.issue, hedy, "/credit tally")).reply).not.toContain("Shy Pattern");
});

test("whoever says forget-me is deleted, and no push brings them back", async () => {
  const repository = await makeRepository();
  const lamarr = createPerson(forge, { login: "lamarr", name: "Lamarr Pattern", addresses: ["lamarr@example.com"] });
  const { issue } = await propose(repository);
  await commitTo(forge, repository, { branch: "topic", author: lamarr, message: "Chart the shoals" });
  await quiet();
  expect(await storedOf(issue)).toContain("Lamarr Pattern author");
  expect((await say(issue, lamarr, "/credit forget-me")).reactions).toEqual(done);
  expect(commentsOn(issue)[0] ?? "").not.toContain("Lamarr Pattern");
  await commitTo(forge, repository, { branch: "topic", author: lamarr, message: "And the reefs" });
  await quiet();
  expect(await storedOf(issue)).not.toContain("Lamarr Pattern author");
  for (const table of ["credits", "people", "addresses", "corrections"] as const) {
    const rows = await app.deps.database.query.selectFrom(table).selectAll().execute();
    expect(JSON.stringify(rows).toLowerCase()).not.toContain("lamarr");
  }
});

test("on an issue a command credits people for it, and counts at once", async () => {
  const repository = await makeRepository();
  const issue = await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(joan));
  expect((await say(issue, ada, "/credit @hedy for testing")).reactions).toEqual(done);
  expect(await storedOf(issue)).toEqual(["Hedy Instance tester"]);
  expect((await say(issue, grace, "/credit why")).reply).toContain("| tester | [command]");
});

test("an edit makes no command, and a comment that is gone none either", async () => {
  const { issue } = await propose(await makeRepository());
  const { comment } = await say(issue, ada, "Well done, @hedy");
  await editComment(forge, { comment, body: "/credit @hedy for design" }, by(ada));
  await quiet();
  expect(reactionsTo(comment)).toEqual([]);

  const gone = await addComment(forge, { issue, body: "/credit @hedy for design" }, by(ada));
  await deleteComment(forge, gone, by(ada));
  await quiet();
  expect(await storedOf(issue)).not.toContain("Hedy Instance design");
});

test("words put into another's mouth are no commands of theirs", async () => {
  const { issue } = await propose(await makeRepository());
  const theirs = await addComment(forge, { issue, body: "/credit help" }, by(ada));
  // Whoever can write can change what others said, and would have their rights.
  theirs.body = "/credit @hedy for design";
  theirs.edited = { at: forge.clock(), by: katherine };
  await quiet();
  expect(reactionsTo(theirs)).toEqual(refused);
  expect(commentsOn(issue).at(-1)).toContain("Somebody else has changed this comment");
  expect(await storedOf(issue)).not.toContain("Hedy Instance design");
});

test("a command that is delivered twice is carried out once, with one reply", async () => {
  const { issue } = await propose(await makeRepository());
  const { comment, reply } = await say(issue, ada, "/credit why");
  const { repository, number } = issue;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  const { id: commentId, nodeId } = comment;
  await app.deps.enqueue({
    kind: "comment",
    ...place,
    number,
    isPullRequest: true,
    commentId,
    nodeId,
    mayCommand: true,
  });
  await quiet();
  const marker = `<!-- curtain-call:reply ${commentId} -->`;
  expect(issue.comments.filter(({ body }) => body.startsWith(marker)).map(({ body }) => body)).toEqual([reply]);
  expect(complaints).toEqual([]);
});

function fail(): never {
  throw new Error("the key is gone");
}

test("a command that fails on our side, again and again, is told of with a reference", async () => {
  const { issue } = await propose(await makeRepository());
  const comment = await addComment(forge, { issue, body: "Well done" }, by(ada));
  await quiet();
  comment.body = "/credit @hedy for design";
  const { repository, number } = issue;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  const { id: commentId, nodeId } = comment;
  const task = { kind: "comment", ...place, number, isPullRequest: true, commentId, nodeId, mayCommand: true } as const;
  const broken = { ...app.deps, hash: { address: fail, account: fail } };
  const attempt = { isLastTry: false, reference: "8K3F-2M" };
  await expect(handleTask(broken, task, attempt)).rejects.toThrow("the key is gone");
  expect(reactionsTo(comment)).toEqual(["eyes"]);
  await expect(handleTask(broken, task, { ...attempt, isLastTry: true })).rejects.toThrow("the key is gone");
  await quiet();
  expect(reactionsTo(comment)).toEqual(refused);
  expect(commentsOn(issue).at(-1)).toMatch(/something went wrong on our side.*ref 8K3F-2M/s);
});
