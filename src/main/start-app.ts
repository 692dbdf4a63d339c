import { setTimeout as sleep } from "node:timers/promises";
import type { Hono } from "hono";
import { Probot } from "probot";
import project from "../../package.json" with { type: "json" };
import { createApp } from "../app/create-app.ts";
import type { Deps } from "../app/deps.ts";
import { fillInHistory } from "../app/fill-in-history.ts";
import { handleTask } from "../app/handle-task.ts";
import { pickUpBackfills } from "../app/pick-up-backfills.ts";
import { createPlaybookCache } from "../app/playbook/create-playbook-cache.ts";
import { runPlaybook } from "../app/playbook/run-playbook.ts";
import { sweepFetched } from "../app/playbook/sweep-fetched.ts";
import { tellFailedRun } from "../app/playbook/tell-failed-run.ts";
import { describeError } from "../domain/describe-error.ts";
import type { Log } from "../domain/log.ts";
import { createAppClient } from "../github/create-app-client.ts";
import { createOctokitFor } from "../github/create-octokit-for.ts";
import { createReachability } from "../github/create-reachability.ts";
import { type ContentLimit, gitHubContentLimits } from "../github/create-turns.ts";
import type { Answered, SentRequest } from "../github/tell-answer.ts";
import { workOnDelivery } from "../intake/work-on-delivery.ts";
import { createTrace } from "../jobs/create-trace.ts";
import { type Jobs, type JobsOptions, startJobs } from "../jobs/start-jobs.ts";
import { startRoutines } from "../jobs/start-routines.ts";
import { createUntrustedRenderer } from "../render/render-untrusted.ts";
import { createKeyedHash } from "../store/keyed-hash.ts";
import type { Database } from "../store/open-database.ts";
import { requireSameKey } from "../store/require-same-key.ts";
import { createMetrics, type Metrics } from "../web/watch/create-metrics.ts";
import { appRoutines, type Schedule } from "./app-routines.ts";
import { bury } from "./bury.ts";
import { createHttp, type Tokens } from "./create-http.ts";
import { traceLog } from "./create-log.ts";
import { enqueueIn } from "./enqueue-in.ts";
import { loadTemplates } from "./load-templates.ts";
import type { Credentials } from "./read-credentials.ts";
import type { Role } from "./read-role.ts";
import { tidy } from "./tidy.ts";

/** How long work that runs may go on when the app ends, in milliseconds. */
const patience = 20_000;
const hour = 60 * 60 * 1000;
/** How often it is looked for work that was asked for in the database, in milliseconds. */
const pickUp = 10_000;

export interface App {
  readonly deps: Deps;
  /** What the HTTP server answers with. */
  readonly http: Hono;
  /** How full the queues are. */
  readonly count: Jobs["count"];
  readonly stop: () => Promise<void>;
}

export interface AppOptions {
  readonly credentials: Credentials;
  readonly database: Database;
  /** 32 bytes, the same for as long as the database lives. */
  readonly ledgerKey: Uint8Array;
  readonly tokens: Tokens;
  /** Where clones are made while a history is read. */
  readonly clonesFolder: string;
  /** Where people reach the app's own pages, without a slash at the end; null, as where it is not given, for nowhere. */
  readonly publicUrl?: string | null;
  readonly clock: () => Date;
  readonly log: Log;
  /** Milliseconds between two things that are created on GitHub; the second that GitHub asks for where it is not given. */
  readonly pause?: number;
  /** Waits so many milliseconds; by the machine's clock where it is not given. */
  readonly wait?: (milliseconds: number) => Promise<void>;
  /** How much may be created on GitHub; as much as GitHub lets one installation where it is not given. */
  readonly contentLimits?: readonly ContentLimit[];
  /** How often it looks for what nobody told it of; never where it is not given. */
  readonly schedule?: Schedule;
  /** Where the embedded database is backed up; nowhere where it is not given. */
  readonly backupsFolder?: string;
  /** Is told of each request to GitHub before it is sent. */
  readonly onRequest?: (request: SentRequest) => void;
  readonly metrics?: Metrics;
  /** How often failed jobs are tried again; as the queues do by themselves where it is not given. */
  readonly retries?: NonNullable<JobsOptions["retries"]>;
  /** What this process does of the app's work; all of it where it is not given. */
  readonly role?: Role;
}

/**
 * Puts the app together: intake, queues, the Probot application and its handlers. Throws a UserError where the database
 * was begun with another key.
 */
