import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { handleTask } from "../../src/app/handle-task.ts";
import { runPlaybook } from "../../src/app/playbook/run-playbook.ts";
import { creditHelp } from "../../src/domain/command/credit-help.ts";
import { playbookHelp } from "../../src/domain/command/playbook-help.ts";
import { type Task, taskSchema } from "../../src/domain/task.ts";
import { createOrganization, createPerson } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Comment, Issue } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { findRuns } from "../../src/store/playbook-runs.ts";
import { settleAllTallies } from "../../src/store/settle-tallies.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { openInMemory } from "../support/open-in-memory.ts";
import { startTestApp } from "../support/start-test-app.ts";
import { listenToStatements } from "../support/statements.ts";

const opened = await openInMemory();
const { database, statements } = listenToStatements(opened);
const started = await startTestApp(afterAll, { database, wait: async () => {} });
afterAll(() => opened.close());
const { forge, acme, ada, grace, hedy, app, installation, quiet, commentsOn } = started;

/** Two organisations with repositories of equal names, and things of equal numbers; Grace works for both. */
interface Side {
  readonly organisation: Account;
  readonly installationId: number;
  readonly owner: Account;
  readonly member: Account;
  /** Stands in all that is theirs. */
  readonly word: string;
  readonly repositories: Repository[];
  readonly issues: Issue[];
  readonly comments: Comment[];
}

const sides: Side[] = [];

beforeAll(async () => {
  const mary = createPerson(forge, { login: "mary", name: "Mary Model", addresses: ["mary@example.com"] });
  const joan = createPerson(forge, { login: "joan", name: "Joan Specimen", addresses: ["joan@example.org"] });
  const other = createOrganization(forge, { login: "other", name: "Other", owner: mary });
  const theirs = await installApp(forge, { app: installation.app, account: other, repositories: null }, by(mary));
  for (const [organisation, installationId, owner, member, word] of [
    [acme, installation.id, ada, hedy, "Walrus"],
    [other, theirs.id, mary, joan, "Ostrich"],
  ] as const) {
    for (const each of [member, grace]) organisation.organization?.members.set(each, "member");
    sides.push({ organisation, installationId, owner, member, word, repositories: [], issues: [], comments: [] });
  }
  await quiet();
  for (const side of sides) {
    for (const isPrivate of [false, true]) await play(side, isPrivate);
    await app.deps.enqueue({
      kind: "installation",
      installationId: side.installationId,
      account: { id: side.organisation.id, login: side.organisation.login },
    });
    await quiet();
  }
});

async function play({ organisation, owner, member, word, ...side }: Side, isPrivate: boolean): Promise<void> {
  const name = isPrivate ? "keys" : "tides";
  const said = isPrivate ? `${word}-hush` : word;
  const repository = await createRepository(
    forge,
    { owner: organisation, name, private: isPrivate, autoInit: true },
    by(owner),
  );
  side.repositories.push(repository);
  const issue = await openIssue(forge, { repository, title: `Off by ${said}`, body: null }, by(member));
  side.issues.push(issue);
  const message = `Count ${said}\n\nCo-authored-by: ${grace.name} <${grace.addresses[0]}>`;
  await commitTo(forge, repository, { branch: "topic", author: member, message });
  const wanted = { repository, title: `Count ${said}`, body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(member));
  side.issues.push(pull.issue);
  await quiet();
  await mergePull(forge, { pull, method: "squash" }, by(owner));
  await quiet();
  await createRelease(forge, { repository, tagName: "v1.2.0", name: said, body: "" }, by(owner));
  side.comments.push(await addComment(forge, { issue, body: `I saw it, too: ${said}` }, by(member)));
  await quiet();
}

function strangerOf(side: Side): Side {
  const stranger = sides.find((one) => one !== side);
  if (stranger === undefined) throw new Error("there is one side only");
  return stranger;
}

/** What of the other side stands in a text. */
function foreign(text: string, side: Side): string[] {
  const { word, organisation, member } = strangerOf(side);
  return [word, `/${organisation.login}/`, member.login, member.name ?? ""].filter((one) => text.includes(one));
}

