import { readConfig } from "./config.js";
import { openDatabase } from "./database.js";
import { createServer } from "./server.js";
import { createVisits } from "./visits.js";

const config = readConfig(process.env);
const database = openDatabase(config.databaseUrl);
const server = createServer({ checks: { database: () => database.query("select 1") }, visits: createVisits(database) });

server.listen(config.port, config.host, () => console.log(`listening on ${config.host}:${server.address().port}`));

// Whoever stops it waits for the requests that are under way, and no longer than ten seconds.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    server.close(() => database.end());
  });
}
