import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { toEvent } from "../../src/github/to-event.ts";

const file = fileURLToPath(import.meta.resolve("@octokit/webhooks-examples"));
const examples = JSON.parse(readFileSync(file, "utf8")) as { name: string; examples: object[] }[];
const payloads = examples.flatMap(({ name, examples: found }) => found.map((payload) => ({ name, payload })));

test("every payload of GitHub's collection is read, as it is and as an installation's, without a throw", () => {
  const heard = new Set<string>();
  for (const { name, payload } of payloads) {
    expect(() => toEvent(name, payload)).not.toThrow();
    const event = toEvent(name, { installation: { id: 7 }, ...payload });
    if (event !== null) heard.add(`${name} → ${event.kind}`);
  }
  expect([...heard].toSorted()).toEqual([
    "check_suite → pull request",
    "installation → installation",
    "installation_repositories → installation",
    "issue_comment → comment",
    "issues → issue",
    "merge_group → merge group",
    "organization → account",
    "pull_request → pull request",
    "pull_request_review → pull request",
    "push → push",
    "push → release",
    "release → release",
    "repository → repository",
  ]);
});

const installation = { id: 7 };
const repository = { id: 42, name: "tides", owner: { login: "acme" }, default_branch: "main" };
const sender = { id: 101, login: "ada", type: "User" };
const hint = {
  installationId: 7,
  repository: { id: 42, owner: "acme", name: "tides" },
  actor: { id: 101, login: "ada", kind: "person" },
};

