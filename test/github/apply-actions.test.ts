import { expect, test } from "vitest";
import type { Action, SetCheck, UpsertComment } from "../../src/domain/action.ts";
import { applyActions } from "../../src/github/apply-actions.ts";
import { createOctokitFor } from "../../src/github/create-octokit-for.ts";
import { ReadOnly } from "../../src/github/errors.ts";
import type { GitHubClient } from "../../src/github/github-client.ts";
import { readPullRequest } from "../../src/github/read-pull-request.ts";
import { addComment, deleteComment } from "../../src/sandbox/actions/comments.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { FaultRule } from "../../src/sandbox/faults/faults.ts";
import { by, makePull } from "../support/graphql-sandbox.ts";
import { creditPermissions, makeGitHub } from "../support/make-github.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const marker = "<!-- curtain-call:credit";
const place = { owner: "acme", name: "tides" };

async function makeTides() {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, faults } = sandbox;
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  const { issue, head } = await makePull(forge, { repository, author: ada, commits: ["Note tides"] });
  const { number } = issue;
  const github = await makeGitHub(sandbox);
  const { client } = github;
  const comment = (words: string, existing: UpsertComment["existing"] = null): UpsertComment => {
    return { kind: "upsert comment", number, marker, body: `${marker} v1 -->\n${words}`, existing };
  };
  const check = (title: string): SetCheck => {
    return { kind: "set check", sha: head.commit, name: "credit", conclusion: "neutral", title, summary: "See there." };
  };
  const strike = (fault: Pick<FaultRule, "kind" | "method" | "path">, times = 1): void => {
    faults.arrange([{ probability: 1, times, milliseconds: 0, ...fault }], "tides");
  };
  return {
    ...sandbox,
    ...github,
    repository,
    issue,
    comment,
    check,
    strike,
    apply: (action: Action, by_ = client()) => applyActions(by_, place, [action]),
    existing: async () => {
      const reading = await readPullRequest(client(), { ...place, number, marker });
      return reading?.facts.ownComment ?? null;
    },
    bodies: () => issue.comments.map(({ body }) => body.split("\n")[1]),
    runs: () => repository.checkSuites.flatMap(({ runs }) => runs).map(({ output }) => output.title),
  };
}

test("a comment is created with one write, edited with one, and left alone where nothing changed", async () => {
  const { apply, comment, existing, bodies, told } = await makeTides();
  expect(await apply(comment("Ada"))).toMatchObject([{ outcome: "created" }]);
  expect(bodies()).toEqual(["Ada"]);
  // The second query makes sure that nobody else of ours was faster.
  expect(told()).toEqual(["POST comments", "query"]);

  const before = await existing();
  expect(told()).toEqual(["query"]);
  expect(await apply(comment("Ada and Grace", before))).toMatchObject([{ outcome: "edited", id: before?.id }]);
  expect(bodies()).toEqual(["Ada and Grace"]);
  expect(told()).toEqual(["PATCH {comment_id}"]);

  expect(await apply(comment("Ada and Grace", await existing()))).toMatchObject([{ outcome: "unchanged" }]);
  expect(told()).toEqual(["query"]);
});

test.for(["500-after", "502-after", "reset-after"] as const)(
  "a comment whose creation was answered by %s is found and adopted",
  async (kind) => {
    const { apply, comment, bodies, strike, told } = await makeTides();
    strike({ kind, method: "POST", path: "/repos" });
    expect(await apply(comment("Ada"))).toMatchObject([{ outcome: "adopted", id: expect.any(Number) }]);
    expect(bodies()).toEqual(["Ada"]);
    expect(told()).toEqual(["POST comments", "query"]);
  },
);

test.for(["500", "502", "reset"] as const)(
  "a creation that failed by %s fails, and is not sent again",
  async (kind) => {
    const { apply, comment, bodies, strike, told } = await makeTides();
    strike({ kind, method: "POST", path: "/repos" });
    await expect(apply(comment("Ada"))).rejects.toMatchObject({ status: kind === "reset" ? 500 : Number(kind) });
    expect(bodies()).toEqual([]);
    expect(told()).toEqual(["POST comments", "query"]);
  },
);

