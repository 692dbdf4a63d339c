import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "../../src/store/open-database.ts";
import { startTestJobs } from "./jobs.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The path of a dump of an embedded database that has all its tables and nothing in them. */
    preparedDatabase: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), "curtain-call-tests-"));

/** Makes tables once for all tests: to make them anew takes four times as long as to begin with a dump. */
export async function setup({ provide }: TestProject): Promise<void> {
  const database = await openDatabase({ url: null, folder: null });
  if (database.kind !== "pglite") throw new Error("without an address it is the embedded database");
  const jobs = await startTestJobs(database);
  await jobs.stop(0);
  const dump = await database.pglite.dumpDataDir("none");
  await database.close();
  const path = join(folder, "prepared.tar");
  await writeFile(path, Buffer.from(await dump.arrayBuffer()));
  provide("preparedDatabase", path);
}

export function teardown(): void {
  rmSync(folder, { recursive: true });
}
