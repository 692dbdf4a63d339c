import { afterAll, beforeAll, expect, test } from "vitest";
import { handleTask } from "../../src/app/handle-task.ts";
import { editIssue, openIssue, setLabels } from "../../src/sandbox/actions/issues.ts";
import { createLabel } from "../../src/sandbox/actions/labels.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import type { Label, Repository } from "../../src/sandbox/model/repository.ts";
import { by } from "../support/graphql-sandbox.ts";
import { done, expectHarmless, hashIn, plain, startPlaybookStage } from "../support/playbook-stage.ts";

const stage = await startPlaybookStage(afterAll);
const { app, forge, ada, grace, hedy, katherine, openPlace, say, seen, runsOf, statesOf } = stage;
const { installation, quiet, commentsOn, complaints, namesOf, configure } = stage;

let repository: Repository;
let label: Label;
let made = 0;

beforeAll(async () => {
  ({ repository } = await openPlace({ isPrivate: false }));
  label = await createLabel(forge, { repository, name: "Playbook", color: "ededed" }, by(ada));
});

/** What a form's issue says: each answer below its heading. */
function form(answers: Readonly<Record<string, string>>): string {
  made += 1;
  const fields = { playbook: "node-service", name: `form-${made}`, title: "_No response_", ...answers };
  return Object.entries(fields)
    .map(([name, answer]) => `### ${name}\n\n${answer}`)
    .join("\n\n");
}

async function ask(whom: Account, body: string, labels: Label[] = [label]): Promise<Issue> {
  const issue = await openIssue(forge, { repository, title: "Playbook: node-service", body, labels }, by(whom));
  await quiet();
  return issue;
}

/** What came of an issue's own text. */
const cameOf = (issue: Issue) => seen(issue, { id: 0 });

test("an issue made from a playbook's form gets one plan, which its author confirms", async () => {
  const issue = await ask(grace, form({ database: "postgres", why: "Sailors ask.\n\n### They do\n\n@hedy too" }));
  const { plan, reply } = cameOf(issue);
  expect(reply).toBeNull();
  expect(plan).toContain(`### Plan: acme/form-${made} from node-service`);
  expectHarmless(plan);
  expect(await statesOf(issue)).toEqual(["planned"]);
  const [run] = await runsOf(issue);
  expect(run?.answers).toEqual({
    name: `form-${made}`,
    database: "postgres",
    why: "Sailors ask.\n\n### They do\n\n@hedy too",
  });
  // It is heard of twice, opened and labelled; and labelled once more it is still one.
  await setLabels(forge, { issue, labels: [] }, by(ada));
  await setLabels(forge, { issue, labels: [label] }, by(ada));
  await quiet();
  expect(commentsOn(issue)).toEqual([plan]);
  expect((await say(issue, grace, `/playbook confirm ${hashIn(plan)}`)).reactions).toEqual(done);
  expect(complaints).toEqual([]);
});

test("an issue that gets the label later is asked for by who wrote it, not by who labels it", async () => {
  const issue = await ask(hedy, form({}), []);
  expect(commentsOn(issue)).toEqual([]);
  await setLabels(forge, { issue, labels: [label] }, by(ada));
  await quiet();
  expect(cameOf(issue)).toMatchObject({ plan: null, reply: expect.stringContaining("and you are none") });
  expect(await statesOf(issue)).toEqual([]);
});

test("mistakes are answered with the line to copy", async () => {
  const issue = await ask(
    grace,
    form({ name: "Tides!", title: "<b>@hedy</b>", database: "oracle", owner: "other/team" }),
  );
  const { plan, reply } = cameOf(issue);
  expect(plan).toBeNull();
  expect(plain(reply)).toMatchSnapshot();
  expectHarmless(reply);
  expect(await statesOf(issue)).toEqual([]);
});

test.for<[what: string, whom: Account, body: () => string, words: RegExp]>([
  [
    "a section that an answer fakes",
    grace,
    () => form({ why: "x\n\n### database\n\npostgres" }),
    /not in the form's order/,
  ],
  [
    "a section that an answer fakes twice",
    grace,
    () => form({ title: "x\n\n### owner\n\nacme/platform", owner: "other" }),
    /owner" stands there twice/,
  ],
  [
    "another playbook in an answer",
    grace,
    () => form({ title: "x\n\n### playbook\n\noss-library" }),
    /stands there twice/,
  ],
  ["an unknown playbook", grace, () => form({ playbook: "nobody-knows" }), /There is no playbook `/],
  ["a form of a stranger's", hedy, () => form({}), /Only members of the organisation `acme`/],
  ["what workflows would run", grace, () => form({ title: "${{ secrets.X }}" }), /would run: leave it away/],
  ["a name that is taken", grace, () => form({ name: repository.name }), /has a repository `start-1` already/],
])("is refused, and nothing is done: %s", async ([, whom, body, words]) => {
  const before = namesOf();
  const issue = await ask(whom, body());
  const { plan, reply } = cameOf(issue);
  expect(plan).toBeNull();
  expect(reply).toMatch(words);
  expectHarmless(reply);
  expect(await statesOf(issue)).toEqual([]);
  expect(namesOf()).toEqual(before);
});

test("words that somebody else put into an issue are not its author's", async () => {
  const issue = await ask(grace, "A quiet word", []);
  await editIssue(forge, { issue, body: form({}) }, by(katherine));
  await setLabels(forge, { issue, labels: [label] }, by(katherine));
  await quiet();
  expect(cameOf(issue).reply).toContain("Somebody else has changed this text.");
  expect(await statesOf(issue)).toEqual([]);
});

test.for<[what: string, whom: () => Account, body: () => string]>([
  [
    "an issue about playbooks that only has the label",
    () => grace,
    () => "Which playbooks are there?\n\n/playbook list",
  ],
  ["an empty one", () => grace, () => ""],
  ["a bot's", () => [...forge.state.accounts.values()].find(({ type }) => type === "Bot") ?? grace, () => form({})],
])("%s is left alone", async ([, whom, body]) => {
  const issue = await ask(whom(), body());
  expect(commentsOn(issue)).toEqual([]);
  expect(await statesOf(issue)).toEqual([]);
});

test("where no playbook can be asked for, a form is refused, too", async () => {
  await configure("playbooks:\n  where: [acme/elsewhere]\n");
  const issue = await ask(grace, form({}));
  expect(cameOf(issue).reply).toContain("Here no playbook can be asked for: it can elsewhere: the organisation");
  await configure("");
});

function fail(): never {
  throw new Error("the clock is gone");
}

test("a form that fails on our side, again and again, is told of with a reference", async () => {
  const issue = await ask(grace, form({}), []);
  issue.labels = [label];
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  const task = { kind: "playbook request", ...place, number: issue.number } as const;
  const attempt = { isLastTry: true, reference: "8K3F-2M" };
  await expect(handleTask({ ...app.deps, clock: fail }, task, attempt)).rejects.toThrow("the clock is gone");
  expect(cameOf(issue).reply).toMatch(/something went wrong on our side.*ref 8K3F-2M/s);
});
