import type { Refusal } from "../refusal.ts";
import type { Answer } from "./operation.ts";

/** How GitHub words a refusal. */
export function refusalAnswer(
  { status, message, errors }: Refusal,
  documentationUrl = "https://docs.github.com/rest",
): Answer {
  const listed = errors.length === 0 ? {} : { errors };
  return { status, body: { message, ...listed, documentation_url: documentationUrl, status: String(status) } };
}
