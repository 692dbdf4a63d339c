import { type ErrorHandler, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { sql } from "kysely";
import { askForBackfill } from "../app/ask-for-backfill.ts";
import type { BackfillPlace, Deps } from "../app/deps.ts";
import type { Log } from "../domain/log.ts";
import type { Reachability } from "../github/create-reachability.ts";
import { createIntake } from "../intake/create-intake.ts";
import type { Trace } from "../jobs/create-trace.ts";
import { readDeadLetters } from "../jobs/dead-letters.ts";
import type { Jobs } from "../jobs/start-jobs.ts";
import type { Database } from "../store/open-database.ts";
import { createBackfillControl } from "../web/backfill-control.ts";
import { createWeb } from "../web/create-web.ts";
import { leastHeaders } from "../web/least-headers.ts";
import { createOperations } from "../web/operations/create-operations.ts";
import type { Metrics } from "../web/watch/create-metrics.ts";
import { createWatch } from "../web/watch/create-watch.ts";
import type { Credentials } from "./read-credentials.ts";
import { webOf } from "./read-host.ts";
import type { Role } from "./read-role.ts";
import { redrive, redriveQueue } from "./redrive.ts";

export interface HttpTools {
  readonly role: Role;
  readonly deps: Deps;
  readonly jobs: Jobs;
  readonly credentials: Credentials;
  readonly metrics: Metrics;
  readonly reachability: Reachability;
  readonly trace: Trace;
  readonly tokens: Tokens;
}

/** What people and machines show at doors that are not for everybody; null where nobody may come in. */
export interface Tokens {
  /** For those on this machine who tell the service what to do. */
  readonly control: string | null;
  /** For Prometheus. */
  readonly metrics: string | null;
  /** For those who run the app. */
  readonly operations: string | null;
}

/** All that is answered over HTTP: a process that only works says how it is, and nothing else. */
export function createHttp(tools: HttpTools): Hono {
  const { role, deps, jobs, credentials, metrics, reachability, tokens } = tools;
  const { database, clock, log } = deps;
  const http = new Hono();
  http.onError(answerMistake(log));
  http.use(leastHeaders());
  const checks = { database: () => answers(database), queue: jobs.isReady, github: reachability.isReachable };
  http.route("/", createWatch({ checks, metrics, metricsToken: tokens.metrics, readQueues: jobs.readQueues }));
  if (role === "worker") return http;
  if (tokens.control !== null) {
    const ask = (place: BackfillPlace) => askForBackfill(deps, place);
    http.route("/", createBackfillControl({ database, token: tokens.control, ask }));
  }
  const secrets = credentials.webhookSecrets;
  http.route("/", createIntake({ database, jobs, secrets, clock, log, onDelivery: metrics.noteDelivery }));
  if (tokens.operations !== null) {
    const letters = {
      readLetters: () => readDeadLetters(database),
      redrive: (ids: readonly string[]) => redrive(tools, ids),
      redriveQueue: (queue: string) => redriveQueue(tools, queue),
    };
    const { readQueues } = jobs;
    http.route("/", createOperations({ database, clock, log, token: tokens.operations, readQueues, ...letters }));
  }
  // The last, since it has an answer for every address.
  http.route("/", createWeb({ database, clock, github: webOf(credentials.apiUrl) }));
  return http;
}

async function answers({ query }: Database): Promise<boolean> {
  await sql`select 1`.execute(query);
  return true;
}

/** Says no more than that it was our mistake: errors may quote what they stumbled on. */
function answerMistake(log: Log): ErrorHandler {
  return (error, context) => {
    if (error instanceof HTTPException) return error.getResponse();
    log.error({ error: error.name }, "a request could not be answered");
    return context.text("That did not work, and it was not you. Try again in a moment.\n", 500);
  };
}
