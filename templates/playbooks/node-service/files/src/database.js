import pg from "pg";

/** A pool of connections to the database; a lost one is replaced by itself. */
export function openDatabase(url) {
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
  // Without a listener an idle connection that breaks would end the process.
  pool.on("error", (error) => console.error(error));
  return pool;
}
