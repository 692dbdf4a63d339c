import { openAsBlob } from "node:fs";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/store/open-database.ts";

/** An embedded database that nobody has used, in memory; its tables are there already. */
export async function openInMemory(): Promise<Database> {
  return openDatabase({ url: null, folder: null, dump: await openAsBlob(inject("preparedDatabase")) });
}
