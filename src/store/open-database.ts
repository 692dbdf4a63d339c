import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Transaction as AnyTransaction, Kysely, PGliteDialect, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { Pool, types } from "pg";
import { UserError } from "../domain/errors.ts";
import { holdFolder } from "./hold-folder.ts";
import { migrations } from "./migrations.ts";
import type { Tables } from "./tables.ts";

export type Transaction = AnyTransaction<Tables>;

interface OpenDatabase {
  /** While a transaction is open on PGlite, which has one connection, only that transaction may ask. */
  readonly query: Kysely<Tables>;
  /** Ends what runs, and lets go of the folder or the connections. */
  readonly close: () => Promise<void>;
}

interface EmbeddedDatabase extends OpenDatabase {
  readonly kind: "pglite";
  readonly pglite: PGlite;
}

interface ServerDatabase extends OpenDatabase {
  readonly kind: "postgres";
  readonly url: string;
}

export type Database = EmbeddedDatabase | ServerDatabase;

/** How many connections the store holds at most; the queue has its own. */
const connections = 10;

export interface DatabasePlace {
  readonly url: string | null;
  readonly folder: string | null;
  /** What an embedded database begins with that is not there yet, as PGlite dumps it; nothing where it is absent. */
  readonly dump?: Blob;
}

/**
 * Opens the PostgreSQL server at `url`; without one the embedded database in `folder`, or in memory where that is null
 * too. Brings the tables up to date. Throws a UserError where the server does not answer or the folder is in use.
 */
export async function openDatabase({ url, folder, dump }: DatabasePlace): Promise<Database> {
  const database = url === null ? await openEmbedded(folder, dump) : openServer(url);
  try {
    await migrate(database.query);
  } catch (error) {
    await database.close();
    if (database.kind === "postgres" && isConnectionError(error)) throw describeRefusal(database.url, error);
    throw error;
  }
  return database;
}

async function openEmbedded(folder: string | null, dump?: Blob): Promise<EmbeddedDatabase> {
  const release = folder === null ? null : await holdFolder(folder);
  try {
    const pglite = await PGlite.create({
      ...(folder !== null && { dataDir: join(folder, "database") }),
      ...(dump !== undefined && { loadDataDir: dump }),
    });
    const query = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    async function close(): Promise<void> {
      try {
        await query.destroy();
        if (!pglite.closed) await pglite.close();
      } finally {
        await release?.();
      }
    }
    return { kind: "pglite", pglite, query, close };
  } catch (error) {
    await release?.();
    throw error;
  }
}

function openServer(url: string): ServerDatabase {
  const pool = new Pool({ connectionString: url, max: connections, types: { getTypeParser } });
  // A connection that breaks while nobody uses it is replaced; whoever uses one hears of it by the query.
  pool.on("error", () => {});
  // In a transaction it may break between two queries, when the pool does not listen: that would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const query = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { kind: "postgres", url, query, close: () => query.destroy() };
}

const eightBytes: number = types.builtins.INT8;

/** Numbers of 64 bits as numbers, as PGlite gives them: GitHub's ids fit. */
const getTypeParser: typeof types.getTypeParser = (id: number, format?: unknown) => {
  if (id === eightBytes && format !== "binary") return Number;
  return types.getTypeParser(id, format === "binary" ? "binary" : "text");
};

/** Kysely holds an advisory lock meanwhile, so that processes that start together take turns. */
async function migrate(query: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: query, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

/** Says what could not be reached and why; what DATABASE_URL says of a password stays out. */
function describeRefusal(url: string, error: unknown): UserError {
  const { host = "", pathname = "" } = URL.parse(url) ?? {};
  const place = `${pathname.slice(1) || "its usual database"} at ${host || "an address that is none"}`;
  const cure = "check that address, and that it runs and has a database of that name";
  return new UserError(
    `DATABASE_URL names ${place}, which does not answer (${codeOf(error) || "no reason"}); ${cure}`,
    {
      cause: error,
    },
  );
}

function isConnectionError(error: unknown): boolean {
  return /^(ECONN|ENOTFOUND|ETIMEDOUT|EAI_|EHOST|28|3D)/.test(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
