import { nearest } from "../../domain/nearest.ts";
import { answerChecker, jsonSchema } from "./check-answer.ts";
import { type Check, schemaCompiler } from "./compile-schema.ts";
import { correctedBodies, undescribed } from "./correct-description.ts";
import { type RequestError, requestErrors } from "./invalid-request.ts";
import type { Schema } from "./load-description.ts";
import {
  type Description,
  loadDescription,
  type Operation,
  type Parameter,
  resolveReference,
} from "./load-description.ts";
import { readParameters, unknownQuery } from "./read-parameters.ts";
import { unknownProperties } from "./unknown-properties.ts";

/** GitHub's own description of its REST interface, as a judge of requests and answers. */
export interface ApiDescription {
  /** Throws where GitHub has no operation of that id, such as "pulls/create". */
  operation(id: string): DescribedOperation;
  readonly operationIds: readonly string[];
  /** What paths begin with: "repos", "orgs" and so on. */
  readonly firstSegments: ReadonlySet<string>;
}

export interface DescribedOperation {
  readonly id: string;
  readonly method: string;
  /** With its parameters in braces: `/repos/{owner}/{repo}/contents/{path}`. */
  readonly path: string;
  readonly documentationUrl: string;
  /** Reads path and query as the types that they stand for, with defaults filled in, and checks the body as it is. */
  readRequest(given: GivenRequest): ReadRequest;
  /** Problems of an answer, one sentence each with a JSON pointer; empty when GitHub describes it so. */
  checkAnswer(status: number, body: unknown): string[];
}

interface GivenRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON; undefined where there is none. */
  readonly body: unknown;
}

export type ReadRequest =
  | {
      readonly ok: true;
      /** Path and query. */
      readonly parameters: Record<string, unknown>;
      readonly body: unknown;
      /** What the description does not know: `query "pages"`, `body "output.titel"`. GitHub ignores it. */
      readonly unknown: string[];
    }
  | { readonly ok: false; readonly errors: RequestError[] };

/** Reads the description and says where each operation is; its schemas are compiled when they are first needed. */
export async function loadApiDescription(): Promise<ApiDescription> {
  const description = await loadDescription("@octokit/openapi");
  const compile = schemaCompiler(description);
  const found = Object.entries(description.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, entry]) => ({ path, method: method.toUpperCase(), operation: entry })),
  );
  const byId = new Map(found.map((entry) => [entry.operation.operationId, entry]));
  const described = new Map<string, DescribedOperation>();
  const operationIds = [...byId.keys()];

  function operation(id: string): DescribedOperation {
    const entry = byId.get(id);
    if (entry === undefined) {
      const meant = nearest(id, operationIds);
      throw new Error(`GitHub describes no operation ${id}${meant === null ? "" : `; is ${meant} meant?`}`);
    }
    const known = described.get(id) ?? describeOperation(description, entry, compile);
    described.set(id, known);
    return known;
  }

  return { operation, operationIds, firstSegments: new Set(found.flatMap(({ path }) => path.split("/")[1] || [])) };
}

function describeOperation(
  description: Description,
  { path, method, operation }: { path: string; method: string; operation: Operation },
  compile: (schema: Schema) => Check,
): DescribedOperation {
  return {
    id: operation.operationId,
    method,
    path,
    documentationUrl: operation.externalDocs?.url ?? "https://docs.github.com/rest",
    readRequest: requestReader(description, operation, compile),
    checkAnswer: answerChecker(description, operation, compile),
  };
}

function requestReader(
  description: Description,
  operation: Operation,
  compile: (schema: Schema) => Check,
): (given: GivenRequest) => ReadRequest {
  const parameters = (operation.parameters ?? []).map((each) =>
    resolveReference(description.components.parameters, each),
  );
  const { requestBody } = operation;
  const described =
    requestBody === undefined ? null : (correctedBodies[operation.operationId] ?? jsonSchema(requestBody.content));
  const more = undescribed[operation.operationId];
  const bodySchema =
    described === null || more === undefined
      ? described
      : { ...described, properties: { ...described.properties, ...more } };
  let checkParameters: Check | null = null;
  let checkBody: Check | null = null;

  function bodyErrors(body: unknown): RequestError[] {
    if (bodySchema === null || (body === undefined && !requestBody?.required)) return [];
    checkBody ??= compile(bodySchema);
    // Ajv takes undefined for a value that is not there, and GitHub takes a missing body for null.
    return requestErrors(checkBody(body === undefined ? null : body));
  }

  function parameterErrors(values: Record<string, unknown>): RequestError[] {
    checkParameters ??= compile(parameterSchema(description, parameters));
    const inPath = new Set(parameters.flatMap(({ in: place, name }) => (place === "path" ? [name] : [])));
    // What a path names and cannot be is not there: GitHub answers 404 to /pulls/abc.
    return requestErrors(checkParameters(values)).map((error) =>
      inPath.has(error.field) ? { ...error, code: "not_found" } : error,
    );
  }

  return (given) => {
    const values = readParameters(description, parameters, given);
    const errors = [...parameterErrors(values), ...bodyErrors(given.body)];
    if (errors.length > 0) return { ok: false, errors };
    const inBody = bodySchema === null ? [] : unknownProperties(description, [bodySchema], given.body);
    const unknown = [
      ...unknownQuery(parameters, given.query).map((name) => `query "${name}"`),
      ...inBody.map((pointer) => `body "${pointer.slice(1).replaceAll("/", ".")}"`),
    ];
    return { ok: true, parameters: values, body: given.body, unknown };
  };
}

/** All parameters as one object. GitHub reads dates and the like in more ways than their formats say. */
function parameterSchema(description: Description, parameters: readonly Parameter[]): Schema {
  const properties = parameters.map(({ name, schema }): [string, Schema] => {
    const { format: _, ...rest } = resolveReference(description.components.schemas, schema);
    return [name, rest];
  });
  const required = parameters.flatMap((parameter) => (parameter.required ? [parameter.name] : []));
  return { type: "object", properties: Object.fromEntries(properties), required };
}
