import { expect, test } from "vitest";
import { createFaults, type FaultRule } from "../../src/sandbox/faults/faults.ts";
import { send } from "../support/send.ts";
import { listenForWebhooks, startTestSandbox } from "../support/start-test-sandbox.ts";
import { installTestApp, makeTides } from "../support/test-app.ts";

const issues = "/repos/acme/tides/issues";

async function start(...rules: (Partial<FaultRule> & { kind: FaultRule["kind"] })[]) {
  const sandbox = await startTestSandbox();
  const tides = await makeTides(sandbox);
  const { web } = sandbox.forge;
  const token = sandbox.tokenOf(sandbox.ada);
  await send(web, { method: "PUT", path: "/_sandbox/faults", body: { rules } });
  const write = (path = issues) => send(web, { method: "POST", path, token, body: { title: "x" } });
  return { ...sandbox, tides, token, write };
}

test.each([
  ["500", 500, 0],
  ["502", 502, 0],
  ["500-after", 500, 1],
  ["502-after", 502, 1],
  ["secondary-limit", 403, 0],
  ["slow", 201, 1],
] as const)("%s answers %i, and %i issues are there afterwards", async (kind, status, count) => {
  const { write, tides } = await start({ kind, method: "POST", path: issues, times: 1, milliseconds: 20 });
  expect((await write(`/api/v3${issues}`)).status).toBe(status);
  expect(tides.issues.size).toBe(count);
  expect((await write()).status).toBe(201);
});

test.each([
  ["reset", 0],
  ["reset-after", 1],
] as const)("%s gives no answer, and %i issues are there afterwards", async (kind, count) => {
  const { write, tides } = await start({ kind, times: 1 });
  await expect(write()).rejects.toThrow(/ECONNRESET|socket hang up/);
  expect(tides.issues.size).toBe(count);
});

test("GraphQL is befallen too", async () => {
  const { forge, token } = await start({ kind: "502", path: "/graphql", times: 1 });
  const ask = () =>
    send(forge.web, { method: "POST", path: "/api/graphql", token, body: { query: "{ viewer { login } }" } });
  expect([(await ask()).status, (await ask()).status]).toEqual([502, 200]);
});

test.each(["hang", "slow"] as const)("whoever closes the sandbox waits for nothing: %s", async (kind) => {
  const { write, close } = await start({ kind, milliseconds: 600_000 });
  const hanging = write().catch(() => "gone");
  await new Promise((resolve) => setTimeout(resolve, 50));
  await close();
  expect(await hanging).toBe("gone");
});

function strikes(seed: string): boolean[] {
  const faults = createFaults();
  faults.arrange([{ kind: "500", probability: 0.5, times: null, milliseconds: 0 }], seed);
  return Array.from({ length: 64 }, () => faults.nextForRequest("GET", "/") !== null);
}

test("the same seed and the same requests give the same faults, another seed others", () => {
  expect(strikes("one")).toEqual(strikes("one"));
  expect(strikes("one")).not.toEqual(strikes("other"));
});

test.each([
  ["lost", 0],
  ["doubled", 2],
  ["delayed", 1],
  ["reordered", 1],
] as const)("a webhook that is %s arrives %i times, and the log has it once", async (kind, count) => {
  const sandbox = await start({ kind, event: "issues", times: 1, milliseconds: 20 });
  const { url, received } = await listenForWebhooks();
  await installTestApp(sandbox, { webhookUrl: url, events: ["issues"] });
  await sandbox.write();
  await sandbox.settled();
  const guids = received.flatMap(({ event, headers }) => (event === "issues" ? headers["x-github-delivery"] : []));
  expect([guids.length, new Set(guids).size]).toEqual([count, Math.min(1, count)]);
  expect(sandbox.forge.state.deliveries.filter(({ event }) => event === "issues")).toHaveLength(1);
});

test("whoever closes the sandbox does not wait for a webhook that is delayed", async () => {
  const sandbox = await start({ kind: "delayed", milliseconds: 600_000 });
  await installTestApp(sandbox, { webhookUrl: "http://127.0.0.1:9/", events: ["issues"] });
  await sandbox.close();
  expect(sandbox.forge.state.deliveries).toMatchObject([{ outcome: { status: "given up" } }]);
});
