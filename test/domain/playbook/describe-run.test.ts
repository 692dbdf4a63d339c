import { beforeAll, expect, test } from "vitest";
import { describeRun, type RunStanding } from "../../../src/domain/playbook/describe-run.ts";
import { listEffects } from "../../../src/domain/playbook/effects.ts";
import type { JournalEntry } from "../../../src/domain/playbook/journal.ts";
import { isCommitOfRun, runCommitMessage } from "../../../src/domain/playbook/run-commit.ts";
import { loadTemplate } from "../../../src/render/load-template.ts";
import { smallRun } from "../../support/make-run.ts";

let template: (context: object) => string;

beforeAll(async () => {
  template = await loadTemplate("comments/run.md.hbs");
});

const run = smallRun("r", { id: 102, login: "grace", name: "Grace Sample" });
const url = "https://github.com/acme/tides";

function entry(effect: string, more: Partial<JournalEntry>): [string, JournalEntry] {
  return [effect, { effect, state: "done", result: {}, cause: null, ...more }];
}

const made = entry("repository", { result: { url } });
const missing = (effect: string, cause: string) => entry(effect, { state: "missing", cause });

function say(entries: readonly [string, JournalEntry][], more: Partial<RunStanding> = {}): string {
  const standing = { run, journal: new Map(entries), now: null, ...more };
  return template(describeRun(standing)).trim();
}

test("what a run does is in an order in which nobody works in it before its files are there and protected", () => {
  const stages = listEffects({
    ...run.plan,
    repository: {
      ...run.plan.repository,
      topics: ["tides"],
      teams: [{ team: "acme/Platform", permission: "maintain" }],
      labels: [{ name: "Type:bug", color: "ededed", description: null }],
      milestones: [{ title: "First", description: null }],
    },
  }).map(({ key, stage }) => `${stage}: ${key}`);
  expect(stages).toEqual([
    "repository: repository",
    "files: files",
    "settings: settings",
    "settings: topics",
    "access: team acme/platform",
    "labels: label Type:bug",
    "milestones: milestone First",
    "issues: assignee grace",
    "issues: issue 1",
  ]);
});

test("while it runs it says what it is at, and nothing of what may still come", () => {
  const entries = [made, entry("files", {}), missing("settings", "not all settings are as planned (no)")];
  expect(say(entries, { now: { stage: "issues" } })).toBe(
    "acme/tides is being made from the playbook tide-tables v1.2.3.\n\n`██████████░░░░ 3 of 4 · issues · about 2 s left`",
  );
});

test("what is missing is named with its reason, which does nothing and pings nobody", () => {
  const text = say([made, missing("settings", "not all settings are as planned (ask @ada, see #1 or <b>)")]);
  expect(text).toContain(`**acme/tides is ready:** [repository](${url}).`);
  expect(text).toContain("One thing is missing:");
  expect(text).not.toMatch(/@ada|#1|<b>/);
  expect(text).toMatch(/`\/playbook retry` tries again\.$/);
});

test.each([
  ["before anything was made", [], ""],
  ["after the repository was", [made], `What is [there already](${url}) stays as it is. `],
])("a run that failed %s says why, and how it goes on", (_, entries, there) => {
  expect(say(entries, { now: { cause: "Nobody knows why." } })).toBe(
    `**acme/tides is not ready.** Nobody knows why.\n\n${there}\`/playbook retry\` goes on from where it stopped.`,
  );
});

test("however much is missing, the comment stays short", () => {
  const labels = Array.from({ length: 60 }, (_, index) => ({ name: `l${index}`, color: "ededed", description: null }));
  const plan = { ...run.plan, repository: { ...run.plan.repository, labels } };
  const entries = labels.map(({ name }) => missing(`label ${name}`, "x".repeat(300)));
  const text = say([made, ...entries], { run: { plan } });
  expect(text.length).toBeLessThan(10_000);
  expect(text).toContain("60 things are missing:");
  expect(text).toContain("- and 40 more");
});

test("the commit is known again by a line that is a trailer as the others are", () => {
  const message = runCommitMessage(run);
  expect(message).toBe(
    `Begin\n\nPlaybook-run: ${run.hash}\nCo-authored-by: Grace Sample <102+grace@users.noreply.github.com>\n`,
  );
  expect(isCommitOfRun(message.replaceAll("\n", "\r\n"), run)).toBe(true);
  expect(isCommitOfRun(`Quoting Playbook-run: ${run.hash}`, run)).toBe(false);
  expect(isCommitOfRun(message, { hash: "0".repeat(64) })).toBe(false);
});
