import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readBySchema } from "../../domain/config/read-by-schema.ts";
import type { PlaybookError } from "../../domain/playbook/playbook.ts";
import type { Making } from "./make-playbook.ts";

/** One case of a playbook's own tests: answers, and the folder with what has to become of them. */
export interface TestCase extends Making {
  readonly name: string;
  readonly expected: string;
}

const caseSchema = z.strictObject({
  answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
  organisation: z.string().default("acme"),
  year: z.int().min(1970).max(9999).default(2026),
});

/** The cases in a playbook's `tests/*.yml`, in the order of their names, and what is wrong with them. */
export async function readTestCases(folder: string): Promise<{
  readonly cases: readonly TestCase[];
  readonly errors: readonly PlaybookError[];
}> {
  const tests = join(folder, "tests");
  const names = (await readdir(tests).catch(noneThere)).filter((name) => name.endsWith(".yml")).toSorted();
  const cases: TestCase[] = [];
  const errors: PlaybookError[] = [];
  for (const file of names) {
    const reading = readBySchema(await readFile(join(tests, file), "utf8"), {
      schema: caseSchema,
      describeUnknown: (_, key) => `${key} is not known here. Known are answers, organisation, year.`,
    });
    if (!reading.ok) {
      errors.push(...reading.errors.map(({ line, message }) => ({ path: `tests/${file}`, line, message })));
      continue;
    }
    const { answers, organisation, year } = reading.value;
    const name = file.replace(/\.yml$/, "");
    const texts = Object.entries(answers).map(([input, value]) => [input, String(value)] as const);
    cases.push({ name, expected: join(tests, name), answers: new Map(texts), organisation, year });
  }
  return { cases, errors };
}

function noneThere(error: unknown): string[] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  throw error;
}
