import { serve } from "@hono/node-server";
import { createIntake } from "../../src/intake/create-intake.ts";
import { startJobs } from "../../src/jobs/start-jobs.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { secret } from "./deliver.ts";
import { silent } from "./jobs.ts";

/** A process that takes deliveries into a folder and never ends the work on them, until it is killed. */
const database = await openDatabase({ url: null, folder: process.argv[2] ?? "" });
const clock = (): Date => new Date();
const never = (): Promise<void> => new Promise(() => {});
const handlers = async () => ({ deliveries: never, tasks: never, backfills: never, runs: never });
const jobs = await startJobs({ database, handlers, bury: async () => {}, clock, log: silent });
const intake = createIntake({ database, jobs, secrets: [secret], clock, log: silent });
serve({ fetch: intake.fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => process.stdout.write(`${port}\n`));
