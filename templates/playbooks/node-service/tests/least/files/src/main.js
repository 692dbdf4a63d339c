import { readConfig } from "./config.js";
import { createServer } from "./server.js";

const config = readConfig(process.env);
const server = createServer();

server.listen(config.port, config.host, () => console.log(`listening on ${config.host}:${server.address().port}`));

// Whoever stops it waits for the requests that are under way, and no longer than ten seconds.
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    setTimeout(() => process.exit(1), 10_000).unref();
    server.close();
  });
}
