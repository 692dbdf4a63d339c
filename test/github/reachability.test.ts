import { expect, test } from "vitest";
import { createReachability } from "../../src/github/create-reachability.ts";
import { type Answered, tellAnswer } from "../../src/github/tell-answer.ts";

test.each([
  ["at first nothing speaks against it", [], 0, true],
  ["an answer says so", [200], 0, true],
  ["a refusal is an answer", [404], 0, true],
  ["no answer is none", [200, null], 0, false],
  ["its own mistake is no answer", [503], 0, false],
  ["the last request counts", [null, 200], 0, true],
  ["a failure is forgotten after a minute, for nobody may ask again", [null], 60_000, true],
] as const)("GitHub is reachable or not: %s", (_, statuses, later, expected) => {
  let now = 0;
  const { note, isReachable } = createReachability(() => new Date(now));
  for (const status of statuses) note({ status });
  now += later;
  expect(isReachable()).toBe(expected);
});

const request = { installationId: 7, method: "GET", route: "/repos/{owner}/{repo}" };

async function told(send: () => Promise<{ status: number; headers: object }>): Promise<Answered[]> {
  const answers: Answered[] = [];
  await tellAnswer(request, send, (answer) => answers.push(answer)).catch(() => {});
  return answers;
}

const limits = {
  "x-ratelimit-remaining": "41",
  "x-ratelimit-reset": "1772366400",
  "x-ratelimit-resource": "graphql",
};
const points = { resource: "graphql", left: 41, resetAt: new Date("2026-03-01T12:00:00Z") };

test.each<[string, () => Promise<{ status: number; headers: object }>, Partial<Answered>]>([
  ["an answer with limits", async () => ({ status: 200, headers: limits }), { status: 200, points }],
  ["an answer without", async () => ({ status: 204, headers: {} }), { status: 204, points: null }],
  [
    "a resource that is no word",
    async () => ({ status: 200, headers: { ...limits, "x-ratelimit-resource": 'a"b' } }),
    { status: 200, points: null },
  ],
  [
    "a refusal",
    async () => Promise.reject(Object.assign(new Error("no"), { status: 403, response: { headers: limits } })),
    { status: 403, points },
  ],
  [
    "no answer, which Octokit gives 500",
    async () => Promise.reject(Object.assign(new Error("timeout"), { status: 500 })),
    { status: null, points: null },
  ],
])("%s is told", async (_, send, expected) => {
  expect(await told(send)).toEqual([{ ...request, ...expected }]);
});
