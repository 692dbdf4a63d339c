import { expect, test } from "vitest";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { setCollaborator } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import { commitTo } from "../support/commit-to.ts";
import { send } from "../support/send.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";
import { by, installTestApp, makeTides } from "../support/test-app.ts";

const nothing = {
  required_status_checks: null,
  enforce_admins: false,
  required_pull_request_reviews: null,
  restrictions: null,
};
const place = "/repos/acme/tides";

/** Hedy's pull request into a branch with that protection; she and Grace may push. */
async function start(protection: object) {
  const sandbox = await startTestSandbox();
  const { forge, ada, grace, hedy } = sandbox;
  const repository = await makeTides(sandbox);
  for (const account of [grace, hedy]) await setCollaborator(forge, { repository, account, role: "write" }, by(ada));
  await commitTo(forge, repository, { branch: "high", author: hedy, message: "Write high" });
  const pull = await openPull(forge, { repository, title: "High", body: null, head: "high", base: "main" }, by(hedy));
  const ask = async (who: Account | string, method: string, path: string, body?: object) =>
    send(forge.web, {
      method,
      path: `${place}${path}`,
      token: typeof who === "string" ? who : sandbox.tokenOf(who),
      ...(body === undefined ? {} : { body }),
    });
  expect((await ask(ada, "PUT", "/branches/main/protection", { ...nothing, ...protection })).status).toBe(200);
  const merge = async (who: Account) => {
    const { status, json } = await ask(who, "PUT", `/pulls/${pull.issue.number}/merge`, {});
    return [status, json.message];
  };
  const stateOf = async () => (await ask(ada, "GET", `/pulls/${pull.issue.number}`)).json.mergeable_state;
  const review = async (who: Account, event: string) =>
    ask(who, "POST", `/pulls/${pull.issue.number}/reviews`, { event, body: "Seen" });
  return { ...sandbox, pull, ask, merge, stateOf, review };
}

const waits = "At least 1 approving review is required by reviewers with write access.";

test("a pull request waits for the reviews that its base asks for, and for those of whoever may push", async () => {
  const { ask, merge, stateOf, review, grace, ada, hedy, forge, pull, tokenOf } = await start({
    required_pull_request_reviews: { required_approving_review_count: 1 },
  });
  expect([await merge(hedy), await stateOf()]).toEqual([[405, waits], "blocked"]);
  const decide = async () => {
    const query = `{ repository(owner: "acme", name: "tides") { pullRequest(number: ${pull.issue.number}) { reviewDecision mergeStateStatus } } }`;
    const { json } = await send(forge.web, {
      method: "POST",
      path: "/graphql",
      token: tokenOf(ada),
      body: { query },
    });
    return json.data.repository.pullRequest;
  };
  expect(await decide()).toEqual({ reviewDecision: "REVIEW_REQUIRED", mergeStateStatus: "BLOCKED" });
  await review(grace, "APPROVE");
  expect(await decide()).toEqual({ reviewDecision: "APPROVED", mergeStateStatus: "CLEAN" });
  await review(grace, "REQUEST_CHANGES");
  expect(await merge(hedy)).toEqual([405, waits]);
  await review(grace, "APPROVE");
  expect(await stateOf()).toBe("clean");
  expect((await merge(hedy))[0]).toBe(200);
  expect((await ask(hedy, "GET", `/pulls/${pull.issue.number}`)).json.merged).toBe(true);
});

test("a pull request waits for the checks that its base asks for", async () => {
  const { ask, merge, stateOf, hedy, pull, ...sandbox } = await start({
    required_status_checks: { strict: false, contexts: ["tests"] },
  });
  const { token } = await installTestApp({ ...sandbox, hedy }, { permissions: { checks: "write" } });
  const run = async (conclusion: string) =>
    ask(token, "POST", "/check-runs", { name: "tests", head_sha: pull.head.commit, status: "completed", conclusion });
  const waitsForTests = [405, 'Required status check "tests" is expected.'];
  expect(await merge(hedy)).toEqual(waitsForTests);
  await run("failure");
  expect([await merge(hedy), await stateOf()]).toEqual([waitsForTests, "blocked"]);
  await run("success");
  expect((await merge(hedy))[0]).toBe(200);
});

test.each([
  [false, 200],
  [true, 405],
])("where protection is for administrators too is %j, one merges regardless: %i", async (isForAll, status) => {
  const { merge, ada } = await start({
    enforce_admins: isForAll,
    required_pull_request_reviews: { required_approving_review_count: 1 },
  });
  expect((await merge(ada))[0]).toBe(status);
});