/** All that is kept of an installation, table by table. */
async function rowsOf({ installationId }: Pick<Side, "installationId">): Promise<Record<string, string[]>> {
  await settleAllTallies(opened);
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'installation_id' order by 1
  `.execute(opened.query);
  const all: [string, string[]][] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ row: string }>`
      select t::text as row from ${sql.table(name)} t where installation_id = ${installationId} order by 1
    `.execute(opened.query);
    all.push([name, rows.map(({ row }) => row)]);
  }
  return Object.fromEntries(all);
}

function saidTo({ issues }: Side): string[] {
  return issues.flatMap((issue) => commentsOn(issue));
}

async function say(side: Side, issue: Issue, body: string, whom: Account): Promise<string> {
  const before = commentsOn(issue).length;
  await addComment(forge, { issue, body }, by(whom));
  await quiet();
  const said = commentsOn(issue).slice(before).join("\n");
  expect({ body, foreign: foreign(said, side) }).toEqual({ body, foreign: [] });
  return said;
}

async function ask({ issues, owner, word }: Side, repository: Repository): Promise<Issue> {
  const issue = await openIssue(forge, { repository, title: `Say ${word}`, body: null }, by(owner));
  issues.push(issue);
  return issue;
}

/** Every command that the help tells of, with names that are there. */
const commands = [...creditHelp.forms, ...playbookHelp].map(({ example }) => {
  return example.replace("apply node-service name=tides", "apply project-kickoff").replace("name=tides", "name=made");
});
const isOfOneself = (command: string): boolean => / (?:never|forget)-me/.test(command);
const isPlan = (command: string): boolean => /playbook (?:use|apply)/.test(command);

test("whatever is said on one side changes nothing on the other, and tells nothing of it", async () => {
  for (const side of sides) {
    const stranger = strangerOf(side);
    const before = { rows: await rowsOf(stranger), said: saidTo(stranger) };
    for (const repository of side.repositories) {
      const first = await ask(side, repository);
      await say(side, first, commands.filter(isOfOneself).join("\n"), grace);
      await say(side, first, commands.filter((line) => !isOfOneself(line) && !isPlan(line)).join("\n"), side.owner);
      for (const command of commands.filter(isPlan)) {
        const issue = await ask(side, repository);
        const said = await say(side, issue, command, side.owner);
        const [, hash = ""] = /\/playbook confirm ([\da-f]{8})/.exec(said) ?? [];
        // Of each kind one is enough: what is applied in public, and what is new in private.
        const isCarriedOut = command.includes(" apply ") !== repository.private;
        if (isCarriedOut) await say(side, issue, `/playbook confirm ${hash}`, side.owner);
      }
    }
    expect({ rows: await rowsOf(stranger), said: saidTo(stranger) }).toEqual(before);
    const runs = await database.query
      .selectFrom("playbook_runs")
      .select("state")
      .where("installation_id", "=", side.installationId)
      .execute();
    expect(runs.filter(({ state }) => state === "done" || state === "incomplete").length).toBeGreaterThan(0);
    for (const [table, rows] of Object.entries(await rowsOf(side))) {
      expect({ table, foreign: foreign(rows.join("\n"), side) }).toEqual({ table, foreign: [] });
    }
  }
});

test("no route tells one side of the other, nor anybody of what is private", async () => {
  const paths = new Set(app.http.routes.flatMap(({ method, path }) => (method === "GET" ? [path] : [])));
  const ofOwners = [...paths].filter((path) => path.includes(":owner"));
  expect(ofOwners.length).toBeGreaterThan(5);
  const get = async (path: string, side: Side, others: object) => {
    const names = { owner: side.organisation.login, repository: "tides", login: side.member.login, tag: "v1.2.0" };
    const known = new Map<string, string>(Object.entries({ ...names, ...others }));
    const address = path.replaceAll(/:(\w+)/g, (_, name: string) => known.get(name) ?? name);
    const answer = await app.http.request(`http://127.0.0.1${address}`);
    const text = await answer.text();
    const told = [...foreign(text, side), ...["hush", "keys"].filter((word) => text.includes(word))];
    return { address, status: answer.status, told };
  };
  for (const side of sides) {
    for (const path of ofOwners) {
      expect(await get(path, side, {})).toMatchObject({ status: 200, told: [] });
      for (const others of [{ login: "grace" }, { repository: "keys" }, { login: strangerOf(side).member.login }]) {
        expect(await get(path, side, others)).toMatchObject({ told: [] });
      }
    }
  }
  for (const path of [...paths].filter((one) => !one.includes(":owner"))) {
    const authorization = "Bearer metrics of the tests";
    const text = await (await app.http.request(`http://127.0.0.1${path}`, { headers: { authorization } })).text();
    expect({ path, told: /hush|keys|Walrus|Ostrich/.exec(text)?.[0] }).toEqual({ path, told: undefined });
  }
});

