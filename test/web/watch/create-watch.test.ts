import type { Hono } from "hono";
import { expect, test } from "vitest";
import { createMetrics } from "../../../src/web/watch/create-metrics.ts";
import { createWatch, type WatchOptions } from "../../../src/web/watch/create-watch.ts";

const token = "a token of the tests";

function watch(options: Partial<WatchOptions>): Hono {
  const metrics = createMetrics(() => new Date());
  return createWatch({ checks: {}, metrics, readQueues: async () => [], metricsToken: token, ...options });
}

test("what does not answer is named with 503, and left out where somebody can do without it", async () => {
  const app = watch({
    checks: {
      database: () => true,
      queue: async () => Promise.reject(new Error("password of the database")),
      github: () => false,
    },
  });
  const answer = await app.request("/readyz");
  expect(answer.status).toBe(503);
  const told = { status: "not ready", database: "ok", queue: "does not answer", github: "does not answer" };
  expect(await answer.json()).toEqual(told);
  expect((await app.request("/readyz?exclude=github")).status).toBe(503);
  const without = await app.request("/readyz?exclude=github&exclude=queue");
  expect([without.status, await without.json()]).toEqual([200, { status: "ready", database: "ok" }]);
  expect((await app.request("/healthz")).status).toBe(200);
});

test("many that ask at once make one look", async () => {
  let looks = 0;
  const wait = Promise.withResolvers<boolean>();
  const app = watch({
    checks: {
      database: () => {
        looks += 1;
        return wait.promise;
      },
    },
  });
  const asked = [1, 2, 3].map(async () => app.request("/readyz"));
  wait.resolve(true);
  expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(looks).toBe(1);
  await app.request("/readyz");
  expect(looks).toBe(2);
});

test("without a token there are no metrics", async () => {
  expect((await watch({ metricsToken: null }).request("/metrics")).status).toBe(404);
});

test("without the database the rest is told, and that the queues are not known", async () => {
  const app = watch({ readQueues: async () => Promise.reject(new Error("gone")) });
  const answer = await app.request("/metrics", { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/^curtain_call_queues_known 0$/m);
});

test("points are forgotten when they are renewed", async () => {
  let now = new Date("2026-03-01T12:00:00Z");
  const metrics = createMetrics(() => now);
  const points = { resource: "core", left: 4321, resetAt: new Date("2026-03-01T13:00:00Z") };
  metrics.noteAnswer({ installationId: 7, method: "GET", route: "/repos/{owner}/{repo}", status: 200, points });
  metrics.noteAnswer({ installationId: 7, method: "GET", route: "/repos/{owner}/{repo}", status: null, points: null });
  const line = 'curtain_call_github_points_left{installation="7",resource="core"} 4321';
  expect(await metrics.tell([])).toContain(line);
  now = points.resetAt;
  const told = await metrics.tell([]);
  expect(told).not.toContain("points_left{");
  expect(told).toContain('status="none"');
});