test("what is not answered in time fails; a read is not asked again, and a write looks before it gives up", async () => {
  const { apply, comment, bodies, existing, strike, options, installation, told } = await makeTides();
  const client = createOctokitFor({ ...options, timeout: 300 })(installation.id, { permissions: creditPermissions });
  await existing();
  told();
  strike({ kind: "hang", path: "/graphql" });
  await expect(readPullRequest(client, { ...place, number: 1, marker })).rejects.toMatchObject({ status: 500 });
  expect(told()).toEqual(["query"]);
  strike({ kind: "hang", method: "POST", path: "/repos" });
  await expect(apply(comment("Ada"), client)).rejects.toMatchObject({ status: 500 });
  expect(told()).toEqual(["POST comments", "query"]);
  expect(bodies()).toEqual([]);
});

test("an archived repository is read-only, and known as such", async () => {
  const { apply, comment, repository } = await makeTides();
  repository.archived = true;
  await expect(apply(comment("Ada"))).rejects.toThrow(ReadOnly);
});

test("two that create at once end with one comment, the older", async () => {
  const { apply, comment, bodies, issue, options, installation } = await makeTides();
  // Two processes: neither knows of the other's turns.
  const clients = [1, 2].map((): GitHubClient => {
    return createOctokitFor(options)(installation.id, { permissions: creditPermissions });
  });
  const applied = await Promise.all(clients.map((client) => apply(comment("Ada"), client)));
  expect(bodies()).toEqual(["Ada"]);
  const [survivor] = issue.comments;
  expect(applied.flat().map(({ id }) => id)).toEqual([survivor?.id, survivor?.id]);
});

test("whoever finds an older comment than its own takes its own away and edits the older", async () => {
  const { apply, app, forge, comment, bodies, issue } = await makeTides();
  const bot = { account: app.bot, viaAppId: app.id };
  const old = await addComment(forge, { issue, body: comment("Old").body }, bot);
  await addComment(forge, { issue, body: comment("Younger").body }, bot);
  expect(await apply(comment("New"))).toMatchObject([{ outcome: "adopted", id: old.id }]);
  expect(bodies()).toEqual(["New"]);
});

test("a comment that somebody has deleted is gone, and not made again", async () => {
  const { apply, ada, forge, comment, existing, bodies, issue } = await makeTides();
  await apply(comment("Ada"));
  const before = await existing();
  for (const one of issue.comments) await deleteComment(forge, one, by(ada));
  expect(await apply(comment("Ada and Grace", before))).toMatchObject([{ outcome: "gone", id: null }]);
  expect(bodies()).toEqual([]);
});

test("a check is created, edited, and left alone", async () => {
  const { apply, check, runs, told } = await makeTides();
  expect(await apply(check("One is missing"))).toMatchObject([{ outcome: "created" }]);
  expect(told()).toEqual(["GET check-runs", "POST check-runs"]);
  expect(await apply(check("One is missing"))).toMatchObject([{ outcome: "unchanged" }]);
  expect(told()).toEqual(["GET check-runs"]);
  expect(await apply(check("Nobody is missing"))).toMatchObject([{ outcome: "edited" }]);
  expect(told()).toEqual(["GET check-runs", "PATCH {check_run_id}"]);
  expect(runs()).toEqual(["Nobody is missing"]);
  const [applied] = await apply(check("Nobody is missing"));
  told();
  const existing = { id: applied?.id ?? 0, conclusion: "neutral", title: "Nobody is missing", summary: "See there." };
  expect(await apply({ ...check("Nobody is missing"), existing })).toMatchObject([{ outcome: "unchanged" }]);
  expect(told()).toEqual([]);
});

test("a check whose creation was answered by 502 is found and adopted", async () => {
  const { apply, check, runs, strike } = await makeTides();
  strike({ kind: "502-after", method: "POST", path: "/repos" });
  expect(await apply(check("One is missing"))).toMatchObject([{ outcome: "adopted" }]);
  expect(runs()).toEqual(["One is missing"]);
});
