import { expect, test } from "vitest";
import type { PullRequestFacts } from "../../src/domain/credit/pull-request-facts.ts";
import { addSuperseded } from "../../src/github/add-superseded.ts";
import type { QueryAnswer, QueryError } from "../../src/github/github-client.ts";
import { type PullRequestReading, readPullRequest } from "../../src/github/read-pull-request.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { by, makePull } from "../support/graphql-sandbox.ts";
import { makeGitHub } from "../support/make-github.ts";
import { pullRequest } from "../support/pull-request.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

test("all that a page of pull requests supersedes comes in one query, without what is no pull request", async () => {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada, grace } = sandbox;
  const repository = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
  const { client: clientFor, told } = await makeGitHub(sandbox);
  const client = clientFor();
  const old = await makePull(forge, { repository, author: grace, commits: ["Begin", "Go on"], branch: "old" });
  await openIssue(forge, { repository, title: "No water", body: null }, by(grace));
  const bodies = ["Supersedes #1, #2 and #99", "Takes over acme/tides#3", "Closes #2"];
  const readings: PullRequestReading[] = [];
  for (const [place, body] of bodies.entries()) {
    const { issue } = await makePull(forge, { repository, author: ada, commits: ["A"], branch: `new-${place}`, body });
    const wish = { owner: "acme", name: "tides", number: issue.number, marker: null };
    const reading = await readPullRequest(client, wish);
    if (reading !== null) readings.push(reading);
  }
  await mergePull(forge, { pull: old, method: "merge" }, by(ada));
  told();
  const added = await addSuperseded(client, readings);
  expect(told()).toEqual(["query"]);
  expect(added.map(({ facts }) => facts.superseded.map(({ number }) => number))).toEqual([[1], [3], []]);
  const [first] = added[0]?.facts.superseded ?? [];
  expect(first).toMatchObject({
    url: `${forge.web}/acme/tides/pull/1`,
    author: { id: grace.id, login: "grace", name: "Grace Sample" },
    mergedAt: expect.any(Date),
    commits: [{ message: "Begin" }, { message: "Go on", authors: [{ account: { login: "grace" } }] }],
  });
  expect(await addSuperseded(client, readings.slice(2))).toEqual(readings.slice(2));
  expect(await addSuperseded(client, [])).toEqual([]);
  expect(told()).toEqual([]);
});

/** A GitHub that has every pull request, and answers for so many at once. */
function createClient(most: number, refusal: QueryError | "502" = "502") {
  const asked: number[][] = [];
  const query = async (text: string): Promise<QueryAnswer> => {
    const numbers = Array.from(text.matchAll(/pullRequest\(number: (\d+)\)/g), ([, number]) => Number(number));
    asked.push(numbers);
    if (numbers.length > most) {
      if (refusal === "502") throw Object.assign(new Error("Bad gateway"), { status: 502 });
      return { data: null, errors: [refusal] };
    }
    const answers = numbers.map((number) => {
      return [`pull${number}`, { number, url: "", author: null, mergedAt: null, commits: { nodes: [] } }];
    });
    return { data: { repository: Object.fromEntries(answers) as unknown }, errors: [] };
  };
  return { client: { query }, asked };
}

function readingOf(given: Partial<Omit<PullRequestFacts, "repository">>): PullRequestReading {
  const none = { repository: null, organization: null, proposed: null };
  const templates = { comment: none, check: none };
  return { facts: pullRequest(given), head: null, configuration: none, templates, withheld: new Set() };
}

const body = `Supersedes ${Array.from({ length: 12 }, (_, place) => `#${place + 10}`).join(", ")}`;
const ten = Array.from({ length: 10 }, (_, place) => place + 10);

test.each<[string, number, QueryError | "502", number[]]>([
  ["ten at most are asked for", 10, "502", [10]],
  ["half as many where those are too many for it", 5, "502", [10, 5, 5]],
  ["so it is where it says so", 5, { message: "a timeout", path: [] }, [10, 5, 5]],
])("%s", async (_, most, refusal, counts) => {
  const { client, asked } = createClient(most, refusal);
  const [added] = await addSuperseded(client, [readingOf({ body })]);
  expect(asked.map((numbers) => numbers.length)).toEqual(counts);
  expect(added?.facts.superseded.map(({ number }) => number)).toEqual(ten);
});

test("a GitHub that cannot give a single one fails, and one that has the repository no more gives none", async () => {
  await expect(addSuperseded(createClient(0).client, [readingOf({ body })])).rejects.toThrow("Bad gateway");
  const gone = { type: "NOT_FOUND", message: "gone", path: ["repository"] };
  const [added] = await addSuperseded(createClient(0, gone).client, [readingOf({ body })]);
  expect(added?.facts.superseded).toEqual([]);
});
