import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  print,
  validate,
} from "graphql";
import type { Forge } from "../forge.ts";
import { actingAccount, type Caller } from "../identity/access.ts";
import { callerKey } from "../limits/caller-key.ts";
import type { Limiter, RateStatus } from "../limits/create-limiter.ts";
import { time } from "../present/time.ts";
import type { Context, RateLimit } from "./context.ts";
import { createGate } from "./gate.ts";
import { createGitReader } from "./git-reader.ts";
import { loadSchema } from "./load-schema.ts";
import { countNodes, requireModest, requireShallow } from "./measure-query.ts";
import { Problem } from "./problem.ts";
import { createFieldResolver } from "./resolve-field.ts";
import { resolveType } from "./resolve-type.ts";
import { resolvers } from "./resolvers/resolvers.ts";
import {
  type ErrorBody,
  writeProblem,
  writeSyntaxError,
  writeValidationError,
  writeVariableError,
} from "./translate-error.ts";

export interface GraphqlRequest {
  readonly caller: Caller;
  /** Parsed JSON: `{ query, variables?, operationName? }`. */
  readonly body: unknown;
}

export interface GraphqlAnswer {
  readonly status: number;
  readonly body: object;
}

/** How many gits run at once, for all requests together. */
const mostProcesses = 6;
/** Enough for the queries of a hundred aliases that release tools send. */
const mostTokens = 30_000;

/**
 * GitHub's GraphQL over the sandbox, https://docs.github.com/graphql. The answer is what an HTTP server sends. Reads the
 * schema with the first query. Throws what is our bug and not the asker's.
 */
export function createGraphql(
  forge: Forge,
  { spend }: Pick<Limiter, "spend">,
): (request: GraphqlRequest) => Promise<GraphqlAnswer> {
  const gate = createGate(mostProcesses);
  const fieldResolver = createFieldResolver(resolvers);
  let loading: Promise<GraphQLSchema> | null = null;

  return async ({ caller, body }) => {
    if (caller.kind !== "user" && caller.kind !== "installation") return unauthenticated;
    const asked = readBody(body);
    if ("status" in asked) return asked;
    loading ??= loadSchema();
    const schema = await loading;
    const prepared = prepare(schema, asked);
    if ("errors" in prepared) return { status: 200, body: prepared };
    const { document, nodeCount, cost } = prepared;
    const stopping = new AbortController();
    const context: Context = {
      forge,
      caller,
      viewer: actingAccount(caller),
      git: createGitReader(forge, gate),
      rateLimit: { nodeCount, cost, ...told(spend(callerKey(caller).key, cost)) },
      resolved: 0,
      stop: (answer) => stopping.abort(answer),
    };
    const result = await executeUntil(stopping.signal, {
      schema,
      document,
      contextValue: context,
      rootValue: {},
      variableValues: asked.variables,
      operationName: asked.operationName,
      fieldResolver,
      typeResolver: (source) => resolveType(source, context),
    });
    if (result instanceof Problem)
      return { status: 200, body: { errors: [{ type: result.type, message: result.message }] } };
    const bug = result.errors?.find(({ originalError }) => originalError !== undefined && !isAnswer(originalError));
    if (bug?.originalError !== undefined) throw bug.originalError;
    const errors = result.errors?.toSorted(byPlace).map(writeProblem);
    return { status: 200, body: { data: result.data ?? null, ...(errors === undefined ? {} : { errors }) } };
  };
}

/** Runs a query; what stopped it is the result. */
async function executeUntil(abortSignal: AbortSignal, args: ExecutionArgs): Promise<ExecutionResult | Problem> {
  try {
    return await execute({ ...args, abortSignal });
  } catch (error) {
    if (abortSignal.reason instanceof Problem) return abortSignal.reason;
    throw error;
  }
}

/** In the order of the query, whichever failed first. */
function byPlace(one: GraphQLError, other: GraphQLError): number {
  return (one.positions?.[0] ?? 0) - (other.positions?.[0] ?? 0);
}

function isAnswer(error: Error): boolean {
  return error instanceof Problem || error instanceof GraphQLError;
}

const documentation = "https://docs.github.com/graphql";

const unauthenticated: GraphqlAnswer = {
  status: 401,
  body: {
    message: "This endpoint requires you to be authenticated.",
    documentation_url: `${documentation}/guides/forming-calls-with-graphql#authenticating-with-graphql`,
    status: "401",
  },
};

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

function readBody(body: unknown): Asked | GraphqlAnswer {
  if (!isObject(body)) return malformed("Body should be a JSON object");
  const { query, variables, operationName } = body;
  if (typeof query !== "string" || query === "") {
    return {
      status: 200,
      body: { errors: [{ message: "A query attribute must be specified and must be a string." }] },
    };
  }
  if (variables !== undefined && variables !== null && !isObject(variables))
    return malformed("Variables should be a JSON object");
  const name = typeof operationName === "string" && operationName !== "" ? operationName : undefined;
  return { query, variables: variables ?? {}, operationName: name };
}

function malformed(message: string): GraphqlAnswer {
  return { status: 400, body: { message, documentation_url: documentation, status: "400" } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Prepared =
  | { readonly errors: readonly ErrorBody[] }
  | { readonly document: DocumentNode; readonly nodeCount: number; readonly cost: number };

const tooMuch: ErrorBody = { type: "RESOURCE_LIMITS_EXCEEDED", message: "Resource limits for this query exceeded." };

/** Reads a query, and holds it against the schema and the limits. */
function prepare(schema: GraphQLSchema, { query, variables, operationName }: Asked): Prepared {
  let document: DocumentNode;
  try {
    requireShallow(query);
    document = parse(query, { maxTokens: mostTokens });
  } catch (error) {
    if (error instanceof Problem) return { errors: [{ type: error.type, message: error.message }] };
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [/ tokens/.test(error.message) ? tooMuch : writeSyntaxError(error)] };
  }
  try {
    requireModest(document);
    const mistakes = validate(schema, document, undefined, { hideSuggestions: true });
    // The validation gives up where fields of one name are too many to be compared.
    if (mistakes.some(({ message }) => message.endsWith("Validation aborted."))) return { errors: [tooMuch] };
    if (mistakes.length > 0) return { errors: mistakes.map((mistake) => writeValidationError(document, mistake)) };
    const operation = getOperationAST(document, operationName);
    if (!operation) {
      const message =
        operationName === undefined ? "An operation name is required" : `No operation named "${operationName}"`;
      return { errors: [{ message }] };
    }
    const definitions = operation.variableDefinitions ?? [];
    const coerced = getVariableValues(schema, definitions, variables, { hideSuggestions: true });
    if (coerced.errors) {
      const types = new Map(definitions.map(({ variable, type }) => [variable.name.value, print(type)]));
      return { errors: coerced.errors.map((error) => writeVariableError(error, types)) };
    }
    return { document, ...countNodes(schema, document, { operation, variables: coerced.variableValues }) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { errors: [{ type: error.type, message: error.message }] };
  }
}

/** What is left to the caller, as GraphQL tells it. */
function told({
  limit,
  remaining,
  used,
  reset,
}: RateStatus): Pick<RateLimit, "limit" | "remaining" | "resetAt" | "used"> {
  return { limit, remaining, used, resetAt: time(new Date(reset * 1000)) };
}
