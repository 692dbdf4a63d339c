import { Hono } from "hono";
import { Probot } from "probot";
import project from "../../package.json" with { type: "json" };
import { createApp } from "../app/create-app.ts";
import type { Deps } from "../app/deps.ts";
import { keepCreditComment } from "../app/keep-credit-comment.ts";
import type { Log } from "../domain/log.ts";
import { createOctokitFor, type SentRequest } from "../github/create-octokit-for.ts";
import { createIntake } from "../intake/create-intake.ts";
import { workOnDelivery } from "../intake/work-on-delivery.ts";
import { type Jobs, startJobs } from "../jobs/start-jobs.ts";
import { loadTemplate } from "../render/load-template.ts";
import { buryDelivery, forgetDeliveries } from "../store/deliveries.ts";
import type { Database } from "../store/open-database.ts";
import type { Credentials } from "./read-environment.ts";

/** How long work that runs may go on when the app ends, in milliseconds. */
const patience = 20_000;
const hour = 60 * 60 * 1000;

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
  readonly clock: () => Date;
  readonly log: Log;
  /** Milliseconds between two things that are created on GitHub; the second that GitHub asks for where it is not given. */
  readonly pause?: number;
  /** Is told of each request to GitHub before it is sent. */
  readonly onRequest?: (request: SentRequest) => void;
}

/** Puts the app together: intake, queues, the Probot application and its handlers. */
export async function startApp(options: AppOptions): Promise<App> {
  const { credentials, database, clock, log, pause = 1000, onRequest = () => {} } = options;
  const { appId, privateKey, apiUrl, webhookSecrets } = credentials;
  const warning = ["comments/credit-warning.md.hbs"];
  const deps: Deps = {
    database,
    octokitFor: createOctokitFor({
      appId,
      privateKey,
      baseUrl: apiUrl,
      userAgent: `curtain-call/${project.version}`,
      log: quietLog(log),
      clock,
      pause,
      onRequest,
    }),
    templates: {
      comment: await loadTemplate("comments/credit.md.hbs", warning),
      check: await loadTemplate("comments/credit-check.md.hbs", warning),
    },
    log,
  };
  const probot = new Probot({ appId, privateKey, secret: webhookSecrets[0], baseUrl: apiUrl, logLevel: "fatal" });
  const jobs = await startJobs({
    database,
    clock,
    log,
    handlers: {
      deliveries: workOnDelivery({ database, clock, receive: (delivery) => receive(probot, delivery) }),
      "pull-requests": ({ data }) => keepCreditComment(deps, data),
    },
    bury: async (dead) => {
      if (dead.queue !== "deliveries") return;
      await buryDelivery(database, dead.data.deliveryId, { reference: dead.reference, now: clock() });
    },
  });
  await probot.load(createApp({ enqueue: jobs.enqueue }));
  const forgetting = setInterval(() => void forgetDeliveries(database, clock()).catch(reportTo(log)), hour);
  const http = new Hono();
  http.get("/", ({ text }) => text("Curtain Call is running. It listens to GitHub's webhooks.\n"));
  http.route("/", createIntake({ database, jobs, secrets: webhookSecrets, clock, log }));
  return {
    deps,
    http,
    count: jobs.count,
    stop: async () => {
      clearInterval(forgetting);
      await jobs.stop(patience);
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

function reportTo(log: Log): (error: unknown) => void {
  return (error) =>
    log.error({ error: error instanceof Error ? error.name : "Error" }, "old deliveries could not be forgotten");
}

/** Octokit's own words may quote what people wrote; only warnings and errors are worth a line. */
function quietLog(log: Log) {
  const say = (level: "warn" | "error") => (): void => log[level]({}, "Octokit complains");
  return { debug: () => {}, info: () => {}, warn: say("warn"), error: say("error") };
}
