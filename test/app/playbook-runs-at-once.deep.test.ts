import { expect, test } from "vitest";
import type { Deps } from "../../src/app/deps.ts";
import { createOrganization } from "../../src/sandbox/actions/accounts.ts";
import { installApp } from "../../src/sandbox/actions/apps.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { describeDatabases } from "../support/databases.ts";
import { by } from "../support/graphql-sandbox.ts";
import { expectMade, readMade } from "../support/made-repository.ts";
import { builtIn, confirm, requireRun } from "../support/playbook-runs.ts";
import { startTestApp } from "../support/start-test-app.ts";

await describeDatabases("many runs at once", ({ open }) => {
  test("50 runs in five organisations all come to their end, each in a repository of its own", async () => {
    const started = await startTestApp(undefined, { database: await open(), wait: async () => {} });
    const { app, forge, ada, installation, quiet } = started;
    const playbook = await builtIn("project-kickoff");
    const asked = [];
    for (const login of ["one", "two", "three", "four", "five"]) {
      const owner = createOrganization(forge, { login, name: login, owner: ada });
      const installed = await installApp(forge, { app: installation.app, account: owner, repositories: null }, by(ada));
      const home = await createRepository(forge, { owner, name: "start-here", private: true, autoInit: true }, by(ada));
      for (let index = 0; index < 10; index += 1) {
        const issue = await openIssue(forge, { repository: home, title: `Tides ${index}`, body: "" }, by(ada));
        const wish = { playbook, answers: `name=tides-${index} lead=ada`, requester: ada, organisation: login };
        asked.push({ run: await confirm(app.deps, wish, { installationId: installed.id, issue }), issue, home });
      }
    }
    await quiet();
    await Promise.all(asked.map(({ run }) => enqueue(app.deps, run)));
    await quiet();
    for (const { run, issue, home } of asked) {
      const { owner, name } = run.plan.repository;
      expect(await requireRun(app.deps, run)).toMatchObject({ state: "done" });
      const labels = home.labels.map((label) => JSON.stringify([label.name, label.color, label.description]));
      expect(await readMade(forge, owner, name)).toEqual(expectMade(run, labels));
      expect(started.commentsOn(issue)).toEqual([expect.stringContaining(`${owner}/${name} is ready`)]);
    }
  });
});

function enqueue(
  { enqueueRun }: Deps,
  { id, installationId }: { readonly id: string; readonly installationId: number },
): Promise<void> {
  return enqueueRun({ installationId, runId: id });
}
