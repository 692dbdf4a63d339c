import type { Forge } from "../forge.ts";
import type { Caller } from "../identity/access.ts";
import { authenticate } from "../identity/authenticate.ts";
import { callerKey } from "../limits/caller-key.ts";
import {
  anonymousKey,
  type LimitedRequest,
  type Limiter,
  type LimitRefusal,
  type Resource,
} from "../limits/create-limiter.ts";
import { Refusal } from "../refusal.ts";
import { refusalAnswer } from "../rest/answer-refusal.ts";
import type { Rest } from "../rest/create-rest.ts";
import { parseJson, readText } from "./parse-json.ts";

export interface ApiDoorTools {
  readonly forge: Forge;
  readonly limiter: Limiter;
  readonly rest: Rest;
  readonly graphql: (request: { caller: Caller; body: unknown }) => Promise<{ status: number; body: object }>;
  readonly onError: (error: unknown) => void;
}

/** Answers what comes to REST and GraphQL: who asks, whether they may ask so often, and GitHub's headers. */
export function createApiDoor(
  tools: ApiDoorTools,
): (request: Request, resource: "core" | "graphql") => Promise<Response> {
  const { forge, limiter, onError } = tools;
  return async (request, door) => {
    const resource = resourceOf(request, door);
    const requestId = forge.randomBytes(16).toString("hex").toUpperCase();
    let response: Response;
    let key = anonymousKey;
    try {
      const caller = await authenticate(forge, request.headers.get("authorization"));
      key = callerKey(caller).key;
      response = await answerWithinLimits(tools, { request, caller, resource });
    } catch (error) {
      if (!(error instanceof Refusal)) onError(error);
      response = writeRefusal(error instanceof Refusal ? error : new Refusal(500, "Server Error"));
    }
    const { limit, used, remaining, reset } = limiter.status(key, resource);
    response.headers.set("x-github-request-id", requestId);
    response.headers.set("x-ratelimit-limit", String(limit));
    response.headers.set("x-ratelimit-used", String(used));
    response.headers.set("x-ratelimit-remaining", String(remaining));
    response.headers.set("x-ratelimit-reset", String(reset));
    response.headers.set("x-ratelimit-resource", resource);
    response.headers.set("x-content-type-options", "nosniff");
    return response;
  };
}

/** REST's searches are counted apart. */
function resourceOf(request: Request, door: "core" | "graphql"): Resource {
  return door === "core" && new URL(request.url).pathname.startsWith("/search/") ? "search" : door;
}

interface ApiRequest {
  readonly request: Request;
  readonly caller: Caller;
  readonly resource: Resource;
}

async function answerWithinLimits(tools: ApiDoorTools, { request, caller, resource }: ApiRequest): Promise<Response> {
  const { limiter, rest, graphql } = tools;
  const isAboutLimits = resource === "core" && new URL(request.url).pathname === "/rate_limit";
  if (isAboutLimits) return rest(request, caller);
  const body = resource === "graphql" ? await readQuery(request) : null;
  const limited = limitedRequest(request, { caller, resource, body });
  const refusal = limiter.enter(limited);
  if (refusal !== null) return writeLimit(refusal);
  try {
    if (resource !== "graphql") return await rest(request, caller);
    const answer = await graphql({ caller, body });
    return Response.json(answer.body, { status: answer.status });
  } finally {
    limiter.leave(limited);
  }
}

async function readQuery(request: Request): Promise<unknown> {
  if (request.method !== "POST") throw new Refusal(404, "Not Found");
  return parseJson(await readText(request));
}

/** Reading costs little; what creates content is counted for itself. */
function limitedRequest(
  request: Request,
  { caller, resource, body }: { caller: Caller; resource: Resource; body: unknown },
): LimitedRequest {
  const { pathname } = new URL(request.url);
  const writes = resource === "graphql" ? isMutation(body) : request.method !== "GET" && request.method !== "HEAD";
  const isContent =
    resource === "graphql" ||
    (request.method === "POST" && /^\/(repos|orgs|user)\//.test(pathname) && !pathname.includes("/git/"));
  return { ...callerKey(caller), resource, writes, creates: writes && isContent };
}

export function writeLimit({ status, message, headers }: LimitRefusal): Response {
  const body = { message, documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api" };
  return Response.json(body, { status, headers });
}

export function writeRefusal(refusal: Refusal): Response {
  const { status, body } = refusalAnswer(refusal);
  return Response.json(body, { status });
}

function isMutation(body: unknown): boolean {
  const query = typeof body === "object" && body !== null && "query" in body ? body.query : "";
  return typeof query === "string" && /^\s*mutation\b/m.test(query);
}