export async function startApp(options: AppOptions): Promise<App> {
  const {
    credentials,
    database,
    ledgerKey,
    clonesFolder,
    publicUrl = null,
    tokens,
    clock,
    role = "all",
    pause = 1000,
    wait = (milliseconds) => sleep(milliseconds),
    contentLimits = gitHubContentLimits,
    schedule,
    backupsFolder = null,
    onRequest = () => {},
    metrics = createMetrics(clock),
    retries,
  } = options;
  const works = role !== "web";
  const trace = createTrace();
  const log = traceLog(options.log, trace);
  const reachability = createReachability(clock);
  const { appId, privateKey, apiUrl, webhookSecrets } = credentials;
  await requireSameKey(database, ledgerKey);
  const untrusted = createUntrustedRenderer();
  const gitHub = {
    appId,
    privateKey,
    baseUrl: apiUrl,
    userAgent: `curtain-call/${project.version}`,
    log: quietLog(log),
    clock,
    onRequest,
    onAnswer: (answer: Answered): void => {
      reachability.note(answer);
      metrics.noteAnswer(answer);
    },
  };
  const tools: Omit<Deps, "enqueue" | "enqueueBackfill" | "enqueueRun"> = {
    database,
    clock,
    wait,
    noteRunEnd: metrics.noteRunEnd,
    clonesFolder,
    publicUrl,
    hash: createKeyedHash(ledgerKey),
    octokitFor: createOctokitFor({ ...gitHub, pause, contentLimits, onApplied: metrics.noteApplied }),
    templates: await loadTemplates(untrusted),
    playbookCache: createPlaybookCache(),
    log,
  };
  const jobs = await startJobs({
    database,
    clock,
    log,
    trace,
    works,
    ...(retries !== undefined && { retries }),
    onRun: metrics.noteRun,
    // Jobs may wait from before the last end: whatever they need is there before the first of them runs.
    handlers: async (queue) => {
      const deps = { ...tools, ...enqueueIn(queue) };
      const probot = new Probot({ appId, privateKey, secret: webhookSecrets[0], baseUrl: apiUrl, logLevel: "fatal" });
      await probot.load(createApp(deps));
      return {
        deliveries: workOnDelivery({
          database,
          clock,
          receive: (delivery) => receive(probot, delivery),
          onWork: metrics.noteWork,
        }),
        tasks: ({ data, ...attempt }) => handleTask(deps, data, attempt),
        backfills: ({ data, isLastTry, signal }) => fillInHistory(deps, data, { isLastTry, signal }),
        runs: ({ data, isLastTry, reference, signal }) => runPlaybook(deps, data, { isLastTry, reference, signal }),
      };
    },
    bury: async (dead) => {
      await bury(tools, dead);
      if (dead.queue === "runs") await tellFailedRun(tools, dead.data);
      metrics.noteDeath(dead.queue);
    },
  });
  const deps = { ...tools, ...enqueueIn(jobs) };
  const chores = works
    ? [
        setInterval(() => void tidy(database, clock()).catch(reportTo(log)), hour),
        setInterval(
          () => void sweepFetched(clonesFolder, new Date()).catch(reportTo(log, "a folder cannot be removed")),
          hour,
        ),
        setInterval(() => void pickUpBackfills(deps).catch(reportTo(log)), pickUp),
      ]
    : [];
  const asApp = { appId, client: createAppClient(gitHub), backupsFolder };
  const routines = schedule === undefined || !works ? [] : appRoutines(deps, { ...asApp, schedule });
  const looking = startRoutines({ database, clock, log, routines });
  return {
    deps,
    http: createHttp({ role, deps, jobs, credentials, metrics, reachability, trace, tokens }),
    count: jobs.count,
    stop: async () => {
      for (const chore of chores) clearInterval(chore);
      await looking.stop();
      await jobs.stop(patience);
      await untrusted.close();
    },
  };
}

/** Hands a stored delivery to the Probot application. */
async function receive(
  probot: Probot,
  { id, event, payload }: { id: string; event: string; payload: string },
): Promise<void> {
  const received: unknown = { id, name: event, payload: JSON.parse(payload) };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each event is read again by its shape
  await probot.receive(received as Parameters<Probot["receive"]>[0]);
}

function reportTo(log: Log, what = "the database does not answer"): (error: unknown) => void {
  return (error) => log.error(describeError(error), what);
}

/** Octokit's own words may quote what people wrote; only warnings and errors are worth a line. */
function quietLog(log: Log) {
  const say = (level: "warn" | "error") => (): void => log[level]({}, "Octokit complains");
  return { debug: () => {}, info: () => {}, warn: say("warn"), error: say("error") };
}
