import { expect, test } from "vitest";
import { setMergeQueue, tendQueue } from "../../../src/sandbox/actions/merge-queue.ts";
import { setDraft } from "../../../src/sandbox/actions/pulls.ts";
import { entryOf } from "../../../src/sandbox/model/merge-queue.ts";
import { at, by, makePull, makeSandbox } from "../../support/graphql-sandbox.ts";

async function start() {
  const sandbox = await makeSandbox();
  const { forge, repository, grace, ada } = sandbox;
  const pull = await makePull(forge, { repository, author: grace, commits: ["Note tide", "Note another"] });
  await setMergeQueue(forge, repository, { rules: { method: "squash", requiredChecks: ["tests"] }, actor: by(ada) });
  return { ...sandbox, pull };
}

const enqueue = `mutation ($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) {
  mergeQueueEntry { id position state jump solo enqueuer { login } pullRequest { number isInMergeQueue } } } }`;
const dequeue = `mutation ($id: ID!) { dequeuePullRequest(input: { id: $id, clientMutationId: "d" }) {
  clientMutationId mergeQueueEntry { pullRequest { number isInMergeQueue } } } }`;

test("a pull request is put in the queue, found there, and taken out", async () => {
  const { ask, forge, repository, ada, grace, pull } = await start();
  const enqueued = await ask(grace, enqueue, { id: pull.nodeId });
  expect(enqueued).toEqual({
    data: {
      enqueuePullRequest: {
        mergeQueueEntry: {
          id: entryOf(pull)?.nodeId,
          position: 1,
          state: "QUEUED",
          jump: false,
          solo: false,
          enqueuer: { login: "grace" },
          pullRequest: { number: 1, isInMergeQueue: true },
        },
      },
    },
  });
  await tendQueue(forge, repository);
  const group = entryOf(pull)?.group;
  const query = `query ($entry: ID!) {
    repository(owner: "acme", name: "tides") {
      mergeQueue { id url resourcePath configuration { mergeMethod mergingStrategy maximumEntriesToBuild }
        entries(first: 5) { totalCount nodes { state headCommit { oid message } baseCommit { oid } mergeQueue { repository { name } } } } }
      main: mergeQueue(branch: "main") { id } other: mergeQueue(branch: "other") { id }
      pullRequest(number: 1) { isMergeQueueEnabled mergeQueue { id } mergeQueueEntry { id position }
        timelineItems(itemTypes: [ADDED_TO_MERGE_QUEUE_EVENT], first: 5) { nodes { ... on AddedToMergeQueueEvent { actor { login } enqueuer { login } mergeQueue { id } } } } } }
    node(id: $entry) { ... on MergeQueueEntry { position } } }`;
  const id = repository.mergeQueue?.nodeId;
  expect(await ask(ada, query, { entry: entryOf(pull)?.nodeId })).toEqual({
    data: {
      repository: {
        mergeQueue: {
          id,
          url: "http://127.0.0.1:4000/acme/tides/queue/main",
          resourcePath: "/acme/tides/queue/main",
          configuration: { mergeMethod: "SQUASH", mergingStrategy: "ALLGREEN", maximumEntriesToBuild: 1 },
          entries: {
            totalCount: 1,
            nodes: [
              {
                state: "AWAITING_CHECKS",
                headCommit: { oid: group?.head, message: "Add high water (#1)\n\n* Note tide\n\n* Note another" },
                baseCommit: { oid: group?.base },
                mergeQueue: { repository: { name: "tides" } },
              },
            ],
          },
        },
        main: { id },
        other: null,
        pullRequest: {
          isMergeQueueEnabled: true,
          mergeQueue: { id },
          mergeQueueEntry: { id: entryOf(pull)?.nodeId, position: 1 },
          timelineItems: {
            nodes: [{ actor: { login: "grace" }, enqueuer: { login: "grace" }, mergeQueue: { id } }],
          },
        },
      },
      node: { position: 1 },
    },
  });
  expect(await ask(grace, dequeue, { id: pull.nodeId })).toEqual({
    data: {
      dequeuePullRequest: {
        clientMutationId: "d",
        mergeQueueEntry: { pullRequest: { number: 1, isInMergeQueue: false } },
      },
    },
  });
  const removed = `{ repository(owner: "acme", name: "tides") { pullRequest(number: 1) {
    timelineItems(itemTypes: [REMOVED_FROM_MERGE_QUEUE_EVENT], first: 5) { nodes { ... on RemovedFromMergeQueueEvent { reason enqueuer { login } beforeCommit { oid } } } } } } }`;
  expect(at((await ask(ada, removed)).data, "repository", "pullRequest", "timelineItems", "nodes")).toEqual([
    { reason: "manual", enqueuer: { login: "grace" }, beforeCommit: { oid: group?.head } },
  ]);
});

test("who may not merge may not queue, and a refusal says why", async () => {
  const { ask, forge, ada, grace, eve, pull } = await start();
  const id = { id: pull.nodeId };
  expect(await ask(eve, enqueue, id)).toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
  expect(await ask(ada, dequeue, id)).toMatchObject({
    errors: [{ type: "UNPROCESSABLE", message: "Failed to remove PR #1 from the merge queue" }],
  });
  const merge = "mutation ($id: ID!) { mergePullRequest(input: { pullRequestId: $id }) { pullRequest { merged } } }";
  expect(await ask(ada, merge, id)).toMatchObject({
    errors: [{ type: "UNPROCESSABLE", message: "Changes must be made through the merge queue" }],
  });
  await setDraft(forge, { pull, draft: true }, by(grace));
  expect(await ask(ada, enqueue, id)).toMatchObject({
    errors: [{ type: "UNPROCESSABLE", message: "Pull request is in draft state" }],
  });
  expect(entryOf(pull)).toBeNull();
  expect(await ask(ada, enqueue.replace("$id }", "$id, jump: true }"), id)).toMatchObject({
    errors: [{ type: "NOT_IMPLEMENTED", message: "No support for jump of Mutation.enqueuePullRequest" }],
  });
  const unknown = '{ repository(owner: "acme", name: "tides") { mergeQueue { nextEntryEstimatedTimeToMerge } } }';
  expect(await ask(ada, unknown)).toMatchObject({
    errors: [{ message: "No resolver for MergeQueue.nextEntryEstimatedTimeToMerge" }],
  });
});
