import { expect, test } from "vitest";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam } from "../../src/sandbox/actions/teams.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { by } from "../support/graphql-sandbox.ts";
import { builtIn, carryOut, confirm } from "../support/playbook-runs.ts";
import { startTestApp } from "../support/start-test-app.ts";

async function start() {
  const started = await startTestApp();
  const { forge, acme, ada, grace, quiet } = started;
  const home = await createRepository(
    forge,
    { owner: acme, name: "start-here", private: true, autoInit: true },
    by(ada),
  );
  const issue = await openIssue(forge, { repository: home, title: "A service", body: "" }, by(grace));
  const team = createTeam(forge, { organization: acme, name: "platform" });
  await quiet();
  started.requests.length = 0;
  return { ...started, home, issue, team };
}

test("a plan becomes a repository", async () => {
  const started = await start();
  const { app, installation, issue, grace, requests, commentsOn, forge } = started;
  const run = await confirm(
    app.deps,
    { playbook: await builtIn("node-service"), answers: "name=tides owner=platform lead=grace", requester: grace },
    { installationId: installation.id, issue },
  );
  const after = await carryOut(app.deps, run);
  console.log(
    after.state,
    after.cause,
    requests.map(({ method, route }) => `${method} ${route}`).join("\n"),
    run.plan.cost,
  );
  console.log(commentsOn(issue));
  expect(findRepository(forge.state, "acme", "tides")).not.toBeNull();
});
