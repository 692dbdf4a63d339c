import { expect, test } from "vitest";
import type { Tell } from "../../src/domain/action.ts";
import { createOctokitFor } from "../../src/github/create-octokit-for.ts";
import { tell } from "../../src/github/tell.ts";
import { closeIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { FaultRule } from "../../src/sandbox/faults/faults.ts";
import { by } from "../support/graphql-sandbox.ts";
import { creditPermissions, makeGitHub } from "../support/make-github.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const place = { owner: "acme", name: "tides" };

function thing(word: string): Tell {
  const introduction = "Here I tell of what only a person can settle.";
  return { kind: "tell", marker: `<!-- thing ${word} -->`, title: "A look, please", introduction, body: word };
}

async function makeTides() {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, faults } = sandbox;
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  const github = await makeGitHub(sandbox);
  return {
    ...sandbox,
    ...github,
    issues: () => [...repository.issues.values()],
    told: () => [...repository.issues.values()].map(({ comments }) => comments.map(({ body }) => body.split("\n")[1])),
    strike: (fault: Pick<FaultRule, "kind" | "times"> & Partial<FaultRule>) =>
      faults.arrange([{ probability: 1, milliseconds: 0, method: "POST", path: "/repos", ...fault }], "tides"),
  };
}

test("all is told in one issue, and each thing once; once it is closed, another is opened", async () => {
  const { client, forge, ada, issues, told } = await makeTides();
  for (const word of ["team", "template", "team"]) await tell(client(), place, thing(word));
  expect(told()).toEqual([["team", "template"]]);
  for (const issue of issues()) await closeIssue(forge, { issue }, by(ada));
  await tell(client(), place, thing("edit"));
  expect(told()).toEqual([["team", "template"], ["edit"]]);
});

test("two that open an issue at once end with one, the older; the younger is closed as its duplicate", async () => {
  const { options, installation, issues, told, strike } = await makeTides();
  // Two processes: neither knows of the other's turns.
  const clients = [1, 2].map(() => createOctokitFor(options)(installation.id, { permissions: creditPermissions }));
  // Both have looked before either has opened one.
  strike({ kind: "slow", times: 2, milliseconds: 500 });
  await Promise.all(clients.map((client, index) => tell(client, place, thing(`thing ${index}`))));
  expect(issues().map(({ state, stateReason }) => [state, stateReason])).toEqual([
    ["open", null],
    ["closed", "duplicate"],
  ]);
  const [older = []] = told();
  expect(new Set(older)).toEqual(new Set(["thing 0", "thing 1"]));
});

test.for(["500-after", "502-after", "reset-after"] as const)(
  "an issue whose opening was answered by %s is found, and told in",
  async (kind) => {
    const { client, told, strike } = await makeTides();
    strike({ kind, times: 1 });
    await tell(client(), place, thing("team"));
    expect(told()).toEqual([["team"]]);
  },
);

test("an issue that could not be opened is not there, and that is an error", async () => {
  const { client, issues, strike } = await makeTides();
  strike({ kind: "500", times: 1 });
  await expect(tell(client(), place, thing("team"))).rejects.toMatchObject({ status: 500 });
  expect(issues()).toEqual([]);
});
