import type { Check } from "./compile-schema.ts";
import { correctedAnswers } from "./correct-description.ts";
import { type Description, type Operation, resolveReference, type Schema } from "./load-description.ts";
import { unknownProperties } from "./unknown-properties.ts";

/** What GitHub says when it refuses, whatever was asked for. */
const errorShape: Schema = {
  type: "object",
  required: ["message"],
  properties: {
    message: { type: "string" },
    documentation_url: { type: "string" },
    status: { type: "string" },
    errors: { type: "array", items: { nullable: true } },
  },
};
/** What any operation may answer without its description saying so, and each status from 500 on. */
const everywhere = new Set([400, 401, 403, 404, 422, 429]);

/** Problems of one operation's answers, one sentence each; empty where the answer is as GitHub describes it. */
export function answerChecker(
  description: Description,
  operation: Operation,
  compile: (schema: Schema) => Check,
): (status: number, body: unknown) => string[] {
  const checks = new Map<number, (body: unknown) => string[]>();

  function checkOf(status: number): (body: unknown) => string[] {
    const listed = operation.responses[String(status)];
    const refusal = status >= 400;
    if (listed === undefined && !everywhere.has(status) && status < 500) {
      return () => [`${operation.operationId} never answers with status ${status}.`];
    }
    const content =
      listed === undefined ? undefined : resolveReference(description.components.responses, listed).content;
    if (status === 204 || status === 304 || (content === undefined && !refusal)) {
      return (body) => (body === undefined ? [] : [`An answer with status ${status} has no body here.`]);
    }
    const corrected = correctedAnswers[`${operation.operationId} ${status}`];
    const schema = corrected ?? (content === undefined ? errorShape : jsonSchema(content));
    if (schema === null) return () => [];
    return bodyChecker(description, refusal ? [schema, errorShape] : [schema], compile);
  }

  return (status, body) => {
    const check = checks.get(status) ?? checkOf(status);
    checks.set(status, check);
    return check(body);
  };
}

/** Checks a body against the first of the schemas; a property is known when any of them names it. */
export function bodyChecker(
  description: Description,
  schemas: readonly [Schema, ...Schema[]],
  compile: (schema: Schema) => Check,
): (body: unknown) => string[] {
  const check = compile(schemas[0]);
  return (body) => {
    const errors = check(body).map(
      ({ instancePath, message }) => `${instancePath || "The body"} ${message ?? "is invalid"}.`,
    );
    const unknown = unknownProperties(description, schemas, body).map((pointer) => `${pointer} is not described.`);
    return [...new Set([...errors, ...unknown])];
  };
}

/** The schema of what is sent as JSON, or null where the description knows of other kinds only. */
export function jsonSchema(content: Readonly<Record<string, { readonly schema: Schema }>>): Schema | null {
  const kind = Object.keys(content).find((name) => name === "application/json" || name.endsWith("+json"));
  return kind === undefined ? null : (content[kind]?.schema ?? null);
}
