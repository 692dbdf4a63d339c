import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PlaybookError } from "../../domain/playbook/playbook.ts";
import { type Making, readTestCase } from "../../domain/playbook/test-case.ts";

/** One case of a playbook's own tests: answers, and the folder with what has to become of them. */
export interface TestCase extends Making {
  readonly name: string;
  readonly expected: string;
}

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
    const reading = readTestCase(await readFile(join(tests, file), "utf8"), `tests/${file}`);
    if (!reading.ok) {
      errors.push(...reading.errors);
      continue;
    }
    const name = file.replace(/\.yml$/, "");
    cases.push({ name, expected: join(tests, name), ...reading.making });
  }
  return { cases, errors };
}

function noneThere(error: unknown): string[] {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
  throw error;
}
