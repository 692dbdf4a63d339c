import { afterAll, expect, test } from "vitest";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, quiet, commentsOn, complaints } = await startTestApp(afterAll);

test.for<[policy: string, row: boolean, section: boolean, conclusion: string | null]>([
  ["section", false, true, null],
  ["count", true, false, null],
  ["hide", false, false, null],
  ["forbid", false, true, "failure"],
])("an assistant is shown as the policy `%s` has it", async ([policy, isRow, isSection, conclusion]) => {
  const repository = await createRepository(forge, { owner: acme, name: `policy-${policy}`, autoInit: true }, by(ada));
  const content = Buffer.from(`credit: { assistants: ${policy}, comment: always }\n`);
  const files = [{ path: ".github/curtain-call.yml", mode: "100644", content }];
  const author = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch: "main", files, message: "Configure", author }, by(ada));
  const message = "Count\n\nCo-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>";
  const sha = await commitTo(forge, repository, { branch: "topic", author: ada, message });
  const wanted = { repository, title: "Count", body: null, head: "topic", base: "main" };
  const { issue } = await openPull(forge, wanted, by(ada));
  await quiet();
  const [comment = ""] = commentsOn(issue);
  expect(/^\| .*Copilot.* \| co-author \|/m.test(comment)).toBe(isRow);
  expect(/With help from .*Copilot.*, for which \[Ada Example\].* answers/.test(comment)).toBe(isSection);
  const runs = repository.checkSuites.flatMap(({ commit, runs: own }) => own.map((run) => ({ ...run, commit })));
  expect(runs.map((run) => [run.name, run.commit, run.conclusion])).toEqual(
    conclusion === null ? [] : [["credit", sha, conclusion]],
  );
  expect(complaints).toEqual([]);
});
