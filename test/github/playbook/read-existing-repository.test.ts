import { expect, test } from "vitest";
import { readExistingRepository } from "../../../src/github/playbook/read-existing-repository.ts";
import { createLabel, createMilestone } from "../../../src/sandbox/actions/labels.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import { by } from "../../support/graphql-sandbox.ts";
import { makeGitHub } from "../../support/make-github.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";
import { makeTides } from "../../support/test-app.ts";

test("a repository is read with all its labels and milestones, a hundred with each query", async () => {
  const sandbox = await startTestSandbox();
  const { forge, ada } = sandbox;
  const repository = await makeTides(sandbox, { private: true });
  const own = repository.labels.map(({ name }) => name);
  const fields = { description: null, state: "open" as const, dueOn: null };
  for (let number = 0; number < 120; number += 1) {
    await createLabel(forge, { repository, name: `label ${number}`, color: "d73a4a", description: null }, by(ada));
  }
  await createMilestone(forge, { repository, title: "Debrief", ...fields }, by(ada));
  const { client, told } = await makeGitHub(sandbox);
  const found = await readExistingRepository(client(), { owner: "acme", name: "tides" });
  expect(found).toEqual({
    id: repository.id,
    owner: "acme",
    name: "tides",
    description: null,
    visibility: "private",
    branch: "main",
    head: expect.stringMatching(/^[\da-f]{40}$/),
    paths: ["README.md"],
    labels: expect.arrayContaining([...own, "label 0", "label 119"]),
    milestones: ["Debrief"],
  });
  expect(told()).toEqual(["query", "query", "GET {tree_sha}"]);
});

test("a repository without a commit is empty", async () => {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada } = sandbox;
  await createRepository(forge, { owner: acme, name: "empty" }, by(ada));
  const { client } = await makeGitHub(sandbox);
  expect(await readExistingRepository(client(), { owner: "acme", name: "empty" })).toBe("empty");
});
