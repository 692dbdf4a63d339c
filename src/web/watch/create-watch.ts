import { Hono } from "hono";
import { isSameText } from "../is-same-text.ts";
import type { Metrics } from "./create-metrics.ts";
import type { QueueState } from "./queue-gauges.ts";
import { withinTime } from "./within-time.ts";

/** Whether something that the app rests on is there; whatever it throws means that it is not. */
type Check = () => boolean | Promise<boolean>;

export interface WatchOptions {
  /** By name. */
  readonly checks: Readonly<Record<string, Check>>;
  readonly metrics: Pick<Metrics, "tell" | "contentType">;
  readonly readQueues: () => Promise<readonly QueueState[]>;
  /** What Prometheus shows; null where nobody may see the metrics. */
  readonly metricsToken: string | null;
}

/** How long a check or a look at the queues may take, in milliseconds. */
const patience = 2000;

/**
 * What machines watch the app by. /healthz: the process is there. /readyz: what it rests on is there too, or 503; with
 * `?exclude=github` that is left out, as whoever takes deliveries in can do so without it. /metrics: for Prometheus.
 */
export function createWatch({ checks, metrics, readQueues, metricsToken }: WatchOptions): Hono {
  const watch = new Hono();
  let looking: Promise<Readonly<Record<string, boolean>>> | null = null;

  /** Anybody may ask, so that no more than one look is under way. */
  function lookOnce(): Promise<Readonly<Record<string, boolean>>> {
    looking ??= look(checks).finally(() => {
      looking = null;
    });
    return looking;
  }

  watch.get("/healthz", (context) => {
    context.header("Cache-Control", "no-store");
    return context.json({ status: "alive" });
  });

  watch.get("/readyz", async (context) => {
    const excluded = context.req.queries("exclude") ?? [];
    const found = Object.entries(await lookOnce()).filter(([name]) => !excluded.includes(name));
    const isReady = found.every(([, isFine]) => isFine);
    const states = found.map(([name, isFine]) => [name, isFine ? "ok" : "does not answer"]);
    context.header("Cache-Control", "no-store");
    return context.json(
      { status: isReady ? "ready" : "not ready", ...Object.fromEntries(states) },
      isReady ? 200 : 503,
    );
  });

  if (metricsToken === null) return watch;
  watch.get("/metrics", async (context) => {
    context.header("Cache-Control", "no-store");
    if (!isSameText(context.req.header("authorization") ?? "", `Bearer ${metricsToken}`)) {
      context.header("WWW-Authenticate", "Bearer");
      return context.text("This takes METRICS_TOKEN as a bearer token.\n", 401);
    }
    // What is known without the database is told all the same: it is wanted most when that is gone.
    const queues = await withinTime(readQueues(), patience).catch(() => null);
    return context.body(await metrics.tell(queues), 200, { "Content-Type": metrics.contentType });
  });
  return watch;
}

async function look(checks: WatchOptions["checks"]): Promise<Readonly<Record<string, boolean>>> {
  const found = Object.entries(checks).map(async ([name, check]) => [name, await isThere(check)] as const);
  return Object.fromEntries(await Promise.all(found));
}

async function isThere(check: Check): Promise<boolean> {
  try {
    return await withinTime(Promise.resolve(check()), patience);
  } catch {
    // The answer says it; whoever fails because of it tells the log why.
    return false;
  }
}
