import { Refusal } from "../refusal.ts";

/** The kinds of errors that GitHub tells apart by `type`. */
export type ProblemType =
  | "NOT_FOUND"
  | "FORBIDDEN"
  | "UNPROCESSABLE"
  | "STALE_DATA"
  | "ARGUMENT_LIMIT"
  | "MISSING_PAGINATION_BOUNDARIES"
  | "EXCESSIVE_PAGINATION"
  | "INVALID_CURSOR_ARGUMENTS"
  | "MAX_NODE_LIMIT_EXCEEDED"
  | "RESOURCE_LIMITS_EXCEEDED"
  | "NOT_IMPLEMENTED";

/** What GitHub tells in `errors` beside a null. Anything else that a resolver throws is our bug. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly type: ProblemType;

  constructor(type: ProblemType, message: string) {
    super(message);
    this.type = type;
  }
}

/** An app's token lacks the permission. */
export function notAccessible(): Problem {
  return new Problem("FORBIDDEN", "Resource not accessible by integration");
}

export function noSuchNode(id: string): Problem {
  return new Problem("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'.`);
}

/** What an action refused, in GraphQL's form; other errors stay what they are. */
export function toProblem(error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const type = error.status === 404 ? "NOT_FOUND" : error.status === 403 ? "FORBIDDEN" : "UNPROCESSABLE";
  const details = error.errors.map((detail) => {
    if (typeof detail === "string") return detail;
    return detail.message ?? `${capitalize(detail.field ?? detail.resource)} ${phrases[detail.code] ?? "is invalid"}`;
  });
  return new Problem(type, details.length === 0 ? error.message : details.join(", "));
}

const phrases: Readonly<Record<string, string>> = {
  missing: "could not be found",
  missing_field: "can't be blank",
  already_exists: "has already been taken",
};

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
