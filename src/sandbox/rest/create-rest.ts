import { Hono } from "hono";
import type { Forge } from "../forge.ts";
import { parseJson, readText } from "../http/parse-json.ts";
import type { Caller } from "../identity/access.ts";
import { fullName } from "../model/repository.ts";
import { findRepository } from "../model/state.ts";
import { notFound, Refusal } from "../refusal.ts";
import { refusalAnswer } from "./answer-refusal.ts";
import type { ApiDescription, DescribedOperation } from "./describe-api.ts";
import { invalidRequest } from "./invalid-request.ts";
import type { Answer, Operation } from "./operation.ts";
import { writeAnswer } from "./write-answer.ts";

export interface RestTools {
  readonly forge: Forge;
  readonly description: ApiDescription;
  /** What the sandbox has of GitHub's operations. */
  readonly operations: readonly Operation[];
  /** Is told of what GitHub does not know, in requests and in our answers; null where nobody judges. */
  readonly onProblem: ((problem: string) => void) | null;
}

/** Answers a request to the REST interface; its path is without `/api/v3`. */
export type Rest = (request: Request, caller: Caller) => Promise<Response>;

/** Parameters in whose place a path may have slashes. */
const longParameters = new Set(["path", "ref", "branch", "basehead", "tree_sha"]);

/** GitHub's REST interface: each operation at the path and by the rules of GitHub's own description. */
export function createRest(tools: RestTools): Rest {
  const { forge, description, operations, onProblem } = tools;
  const router = new Hono<{ Bindings: { caller: Caller } }>({ strict: false });
  function answerNothing(request: Request): Response {
    onProblem?.(`${request.method} ${new URL(request.url).pathname} is no route of the sandbox.`);
    return writeAnswer(refusalAnswer(notFound()), request, { api: forge.api, permissions: [] });
  }

  const known = new Map<string, Operation>(operations.map((operation) => [operation.id, operation]));
  // Those that the sandbox does not have yet are routes too, so that none is taken for another one's parameter.
  const all = description.operationIds.map((id) => description.operation(id));
  for (const described of all.toSorted(mostExactFirst)) {
    const operation = known.get(described.id);
    if (operation === undefined) {
      router.on(described.method, routePatterns(described.path), ({ req }) => answerNothing(req.raw));
      continue;
    }
    router.on(described.method, routePatterns(described.path), async (context) => {
      const answer = await answerOperation(tools, {
        operation,
        described,
        request: context.req.raw,
        // The root of a repository has an empty path.
        path: { path: "", ...(context.req.param() as Record<string, string>) },
        caller: context.env.caller,
      });
      return writeAnswer(answer, context.req.raw, { api: forge.api, permissions: operation.permissions });
    });
  }
  router.notFound(({ req }) => answerNothing(req.raw));
  // Our own mistakes are told by whoever has called.
  router.onError((error) => {
    throw error;
  });
  return async (request, caller) => {
    const moved = redirectMoved(forge, request);
    if (moved !== null) return moved;
    const named = withoutNumber(forge, request);
    if (named === null) return writeAnswer(refusalAnswer(notFound()), request, { api: forge.api, permissions: [] });
    return router.fetch(named, { caller });
  };
}

/** Of two routes that fit, the longer one is meant, and of two equally long ones that with fewer parameters. */
function mostExactFirst({ path: a }: DescribedOperation, { path: b }: DescribedOperation): number {
  return b.split("/").length - a.split("/").length || a.split("{").length - b.split("{").length;
}

/** As in `/repos/:owner/:repo/contents/:path{.+}`, and without the path for the root. */
function routePatterns(path: string): string[] {
  const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    longParameters.has(name) ? `:${name}{.+}` : `:${name}`,
  );
  return path.endsWith("/{path}") ? [pattern, pattern.replace(/\/:path\{\.\+\}$/, "")] : [pattern];
}

interface OperationCall {
  readonly operation: Operation;
  readonly described: DescribedOperation;
  readonly request: Request;
  readonly path: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

async function answerOperation({ forge, onProblem }: RestTools, call: OperationCall): Promise<Answer> {
  const { operation, described, request, path, caller } = call;
  const { documentationUrl } = described;
  try {
    const query = new URL(request.url).searchParams;
    const read = described.readRequest({ path, query, body: await readBody(request) });
    if (!read.ok) {
      if (read.errors.some(({ code }) => code === "not_found")) throw new Refusal(404, "Not Found");
      return { status: 422, body: invalidRequest(documentationUrl, read.errors) };
    }
    for (const name of read.unknown) onProblem?.(`${operation.id} does not know ${name}.`);
    const { parameters, body } = read;
    const accept = request.headers.get("accept") ?? "";
    const answer = await operation.answer({ forge, caller, parameters, body: body ?? {}, accept });
    if (onProblem !== null && answer.raw === undefined) {
      for (const problem of described.checkAnswer(answer.status, answer.body)) {
        onProblem(`${operation.id} answered ${answer.status}, and ${problem}`);
      }
    }
    return answer;
  } catch (error) {
    if (error instanceof Refusal) return refusalAnswer(error, documentationUrl);
    throw error;
  }
}

async function readBody(request: Request): Promise<unknown> {
  if (request.method === "GET" || request.method === "HEAD") return undefined;
  const text = await readText(request);
  return text.trim() === "" ? undefined : parseJson(text);
}

/** A former name of a repository leads on to its number, which never changes. */
function redirectMoved(forge: Forge, request: Request): Response | null {
  const url = new URL(request.url);
  const [, owner, name, rest = ""] = /^\/repos\/([^/]+)\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  if (owner === undefined || name === undefined) return null;
  // Names of accounts and repositories hold nothing that is encoded.
  const repository = findRepository(forge.state, owner, name);
  if (repository === null || fullName(repository).toLowerCase() === `${owner}/${name}`.toLowerCase()) return null;
  const location = `${forge.api}/repositories/${repository.id}${rest}${url.search}`;
  const isRead = request.method === "GET" || request.method === "HEAD";
  const body = {
    message: isRead ? "Moved Permanently" : "Temporary Redirect",
    url: location,
    documentation_url: "https://docs.github.com/rest",
  };
  return Response.json(body, { status: isRead ? 301 : 307, headers: { location } });
}

/** `/repositories/123/…` is `/repos/acme/tides/…`; null where no repository has the number any more. */
function withoutNumber({ state }: Forge, request: Request): Request | null {
  const url = new URL(request.url);
  const [, id, rest = ""] = /^\/repositories\/(\d+)(\/.*)?$/.exec(url.pathname) ?? [];
  if (id === undefined) return request;
  const repository = state.repositories.get(Number(id));
  if (repository === undefined) return null;
  url.pathname = `/repos/${fullName(repository)}${rest}`;
  return new Request(url, request);
}
