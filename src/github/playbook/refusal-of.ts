import { z } from "zod";
import { MissingPermission, NotThere, ReadOnly, statusOf } from "../errors.ts";

const longest = 200;
/** Statuses by which GitHub says that it will not do something, whoever asks again. */
const refusals = new Set([400, 403, 409, 422]);

const answerShape = z.object({
  response: z.object({
    data: z.object({
      message: z.string(),
      errors: z.array(z.union([z.string(), z.object({ message: z.string() })])).catch([]),
    }),
  }),
});

/** Why GitHub will not do what was asked, in a few words of plain text; null for an error that is no refusal. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof MissingPermission) {
    return `the app is not granted ${error.permissions.join(", ") || "a permission that this needs"}`;
  }
  if (error instanceof ReadOnly) return "nobody can write there now";
  if (error instanceof NotThere) return "GitHub says that there is no such thing";
  if (!refusals.has(statusOf(error) ?? 0)) return null;
  const answer = answerShape.safeParse(error).data?.response.data;
  const [first] = answer?.errors ?? [];
  const words = first === undefined ? answer?.message : typeof first === "string" ? first : first.message;
  return words === undefined ? `GitHub answered ${statusOf(error)}` : shorten(words);
}

function shorten(words: string): string {
  const text = words.replace(/\s+/g, " ").replace(/\.$/, "").trim();
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
