import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

const commentPath = ".github/curtain-call/credit.md.hbs";
const checkPath = ".github/curtain-call/credit-check.md.hbs";
const together = "Count the days\n\nCo-authored-by: Grace Sample <grace@example.org>";

async function start(): Promise<TestApp & { tides: Repository }> {
  const app = await startTestApp();
  const wanted = { owner: app.acme, name: "tides", autoInit: true };
  return { ...app, tides: await createRepository(app.forge, wanted, by(app.ada)) };
}

/** Writes files in one commit; a branch begins at main where it is new. */
async function write(
  { forge, ada }: TestApp,
  repository: Repository,
  { branch = "main", files, message = "Write" }: { branch?: string; files: Record<string, string>; message?: string },
): Promise<void> {
  if ((await tipOf(forge, repository, branch)) === null) {
    const to = await tipOf(forge, repository, "main");
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to }] }, by(ada));
  }
  const changed = Object.entries(files).map(([path, text]) => {
    return { path, mode: "100644", content: Buffer.from(text) };
  });
  const author = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch, files: changed, message, author }, by(ada));
}

async function open(app: TestApp, repository: Repository): Promise<PullRequest> {
  const wanted = { repository, title: "Count by the calendar", body: null, head: "topic", base: "main" };
  return openPull(app.forge, wanted, by(app.ada));
}

/** The one comment, without its first line. */
async function commentOn(app: TestApp, pull: PullRequest): Promise<string> {
  await app.quiet();
  const comments = app.commentsOn(pull.issue);
  expect(comments).toHaveLength(1);
  return comments[0]?.replace(/^.*\n/, "") ?? "";
}

/** The comment on a pull request by two, where main and the organisation have these templates. */
async function commentWith(given: { own?: string; organization?: string; message?: string }): Promise<string> {
  const app = await start();
  if (given.organization !== undefined) {
    const wanted = { owner: app.acme, name: ".github", autoInit: true };
    const shared = await createRepository(app.forge, wanted, by(app.ada));
    await write(app, shared, { files: { [commentPath]: given.organization } });
  }
  if (given.own !== undefined) await write(app, app.tides, { files: { [commentPath]: given.own } });
  await write(app, app.tides, { branch: "topic", files: { "a.txt": "a" }, message: given.message ?? together });
  const comment = await commentOn(app, await open(app, app.tides));
  expect(app.complaints).toEqual([]);
  return comment;
}

const thanks = "Thank you, {{#each rows.shown}}{{#unless @first}} and {{/unless}}{{who.name}}{{/each}}!\n";

test("a repository's own template words the comment, in one query", async () => {
  const app = await start();
  await write(app, app.tides, { files: { [commentPath]: thanks } });
  await write(app, app.tides, { branch: "topic", files: { "a.txt": "a" }, message: together });
  const pull = await open(app, app.tides);
  expect(await commentOn(app, pull)).toBe("Thank you, Ada Example and Grace Sample!\n");
  app.requests.splice(0);
  await write(app, app.tides, { branch: "topic", files: { "b.txt": "b" }, message: "More" });
  await app.quiet();
  expect(app.requests.map(({ route }) => route)).toEqual(["/graphql"]);
});

test("where there is none, the organisation's does", async () => {
  expect(await commentWith({ organization: thanks })).toBe("Thank you, Ada Example and Grace Sample!\n");
});

test("a repository's own wins over the organisation's", async () => {
  expect(await commentWith({ own: "Ours: {{number (size rows)}}", organization: thanks })).toBe("Ours: 2\n");
});

/** Without ports and commits. */
function withoutChance(text: string): string {
  return text.replace(/127\.0\.0\.1:\d+/g, "host").replace(/\b[\da-f]{7,40}\b/g, "sha");
}

test("ours, taken over as it is, says the same as ours", async () => {
  const ours = readFileSync(join(import.meta.dirname, "../../templates/comments/credit.md.hbs"), "utf8");
  const [own, without] = [await commentWith({ own: ours }), await commentWith({})];
  expect(withoutChance(own)).toBe(withoutChance(without));
  expect(own).toContain("### Credit for this pull request");
});

test.each([
  ["broken", "{{#if rows}}"],
  ["failing", "{{rowz}}"],
  ["empty", "{{! nothing }}\n"],
])("a template on main that is %s is not used, and ours is", async (_, own) => {
  expect(await commentWith({ own, organization: thanks })).toContain("### Credit for this pull request");
});

test.each([
  ["broken", "Thanks\n{{#if rows}}\n{{{rows}}}\n{{log rows}}{{/if}}", /`, line 3: .*two braces.*\n> - .*line 4: .*log/],
  ["failing", "Thanks\n\n{{rowz}}", /`, line 3: A value is asked for that is not there/],
])("whoever proposes a template that is %s is told on the pull request, line by line", async (_, own, told) => {
  const app = await start();
  await write(app, app.tides, { branch: "topic", files: { [commentPath]: own }, message: "Word it our way" });
  const pull = await open(app, app.tides);
  const comment = await commentOn(app, pull);
  expect(comment).toContain("### Credit for this pull request");
  expect(comment).toContain("**This pull request breaks a template.**");
  expect(comment).toMatch(told);
  await write(app, app.tides, { branch: "topic", files: { [commentPath]: thanks }, message: "Put it right" });
  expect(await commentOn(app, pull)).not.toContain("breaks a template");
});

test("a template that was broken before is not the pull request's doing", async () => {
  const app = await start();
  await write(app, app.tides, { files: { [commentPath]: "{{rowz}}", [checkPath]: "{{" } });
  await write(app, app.tides, { branch: "topic", files: { "a.txt": "a" }, message: together });
  expect(await commentOn(app, await open(app, app.tides))).not.toContain("breaks a template");
});

test("the check has a template as well, whose first line is the title", async () => {
  const app = await start();
  const files = {
    ".github/curtain-call.yml": "credit:\n  check: advise\n",
    [checkPath]:
      "{{number people}} made this\n{{#if warning}}{{> comments/credit-warning warning}}{{else}}Nobody is missing.{{/if}}\n",
  };
  await write(app, app.tides, { files });
  await write(app, app.tides, { branch: "topic", files: { [checkPath]: "One line" }, message: together });
  const comment = await commentOn(app, await open(app, app.tides));
  const output = app.tides.checkSuites[0]?.runs[0]?.output;
  expect(output?.title).toBe("2 made this");
  expect(output?.summary).toBe("Nobody is missing.");
  expect(comment).toMatch(/credit-check\.md\.hbs`: It has to make a line for the check's title/);
});

test("a hostile name through a plain value pings nobody and is no markup", async () => {
  const message = "Add\n\nCo-authored-by: @grace [y](https://example.com) #1 &commat;hedy <eve@example.com>";
  const comment = await commentWith({ own: `${thanks}<div>{{#each rows.shown}}{{who.name}}{{/each}}</div>`, message });
  expect(comment).toContain("@\u2060grace");
  expect(comment).not.toMatch(/@grace|[^\\]\[y|#1|&commat|eve@example/);
});
