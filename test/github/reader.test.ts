import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createReader } from "../../src/github/create-reader.ts";
import { statusOf } from "../../src/github/errors.ts";
import { inPortions } from "../../src/github/in-portions.ts";

test("a reader never writes, and sends nothing where it would", async () => {
  let sent = 0;
  const reader = createReader({
    token: "t",
    baseUrl: "http://127.0.0.1:1",
    userAgent: "curtain-call-tests",
    clock: () => new Date(0),
    onRequest: () => {
      sent += 1;
    },
  });
  const wanted = { owner: "acme", repo: "tides", issue_number: 1, body: "Hello" };
  await expect(reader.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", wanted)).rejects.toThrow(
    "a reader never writes",
  );
  expect(sent).toBe(0);
});

test("portions grow smaller where GitHub fails to answer for so many, and their order stays", async () => {
  const sizes: number[] = [];
  const ask = async (some: readonly number[]): Promise<readonly number[]> => {
    sizes.push(some.length);
    if (some.length > 5) throw Object.assign(new Error("Bad Gateway"), { status: 502 });
    return some.map((number) => number * 2);
  };
  const items = Array.from({ length: 11 }, (_, index) => index);
  expect(await inPortions(items, 20, ask)).toEqual(items.map((number) => number * 2));
  expect(sizes).toEqual([11, 5, 5, 1]);
});

const failing = (status: number) => async (): Promise<readonly number[]> => {
  throw Object.assign(new Error(`Status ${status}`), { status });
};

test("what fails for one, or for another reason, is thrown", async () => {
  await expect(inPortions([1, 2, 3], 3, failing(504))).rejects.toThrow("Status 504");
  await expect(inPortions([1, 2, 3], 3, failing(404))).rejects.toThrow("Status 404");
});

test.for<[what: string, statuses: number[], outcome: string, pauses: number[]]>([
  ["a page is asked for again where GitHub fails", [200, 502, 500, 200], "200", [1000, 4000]],
  ["not for ever", [200, 502, 502, 502], "502", [1000, 4000]],
  ["not where it was never heard", [502], "502", []],
  ["not where it refuses", [200, 403], "403", []],
])("%s", async ([, statuses, outcome, pauses]) => {
  const waiting = [...statuses];
  const server = createServer((_, response) => response.writeHead(waiting.shift() ?? 200).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const waited: number[] = [];
  const reader = createReader({
    token: "t",
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    userAgent: "curtain-call-tests",
    clock: () => new Date(0),
    onRequest: () => {},
    wait: async (milliseconds) => void waited.push(milliseconds),
  });
  let told = "";
  for (let count = 0; waiting.length > 0 && count < 2; count += 1) {
    told = await reader.request("GET /").then(
      ({ status }) => String(status),
      (error: unknown) => String(statusOf(error)),
    );
  }
  expect([told, waited, waiting]).toEqual([outcome, pauses, []]);
});