test.for<[what: string, name: string, payload: object, event: object | null]>([
  [
    "an opened pull request",
    "pull_request",
    { action: "opened", pull_request: { number: 5 } },
    { ...hint, kind: "pull request", action: "opened", number: 5 },
  ],
  ["a label, which changes no credit", "pull_request", { action: "labeled", pull_request: { number: 5 } }, null],
  [
    "a review",
    "pull_request_review",
    { action: "submitted", pull_request: { number: 5 } },
    { ...hint, kind: "pull request", action: "submitted", number: 5 },
  ],
  [
    "a check that is asked for again",
    "check_run",
    { action: "rerequested", check_run: { pull_requests: [{ number: 5 }] } },
    { ...hint, kind: "pull request", action: "rerequested", number: 5 },
  ],
  ["a check of a fork's pull request", "check_run", { action: "rerequested", check_run: { pull_requests: [] } }, null],
  [
    "a comment on a pull request",
    "issue_comment",
    {
      action: "created",
      issue: { number: 5, pull_request: { url: "…" } },
      comment: { id: 8, node_id: "IC_8", body: "Thanks!\n\n/credit @ada for review" },
    },
    {
      ...hint,
      kind: "comment",
      action: "created",
      number: 5,
      isPullRequest: true,
      commentId: 8,
      nodeId: "IC_8",
      mayCommand: true,
    },
  ],
  [
    "a command that somebody changed a comment into",
    "issue_comment",
    { action: "edited", issue: { number: 3 }, comment: { id: 8, node_id: "IC_8", body: "/credit help" } },
    null,
  ],
  [
    "a comment on an issue",
    "issue_comment",
    { action: "deleted", issue: { number: 3 }, comment: { id: 8, node_id: "IC_8", body: "/credit help" } },
    {
      ...hint,
      kind: "comment",
      action: "deleted",
      number: 3,
      isPullRequest: false,
      commentId: 8,
      nodeId: "IC_8",
      mayCommand: false,
    },
  ],
  [
    "a push, whose owner has a name and no login",
    "push",
    { ref: "refs/heads/main", repository: { ...repository, owner: { name: "acme" } } },
    { ...hint, kind: "push", action: "pushed", branch: "main", isDefaultBranch: true },
  ],
  [
    "a tag that was pushed",
    "push",
    { ref: "refs/tags/v1", deleted: false },
    { ...hint, kind: "release", action: "pushed", tag: "v1", releaseId: null },
  ],
  ["a tag that was deleted", "push", { ref: "refs/tags/v1", deleted: true }, null],
  [
    "a release, a draft without a tag too",
    "release",
    { action: "created", release: { id: 7, tag_name: "" } },
    { ...hint, kind: "release", action: "created", tag: "", releaseId: 7 },
  ],
  [
    "what somebody writes into a release",
    "release",
    { action: "edited", changes: { body: { from: "Tides" } }, release: { id: 7, tag_name: "v1" } },
    null,
  ],
  [
    "a release that gets another tag",
    "release",
    { action: "edited", changes: { tag_name: { from: "v1" } }, release: { id: 7, tag_name: "v2" } },
    { ...hint, kind: "release", action: "edited", tag: "v2", releaseId: 7 },
  ],
  [
    "a bot's doing",
    "issues",
    { action: "labeled", issue: { number: 3 }, sender: { id: 9, login: "gauge[bot]", type: "Bot" } },
    {
      ...hint,
      kind: "issue",
      mayAskForPlaybook: false,
      action: "labeled",
      number: 3,
      actor: { id: 9, login: "gauge[bot]", kind: "bot" },
    },
  ],
  [
    "a merge queue's commit",
    "merge_group",
    {
      action: "checks_requested",
      merge_group: { head_sha: "abc", head_ref: "refs/heads/gh-readonly-queue/release/v1/pr-5-c0ffee" },
    },
    { ...hint, kind: "merge group", action: "checks_requested", number: 5, sha: "abc" },
  ],
  [
    "a group of a queue that names no pull request",
    "merge_group",
    { action: "checks_requested", merge_group: { head_sha: "abc", head_ref: "refs/heads/main" } },
    null,
  ],
  [
    "an issue that is closed",
    "issues",
    { action: "closed", issue: { number: 3 } },
    { ...hint, kind: "issue", action: "closed", number: 3, mayAskForPlaybook: false },
  ],
  ["a new issue", "issues", { action: "opened", issue: { number: 3, labels: [{ name: "bug" }] } }, null],
  [
    "a new issue that may ask for a playbook",
    "issues",
    { action: "opened", issue: { number: 3, labels: [{ name: "Playbook" }] } },
    { ...hint, kind: "issue", action: "opened", number: 3, mayAskForPlaybook: true },
  ],
  [
    "an issue that may ask for a playbook from now on",
    "issues",
    { action: "labeled", issue: { number: 3, labels: [] }, label: { name: "playbook" } },
    { ...hint, kind: "issue", action: "labeled", number: 3, mayAskForPlaybook: true },
  ],
  [
    "another label on an issue that asked for a playbook before",
    "issues",
    { action: "labeled", issue: { number: 3, labels: [{ name: "playbook" }] }, label: { name: "bug" } },
    { ...hint, kind: "issue", action: "labeled", number: 3, mayAskForPlaybook: false },
  ],
  [
    "an organisation's new name, which is no repository's",
    "installation_target",
    { action: "renamed", repository: undefined, account: { id: 1, login: "acme" } },
    { installationId: 7, kind: "account", action: "renamed", actor: hint.actor },
  ],
  ["a new title of an issue", "issues", { action: "edited", issue: { number: 3 } }, null],
  ["a rename", "repository", { action: "renamed" }, { ...hint, kind: "repository", action: "renamed" }],
  ["what nobody listens to", "star", { action: "created" }, null],
  ["a name that every object has", "constructor", {}, null],
])("%s", ([, name, payload, event]) => {
  expect(toEvent(name, { installation, repository, sender, ...payload })).toEqual(event);
});

test("a suspended installation says whose it is", () => {
  const payload = { action: "suspend", sender, installation: { ...installation, account: { id: 1, login: "acme" } } };
  expect(toEvent("installation", payload)).toEqual({
    kind: "installation",
    action: "suspend",
    installationId: 7,
    actor: hint.actor,
    account: { id: 1, login: "acme" },
  });
});

test.for([null, undefined, 1, "text", [], {}])("%j is no event", (payload) => {
  expect(toEvent("pull_request", payload)).toBeNull();
});
