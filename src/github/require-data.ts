import { MissingPermission, NotThere, QueryFailed } from "./errors.ts";
import type { QueryAnswer } from "./github-client.ts";

/** The data of an answer that is of use only in whole. Throws NotThere, MissingPermission or QueryFailed. */
export function requireData({ data, errors }: QueryAnswer): unknown {
  if (errors.length === 0) return data;
  const message = errors.map((error) => error.message).join("; ");
  const cause = new QueryFailed(`GitHub could not answer: ${message}`);
  if (errors.some(({ type }) => type === "NOT_FOUND")) throw new NotThere(message, { cause });
  throw errors.some(({ type }) => type === "FORBIDDEN") ? new MissingPermission([], { cause }) : cause;
}
