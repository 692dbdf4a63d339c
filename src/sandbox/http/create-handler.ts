import type { ServerResponse } from "node:http";
import type { Hono } from "hono";
import type { Faults, RequestFault } from "../faults/faults.ts";
import { isLoopback } from "../is-loopback.ts";
import { secondary } from "../limits/create-limiter.ts";
import { Refusal } from "../refusal.ts";
import { boundBody } from "./bound-body.ts";
import { writeLimit, writeRefusal } from "./create-api-door.ts";
import { readGitRequest } from "./create-git-door.ts";

export interface HandlerTools {
  readonly api: (request: Request, resource: "core" | "graphql") => Promise<Response>;
  readonly git: (request: Request) => Promise<Response>;
  readonly control: Hono;
  readonly pages: Hono;
  readonly faults: Faults;
  /** What REST's paths begin with. */
  readonly restSegments: ReadonlySet<string>;
  /** Ends once the sandbox closes: whatever hangs is let go. */
  readonly closing: Promise<void>;
}

/** GitHub takes no larger bodies through its API, in bytes; what git sends may be larger. */
const largestBody = 100 * 1024 * 1024;

/** Leads each request to its door. Only names of this machine are answered to, so that no web page gets in by a name of its own. */
export function createHandler(
  tools: HandlerTools,
): (request: Request, outgoing: ServerResponse) => Promise<Response | null> {
  const { git, control, pages, restSegments } = tools;
  return async (unbounded, outgoing) => {
    // No Request of the platform's can hold these.
    if (["CONNECT", "TRACE", "TRACK"].includes(unbounded.method)) {
      return writeRefusal(new Refusal(405, "Method Not Allowed"));
    }
    const url = new URL(unbounded.url);
    if (!isLoopback(url.hostname)) return writeRefusal(new Refusal(403, "The sandbox answers to loopback names only."));
    if (readGitRequest(url) !== null) return git(unbounded);
    const request = await boundBody(unbounded, largestBody).catch(refuse);
    if (request instanceof Response) return request;
    if (url.pathname === "/_sandbox" || url.pathname.startsWith("/_sandbox/")) return control.fetch(request);
    if (url.pathname === "/graphql" || url.pathname === "/api/graphql") {
      return withFaults(tools, { request, resource: "graphql", path: "/graphql", outgoing });
    }
    const path = url.pathname.replace(/^\/api\/v3(?=\/|$)/, "") || "/";
    const isPrefixed = path !== url.pathname;
    // Some addresses are a page's and REST's: a browser wants the page.
    const isBrowser = (request.headers.get("accept") ?? "").includes("text/html");
    const isRest = path === "/" || restSegments.has(path.split("/")[1] ?? "");
    if (isPrefixed || (isRest && !isBrowser)) {
      url.pathname = path;
      return withFaults(tools, { request: new Request(url, request), resource: "core", path, outgoing });
    }
    return pages.fetch(request);
  };
}

function refuse(error: unknown): Response {
  return writeRefusal(error instanceof Refusal ? error : new Refusal(400, "Problems reading the request's body"));
}

interface FaultyRequest {
  readonly request: Request;
  readonly resource: "core" | "graphql";
  readonly path: string;
  readonly outgoing: ServerResponse;
}

/** Lets go wrong what is arranged to go wrong; null where the connection is gone. */
async function withFaults(
  tools: HandlerTools,
  { request, resource, path, outgoing }: FaultyRequest,
): Promise<Response | null> {
  const fault = tools.faults.nextForRequest(request.method, path);
  if (fault === null) return tools.api(request, resource);
  const early = await failBefore(fault, { outgoing, closing: tools.closing });
  if (early !== undefined) return early;
  const response = await tools.api(request, resource);
  if (fault.kind === "reset-after") return reset(outgoing);
  if (fault.kind === "500-after" || fault.kind === "502-after") return serverError(Number(fault.kind.slice(0, 3)));
  return response;
}

/** The answer of a fault that strikes before anything is done; undefined where it strikes later. */
async function failBefore(
  { kind, milliseconds }: RequestFault,
  { outgoing, closing }: { outgoing: ServerResponse; closing: Promise<void> },
): Promise<Response | null | undefined> {
  switch (kind) {
    case "500":
    case "502":
      return serverError(Number(kind));
    case "reset":
      return reset(outgoing);
    case "hang":
      await closing;
      return reset(outgoing);
    case "secondary-limit":
      return writeLimit(secondary(1, ""));
    case "slow": {
      const slept = Promise.withResolvers<"slept">();
      const timer = setTimeout(slept.resolve, milliseconds, "slept");
      const woken = await Promise.race([slept.promise, closing]);
      clearTimeout(timer);
      return woken === "slept" ? undefined : reset(outgoing);
    }
    case "500-after":
    case "502-after":
    case "reset-after":
      return undefined;
  }
}

function serverError(status: number): Response {
  return Response.json({ message: status === 502 ? "Server Error" : "Internal Server Error" }, { status });
}

function reset(outgoing: ServerResponse): null {
  outgoing.socket?.resetAndDestroy();
  return null;
}
