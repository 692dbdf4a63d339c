import { createServer as createHttpServer } from "node:http";

/**
 * The service as an HTTP server that does not listen yet. `checks` are asked by /health, by name: each resolves, or rejects
 * where what it asks for is not there. `visits` counts.
 */
export function createServer({ checks = {}, log = console, visits } = {}) {
  const routes = {
    "GET /": async () => ({ status: 200, body: { service: "tides", visits: await visits.count() } }),
    "GET /health": async () => {
      const failed = await failing(checks);
      return failed.length === 0
        ? { status: 200, body: { status: "ok" } }
        : { status: 503, body: { status: "failing", failed } };
    },
  };
  return createHttpServer(async (request, response) => {
    try {
      const [pathname] = request.url.split("?");
      const route = routes[`${request.method} ${pathname}`];
      answer(response, route ? await route() : { status: 404, body: { error: "there is nothing here" } });
    } catch (error) {
      log.error(error);
      answer(response, { status: 500, body: { error: "this failed; it was logged" } });
    }
  });
}

async function failing(checks) {
  const results = await Promise.allSettled(Object.values(checks).map(async (check) => check()));
  return Object.keys(checks).filter((_, index) => results[index].status === "rejected");
}

function answer(response, { status, body }) {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
