import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readFiles } from "../../src/render/read-playbook-folder.ts";
import { grantPermissions } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { by } from "../support/graphql-sandbox.ts";
import { type FileToPut, makeSource, putFiles } from "../support/playbook-source.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, installation, quiet, complaints, requests } = await startTestApp(afterAll);

/** What `playbook new` writes, with its tests, in a folder of its name. */
const scaffold = join(import.meta.dirname, "../../templates/new-playbook");
const playbook: Record<string, FileToPut> = Object.fromEntries(
  (await readFiles(scaffold, ".")).map(({ path, bytes }) => [path.replace(/^\./, "new-playbook"), Buffer.from(bytes)]),
);
const source = await makeSource(forge, { owner: acme, author: ada, name: "playbooks" }, playbook);
const ordinary = await makeSource(forge, { owner: acme, author: ada, name: "tides" }, {});
await makeSource(
  forge,
  { owner: acme, author: ada, name: ".github" },
  { ".github/curtain-call.yml": "playbooks: { sources: [Acme/Playbooks@v3] }" },
);
await quiet();

/** What the check says of Ada's pull request with these changes, and what it took to say it. */
async function propose(repository: Repository, branch: string, files: Readonly<Record<string, FileToPut>>) {
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to }] }, by(ada));
  const sha = await putFiles(forge, { repository, branch, author: ada }, files);
  await quiet();
  requests.length = 0;
  await openPull(forge, { repository, title: "Change it", body: null, head: branch, base: "main" }, by(ada));
  await quiet();
  const asked = requests.splice(0).map(({ method, route }) => `${method} ${route.split("/").at(-1)}`);
  const runs = repository.checkSuites.filter(({ commit }) => commit === sha).flatMap((suite) => suite.runs);
  const checks = runs.map(({ name, conclusion, output }) => ({ name, conclusion, ...output }));
  return { checks, asked };
}

test("a pull request that keeps a playbook in order is told so", async () => {
  const { checks, asked } = await propose(source, "good", { "README.md": "Better" });
  expect(checks).toMatchObject([{ name: "playbooks", conclusion: "neutral", title: "No playbook is changed" }]);
  expect(asked).toEqual(["POST graphql", "POST graphql", "GET check-runs", "POST check-runs"]);
  const note = await propose(source, "noted", {
    "new-playbook/tests/least.yml": "# The least\nanswers: { name: tides }\n",
  });
  expect(note.checks).toMatchObject([{ conclusion: "success", title: "The playbook is in order" }]);
});

test("each mistake stands with file and line, as text that does nothing", async () => {
  const { checks } = await propose(source, "broken", {
    "new-playbook/files/a.hbs": "fine\n{{constructor}}\n",
    "new-playbook/files/`@ada`<b>.txt": { mode: "120000", content: "/etc/passwd" },
  });
  expect(checks).toMatchObject([{ conclusion: "failure", title: "1 mistake in 1 playbook" }]);
  expect(checks[0]?.summary).toContain(
    "- `new-playbook/files/'@ada'<b>.txt: This is a link: put the file itself in its",
  );
  const second = await propose(source, "broken-2", { "new-playbook/files/a.hbs": "fine\n{{constructor}}\n" });
  expect(second.checks[0]?.summary).toMatch(/^- `new-playbook\/files\/a\.hbs:2: [^`\n]+`$/m);
});

test("what comes out otherwise than the playbook's own tests expect is told by its first line", async () => {
  const { checks } = await propose(source, "differs", { "new-playbook/files/CHANGELOG.md": "Another one\n" });
  expect(checks).toMatchObject([{ conclusion: "failure" }]);
  expect(checks[0]?.summary).toMatch(/- `new-playbook\/tests\/least\/files\/CHANGELOG\.md:1: ".*" is expected, and /);
  const { checks: wrong } = await propose(source, "wrong-case", {
    "new-playbook/tests/more.yml": "answers: { nme: x }",
  });
  expect(wrong[0]?.summary).toContain("- `new-playbook/tests/more.yml: ");
});

test("of a repository that is no source nothing more is asked, and it gets no check", async () => {
  const { checks, asked } = await propose(ordinary, "topic", { "new-playbook/playbook.yml": "schema: 7" });
  expect(checks).toEqual([]);
  expect(asked).toEqual(["POST graphql"]);
  expect(complaints).toEqual([]);
});

test("without the permission for checks that is said in the log alone", async () => {
  const { checks: _, ...others } = installation.permissions;
  await grantPermissions(forge, { installation, permissions: others }, by(ada));
  await quiet();
  const { checks } = await propose(source, "withheld", { "new-playbook/files/b.hbs": "{{constructor}}" });
  expect(checks).toEqual([]);
  expect(complaints.splice(0)).toMatchObject([{ missing: "checks: write" }]);
});
