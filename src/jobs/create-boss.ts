import { type Db, fromPglite, PgBoss } from "pg-boss";
import type { Database } from "../store/open-database.ts";

/** The queues' own machine, which is not started yet; where it does not work, others look after the queues. */
export function createBoss(
  database: Database,
  { wakeOne, works }: { readonly wakeOne: (queue: string) => void; readonly works: boolean },
): PgBoss {
  const settings = {
    schedule: false,
    supervise: works,
    useListenNotify: true,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    maintenanceIntervalSeconds: 600,
  };
  if (database.kind === "postgres") return new PgBoss({ ...settings, connectionString: database.url, max: 4 });
  const { pglite } = database;
  const db: Db = {
    ...fromPglite(pglite),
    // pg-boss wakes every worker for each job. On PGlite's one connection their questions took most of the time.
    listen: async (channel, _wakeAll, onReconnect) => {
      const unlisten = await pglite.listen(channel, wakeOne);
      onReconnect();
      return { close: () => unlisten() };
    },
  };
  return new PgBoss({ ...settings, backend: "pglite", db });
}