/** A task of each kind that there is, about a place of one side, in the name of the other. */
function tasksAbout({ repositories, issues, comments }: Side, installationId: number): Task[] {
  return repositories.flatMap((repository, index) => {
    const comment = comments[index];
    const [issue, pull] = issues.filter((one) => one.repository === repository);
    const about = {
      installationId,
      repositoryId: repository.id,
      owner: repository.owner.login,
      name: repository.name,
      account: null,
      isPullRequest: false,
      commentId: comment?.id,
      nodeId: comment?.nodeId,
      mayCommand: true,
      sha: "4f2a91c0d34f2a91c0d34f2a91c0d34f2a91c0d3",
      tag: "v1.2.0",
      releaseId: null,
    };
    return taskSchema.options.flatMap((option) => {
      const kind = option.shape.kind.value;
      const numbers = [issue?.number, pull?.number];
      return numbers.map((number) => taskSchema.parse({ ...about, kind, number }));
    });
  });
}

test("a job in the name of one side that is about the other's places does nothing, whatever its kind", async () => {
  for (const side of sides) {
    const stranger = strangerOf(side);
    const before = { rows: await Promise.all(sides.map(rowsOf)), said: sides.map(saidTo) };
    for (const task of tasksAbout(side, stranger.installationId)) {
      await handleTask(app.deps, task, { isLastTry: false, reference: "8K3F-2M" });
      await quiet();
    }
    const [repository] = side.repositories;
    const place = { owner: "acme", name: "tides", repositoryId: repository?.id ?? 0 };
    await app.deps.enqueueBackfill({ ...place, installationId: stranger.installationId });
    await quiet();
    expect({ rows: await Promise.all(sides.map(rowsOf)), said: sides.map(saidTo) }).toEqual(before);
  }
});

test("a run is carried out for the installation alone whose it is", async () => {
  const [side] = sides;
  if (side === undefined) throw new Error("there is no side");
  const [repository] = side.repositories;
  if (repository === undefined) throw new Error("there is no repository");
  const issue = await openIssue(forge, { repository, title: "Once more", body: null }, by(side.owner));
  await say(side, issue, "/playbook use node-service name=once-more", side.owner);
  const place = { installationId: side.installationId, repositoryId: repository.id, issueNumber: issue.number };
  const [run] = await findRuns(database, place);
  const confirmedBy = { id: side.owner.id, login: side.owner.login };
  await database.query
    .updateTable("playbook_runs")
    .set({ state: "running", confirmed_by_id: confirmedBy.id, confirmed_by_login: confirmedBy.login })
    .where("installation_id", "=", side.installationId)
    .where("id", "=", run?.id ?? "")
    .execute();
  const signal = new AbortController().signal;
  const job = { installationId: strangerOf(side).installationId, runId: run?.id ?? "" };
  await runPlaybook(app.deps, job, { isLastTry: true, reference: "8K3F-2M", signal });
  expect((await findRuns(database, place))[0]?.state).toBe("running");
  expect([...forge.state.repositories.values()].map(({ name }) => name)).not.toContain("once-more");
});

test("every statement about what belongs to an installation says to which", async () => {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'installation_id'
  `.execute(opened.query);
  // A delivery is known by the id that GitHub gave it, and its journal belongs to a run.
  const owned = tables.rows.flatMap(({ name }) => (name.endsWith("deliveries") ? [] : [name]));
  const pattern = new RegExp(`\\b(?:from|join|update|into)\\s+"?(?:${owned.join("|")})"?(?:\\s|$)`, "i");
  const about = [...statements].filter((statement) => pattern.test(statement));
  expect(about.length).toBeGreaterThan(100);
  expect(about.filter((statement) => !/\binstallation_id\b/.test(statement))).toEqual([]);
});

test("a token that may write is for one repository, but for the one by which repositories are made", () => {
  const asked = Array.from(forge.state.tokens.values()).flatMap((token) =>
    token.kind === "installation" ? [token] : [],
  );
  const writing = asked.filter(({ permissions }) => Object.values(permissions).includes("write"));
  expect(writing.length).toBeGreaterThan(0);
  const wide = writing.filter(({ repositories }) => repositories?.size !== 1);
  const allowed = new Set(["administration"]);
  const wrong = wide.flatMap(({ permissions }) => {
    return Object.entries(permissions).filter(([name, level]) => level === "write" && !allowed.has(name));
  });
  expect(wrong).toEqual([]);
});
