import { createHmac, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { WebhookFault } from "../faults/faults.ts";
import type { Forge } from "../forge.ts";
import { grants } from "../identity/access.ts";
import { isLoopback } from "../is-loopback.ts";
import type { App, Delivery, DeliveryOutcome, Installation } from "../model/app.ts";
import type { Happening } from "./happening.ts";
import { makePayload } from "./make-payload.ts";
import { ownerOf, repositoryOf } from "./place-of-happening.ts";

/** How long deliveries are kept, in milliseconds: GitHub's three days. */
const memory = 3 * 24 * 60 * 60 * 1000;
/** The most of an answer's body that the log keeps, in characters. */
const longestAnswer = 65_536;

export interface Webhooks {
  readonly announce: (happening: Happening) => Promise<void>;
  readonly redeliver: (delivery: Delivery) => void;
  /** Waits until nothing is on its way any more. */
  readonly settled: () => Promise<void>;
  /** Gives up what is on its way. */
  readonly close: () => Promise<void>;
}

export interface WebhookTools {
  /** What shall go wrong with the next delivery, if anything. */
  readonly nextFault: (event: string) => WebhookFault | null;
  /** Is shown every payload that is made, for whoever wants to judge it. */
  readonly inspect: (event: string, action: string | null, payload: unknown) => void;
  /** Somebody has to know that something in the background went wrong. */
  readonly onError: (error: unknown) => void;
  /** Is told whenever the log of deliveries has changed in the background. */
  readonly onLogged: () => void;
  /** How long an app has for its answer, in milliseconds: GitHub's ten seconds. */
  readonly patience: number;
}

/** Tells apps what happened: signed, in the background, each delivery once, with a log. GitHub retries nothing. */
export function createWebhooks(forge: () => Forge, tools: WebhookTools): Webhooks {
  const { nextFault, inspect, onError, onLogged, patience } = tools;
  const underWay = new Set<Promise<void>>();
  const closing = new AbortController();
  /** A delivery that waits for the next one to overtake it. */
  let overtaken: (() => void) | null = null;

  async function announce(happening: Happening): Promise<void> {
    const { state } = forge();
    const listeners = [...state.installations.values()].filter((installation) => listensTo(installation, happening));
    if (listeners.length === 0) return;
    const payload = await makePayload(forge(), happening);
    for (const installation of listeners) {
      const { id, app } = installation;
      const whole = { ...payload, installation: payload["installation"] ?? { id, node_id: nodeIdOf(id) } };
      const action = "action" in happening ? happening.action : null;
      inspect(happening.event, action, whole);
      send(record(forge(), { app, installation, happening, action, payload: whole }));
    }
  }

  function redeliver(earlier: Delivery): void {
    const { state, clock } = forge();
    const delivery = { ...earlier, id: state.nextId++, redelivery: true, deliveredAt: clock(), outcome: null };
    state.deliveries.push(delivery);
    send(delivery);
  }

  function send(delivery: Delivery): void {
    const fault = nextFault(delivery.event);
    if (fault?.kind === "lost") {
      delivery.outcome = { status: "failed to connect to host", statusCode: 0, seconds: 0, headers: {}, body: "" };
      return;
    }
    if (fault?.kind === "reordered" && overtaken === null) {
      overtaken = () => start(delivery, 0);
      return;
    }
    start(delivery, fault?.kind === "delayed" ? fault.milliseconds : 0);
    if (fault?.kind === "doubled") start(delivery, 0);
    const late = overtaken;
    overtaken = null;
    late?.();
  }

  function start(delivery: Delivery, delay: number): void {
    const { clock } = forge();
    const work = post(delivery, { delay, clock, patience, signal: closing.signal }).then(onLogged, onError);
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  async function settled(): Promise<void> {
    overtaken?.();
    overtaken = null;
    while (underWay.size > 0) await Promise.all(underWay);
  }

  async function close(): Promise<void> {
    closing.abort();
    overtaken = null;
    await Promise.all(underWay);
  }

  return { announce, redeliver, settled, close };
}

/** Whether an installation hears of it: it reaches where it happened, and its app has subscribed. */
function listensTo(installation: Installation, happening: Happening): boolean {
  if (happening.event === "installation" || happening.event === "installation_repositories") {
    return happening.installation === installation;
  }
  if (installation.suspended !== null || !installation.events.includes(happening.event)) return false;
  // Of releases those hear that may read them: permissions may be fewer than an app has asked for since.
  if (happening.event === "release" && !grants(installation.permissions, ["contents", "read"])) return false;
  if (happening.event === "installation_target") return happening.installation === installation;
  if (ownerOf(happening) !== installation.account) return false;
  const repository = repositoryOf(happening);
  return repository === null || installation.repositories === null || installation.repositories.has(repository);
}

function nodeIdOf(installationId: number): string {
  return Buffer.from(`012:Installation${installationId}`).toString("base64");
}

function record(
  { state, clock }: Forge,
  {
    app,
    installation,
    happening,
    action,
    payload,
  }: { app: App; installation: Installation; happening: Happening; action: string | null; payload: object },
): Delivery {
  const guid = randomUUID();
  const json = JSON.stringify(payload);
  const body = app.webhook.contentType === "json" ? json : `payload=${encodeURIComponent(json)}`;
  const now = clock();
  const delivery: Delivery = {
    id: state.nextId++,
    guid,
    appId: app.id,
    event: happening.event,
    action,
    installationId: installation.id,
    repositoryId: repositoryOf(happening)?.id ?? null,
    redelivery: false,
    url: app.webhook.url ?? "",
    request: { headers: headersFor(app, { guid, event: happening.event, body }), body },
    deliveredAt: now,
    outcome: null,
  };
  const oldest = now.getTime() - memory;
  const kept = state.deliveries.findIndex(({ deliveredAt }) => deliveredAt.getTime() >= oldest);
  state.deliveries.splice(0, kept === -1 ? state.deliveries.length : kept);
  state.deliveries.push(delivery);
  return delivery;
}

function headersFor(
  app: App,
  { guid, event, body }: { guid: string; event: string; body: string },
): Record<string, string> {
  const { secret, contentType } = app.webhook;
  const sign = (algorithm: string): string =>
    `${algorithm}=${createHmac(algorithm, secret ?? "")
      .update(body)
      .digest("hex")}`;
  return {
    accept: "*/*",
    "content-type": contentType === "json" ? "application/json" : "application/x-www-form-urlencoded",
    "user-agent": "GitHub-Hookshot/sandbox",
    "x-github-delivery": guid,
    "x-github-event": event,
    "x-github-hook-id": String(app.id),
    "x-github-hook-installation-target-id": String(app.id),
    "x-github-hook-installation-target-type": "integration",
    ...(secret === null ? {} : { "x-hub-signature": sign("sha1"), "x-hub-signature-256": sign("sha256") }),
  };
}

async function post(
  delivery: Delivery,
  { delay, clock, patience, signal }: { delay: number; clock: () => Date; patience: number; signal: AbortSignal },
): Promise<void> {
  // Where it is given up in the meantime, the next line tells so.
  if (delay > 0) await setTimeout(delay, undefined, { signal }).catch(() => {});
  const obstacle = obstacleOf(delivery.url) ?? (signal.aborted ? "given up" : null);
  if (obstacle !== null) {
    delivery.outcome = failed(obstacle, 0);
    return;
  }
  const start = performance.now();
  const seconds = (): number => Math.round(performance.now() - start) / 1000;
  delivery.deliveredAt = clock();
  try {
    const answer = await fetch(delivery.url, {
      method: "POST",
      headers: delivery.request.headers,
      body: delivery.request.body,
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    });
    const body = (await answer.text()).slice(0, longestAnswer);
    const headers = Object.fromEntries(answer.headers);
    delivery.outcome = {
      status: answer.statusText || "OK",
      statusCode: answer.status,
      seconds: seconds(),
      headers,
      body,
    };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === "TimeoutError";
    delivery.outcome = failed(isTimeout ? "timed out" : "failed to connect to host", seconds());
  }
}

/** Nothing of what is tried here leaves the machine. */
function obstacleOf(url: string): string | null {
  if (url === "") return "no URL is set";
  const target = URL.parse(url);
  return target !== null && isLoopback(target.hostname) ? null : "not an address of this machine";
}

function failed(status: string, seconds: number): DeliveryOutcome {
  return { status, statusCode: 0, seconds, headers: {}, body: "" };
}
