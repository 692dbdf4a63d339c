import { expect, test } from "vitest";
import { tipOf } from "../../../src/sandbox/actions/change-refs.ts";
import { makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

const nothing = "0".repeat(40);
const mutation = `mutation ($id: ID!, $updates: [RefUpdate!]!) {
  updateRefs(input: { repositoryId: $id, refUpdates: $updates }) { clientMutationId }
}`;
const done = { data: { updateRefs: { clientMutationId: null } } };
const name = "refs/heads/tide-tables";

async function start() {
  const { forge, ask, ada, grace, eve, repository } = await makeSandbox();
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tides", "Note more"] });
  const main = (await tipOf(forge, repository, "main")) ?? "";
  const update = (...updates: readonly object[]) => ask(ada, mutation, { id: repository.nodeId, updates });
  const tip = () => tipOf(forge, repository, "tide-tables");
  return { ask, ada, eve, repository, main, head: pull.head.commit, update, tip };
}

test("a branch is made, moved and deleted by one who knows where it is", async () => {
  const { update, tip, main, head } = await start();
  expect(await update({ name, beforeOid: nothing, afterOid: head })).toEqual(done);
  expect(await tip()).toBe(head);
  expect(await update({ name, beforeOid: head, afterOid: main, force: true })).toEqual(done);
  expect(await tip()).toBe(main);
  expect(await update({ name, beforeOid: main, afterOid: nothing })).toEqual(done);
  expect(await tip()).toBeNull();
});

test("nothing is changed where one of the refs is elsewhere", async () => {
  const { update, tip, main, head } = await start();
  await update({ name, beforeOid: nothing, afterOid: main });
  for (const beforeOid of [head, nothing]) {
    const other = { name: "refs/heads/other", afterOid: main };
    expect(await update(other, { name, beforeOid, afterOid: head, force: true })).toMatchObject({
      data: { updateRefs: null },
      errors: [{ type: "UNPROCESSABLE" }],
    });
  }
  expect(await tip()).toBe(main);
});

test("what GitHub refuses is refused", async () => {
  const { ask, eve, repository, update, main, head } = await start();
  await update({ name, afterOid: head });
  const refusals = [
    [{ name, beforeOid: head, afterOid: main }, "Update is not a fast forward"],
    [{ name: "refs/heads/main", afterOid: nothing }, "The default branch cannot be deleted."],
    [{ name: "refs/heads/a..b", afterOid: main }, "'refs/heads/a..b' is not a valid ref name."],
    [
      { name, afterOid: "1".repeat(40), force: true },
      `Could not resolve to a GitObject with the oid of '${"1".repeat(40)}'.`,
    ],
  ] as const;
  for (const [wanted, message] of refusals) expect(await update(wanted)).toMatchObject({ errors: [{ message }] });
  expect(
    await ask(eve, mutation, { id: repository.nodeId, updates: [{ name, afterOid: main, force: true }] }),
  ).toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
});
