import { z } from "zod";
import { readBySchema } from "../config/read-by-schema.ts";
import type { PlaybookError } from "./playbook.ts";

/** What to make a playbook of. */
export interface Making {
  readonly answers: ReadonlyMap<string, string>;
  readonly organisation: string;
  readonly year: number;
}

const caseSchema = z.strictObject({
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  organisation: z.string().default("acme"),
  year: z.int().min(1970).max(9999).default(2026),
});

/** Reads a case of a playbook's own tests, or everything that is wrong with it; `path` is the file's, for the mistakes. */
export function readTestCase(
  text: string,
  path: string,
): { readonly ok: true; readonly making: Making } | { readonly ok: false; readonly errors: readonly PlaybookError[] } {
  const reading = readBySchema(text, {
    schema: caseSchema,
    describeUnknown: (_, key) => `${key} is not known here. Known are answers, organisation, year.`,
  });
  if (!reading.ok) return { ok: false, errors: reading.errors.map(({ line, message }) => ({ path, line, message })) };
  const { answers, organisation, year } = reading.value;
  const texts = Object.entries(answers).map(([input, value]) => [input, String(value)] as const);
  return { ok: true, making: { answers: new Map(texts), organisation, year } };
}
