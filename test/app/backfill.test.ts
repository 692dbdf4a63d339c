import { afterAll, expect, test } from "vitest";
import { askForBackfill } from "../../src/app/ask-for-backfill.ts";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import type { Database } from "../../src/store/open-database.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startSecondApp } from "../support/start-second-app.ts";
import { startTestApp } from "../support/start-test-app.ts";

const live = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, quiet } = live;

const methods = ["merge", "squash", "rebase"] as const;

function makeRepository(name: string, settings: { private?: boolean; autoInit?: boolean } = {}): Promise<Repository> {
  return createRepository(forge, { owner: acme, name, autoInit: true, ...settings }, by(ada));
}

async function propose(
  repository: Repository,
  { author, messages, number }: { author: Account; messages: readonly string[]; number: number },
) {
  const head = `topic-${number}`;
  for (const message of messages) await commitTo(forge, repository, { branch: head, author, message });
  const issue = await openIssue(forge, { repository, title: `Off by ${number}`, body: null }, by(hedy));
  const body = `Closes #${issue.number}`;
  const pull = await openPull(forge, { repository, title: `Count ${number}`, body, head, base: "main" }, by(author));
  await addReview(forge, { pull, body: "Good", verdict: "APPROVE" }, by(author === grace ? ada : grace));
  return pull;
}

/** Pull requests of each method, and commits by none between them. */
async function fill(repository: Repository, count: number): Promise<string[]> {
  const direct: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const author = [ada, grace][number % 2] ?? ada;
    const messages = [
      `Count ${number}\n\nCo-authored-by: Hedy Instance <hedy@example.com>\nReported-by: Joan Figure <joan@example.org>`,
      `Count ${number} again\n\nMentored-by: Ada Example <ada@example.com>`,
    ];
    const pull = await propose(repository, { author, messages: messages.slice(0, 1 + (number % 2)), number });
    await mergePull(forge, { pull, method: methods[number % 3] ?? "merge" }, by(ada));
    if (number % 4 > 0) continue;
    const message = `On its own ${number}\n\nHelped-by: Mary Model <mary@example.com>`;
    direct.push(await commitTo(forge, repository, { branch: "main", author: hedy, message }));
  }
  return direct;
}

/** What the ledger says about a repository's pull requests. */
async function rowsOf({ query }: Database, repository: Repository) {
  const ofRepository = (table: "credits" | "mentorships") =>
    query
      .selectFrom(table)
      .selectAll()
      .where("repository_id", "=", repository.id)
      .where("subject_kind", "=", "pull request")
      .orderBy("subject");
  return {
    credits: await ofRepository("credits")
      .orderBy("person_key" as never)
      .orderBy("role" as never)
      .execute(),
    mentorships: await ofRepository("mentorships")
      .orderBy("mentor_key" as never)
      .execute(),
    pulls: await query
      .selectFrom("pull_requests")
      .selectAll()
      .where("repository_id", "=", repository.id)
      .orderBy("number")
      .execute(),
    people: await query.selectFrom("people").selectAll().orderBy("account_id").execute(),
  };
}

/** The commits with credit of their own, in order. */
async function directIn({ query }: Database, repository: Repository): Promise<string[]> {
  const rows = await query
    .selectFrom("credits")
    .select("subject")
    .distinct()
    .where("repository_id", "=", repository.id)
    .where("subject_kind", "=", "commit")
    .execute();
  return rows.map(({ subject }) => subject).toSorted();
}

/** What the ledger says about commits that came by no pull request. */
function commitRows({ query }: Database, shas: readonly string[]) {
  return query
    .selectFrom("credits")
    .selectAll()
    .where("subject", "in", [...shas])
    .orderBy("subject")
    .orderBy("person_key")
    .orderBy("role")
    .execute();
}

test("a history that is read afterwards gives the rows that live work gave", async () => {
  const repository = await makeRepository("equal");
  const direct = await fill(repository, 6);
  await quiet();
  const second = await startSecondApp(live);
  await second.ask(repository);
  await second.idle();
  expect(second.complaints).toEqual([]);
  const { state, pullsTotal, pullsDone, commitsDone } = await second.progressOf(repository);
  expect({ state, pullsTotal, pullsDone }).toEqual({ state: "done", pullsTotal: 6, pullsDone: 6 });
  const rows = await rowsOf(app.deps.database, repository);
  expect(rows.credits.length).toBeGreaterThan(20);
  expect(await rowsOf(second.database, repository)).toEqual(rows);
  // The first commit came by no pull request either.
  const found = await directIn(second.database, repository);
  expect(found).toHaveLength(direct.length + 1);
  expect(found).toEqual(expect.arrayContaining(direct));
  expect(commitsDone).toBe(found.length);
  const ofCommits = await commitRows(app.deps.database, direct);
  expect(ofCommits.length).toBeGreaterThan(direct.length);
  expect(await commitRows(second.database, direct)).toEqual(ofCommits);
});

test("so does one with settings that ask for more, and a pull request longer than a page tells", async () => {
  const repository = await makeRepository("wide");
  const text = "credit: { commenters: true, paths: { docs: ['topic-0/**'] }, exclude: [hedy] }\n";
  const files = [{ path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(text) }];
  const signature = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch: "main", files, message: "Configure", author: signature }, by(ada));
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  const messages = Array.from({ length: 12 }, (_, number) => {
    return `Step ${number}\n\nTested-by: Person ${number} <person-${number}@example.com>`;
  });
  for (const [number, method] of methods.entries()) {
    const own = number === 0 ? messages : messages.slice(0, 2);
    const pull = await propose(repository, { author: grace, messages: own, number });
    await addComment(forge, { issue: pull.issue, body: "Neap tides too?" }, by(mary));
    await mergePull(forge, { pull, method }, by(ada));
  }
  await quiet();
  const second = await startSecondApp(live);
  await second.ask(repository);
  await second.idle();
  const rows = await rowsOf(app.deps.database, repository);
  expect(rows.credits.map(({ role }) => role)).toEqual(expect.arrayContaining(["tester", "docs", "helper"]));
  const read = await rowsOf(second.database, repository);
  expect({ ...read, people: [] }).toEqual({ ...rows, people: [] });
  expect(rows.people).toEqual(expect.arrayContaining(read.people));
});

test("both at once come to the same", async () => {
  const repository = await makeRepository("at-once");
  const direct = await fill(repository, 2);
  await quiet();
  const place = { installationId: live.installation.id, repositoryId: repository.id, owner: "acme", name: "at-once" };
  await askForBackfill(app.deps, place);
  const pull = await propose(repository, {
    author: ada,
    messages: ["Count on\n\nTested-by: Joan <joan@example.org>"],
    number: 9,
  });
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  direct.push(await commitTo(forge, repository, { branch: "main", author: hedy, message: "Meanwhile" }));
  await askForBackfill(app.deps, place);
  await quiet();
  const second = await startSecondApp(live);
  await second.ask(repository);
  await second.idle();
  const { people: _, ...rows } = await rowsOf(app.deps.database, repository);
  const { people: __, ...read } = await rowsOf(second.database, repository);
  expect(read).toEqual(rows);
  expect(await commitRows(second.database, direct)).toEqual(await commitRows(app.deps.database, direct));
});
