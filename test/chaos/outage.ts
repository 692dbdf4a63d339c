import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { signedRequest } from "../support/deliver.ts";
import type { OwnServer } from "./own-server.ts";

export interface Outage {
  readonly server: OwnServer;
  readonly mode: "fast" | "immediate";
  /** Where the app listens. */
  readonly port: number;
  readonly secret: string;
  /** What goes on meanwhile. */
  readonly meanwhile: () => Promise<void>;
}

/** How long the app may take to notice either, in milliseconds. */
const patience = 30_000;

/**
 * Stops the app's database, and starts it again. Throws where the app says that it is ready meanwhile, takes in a delivery
 * that it cannot write down, or does not come to itself.
 */
export async function sufferOutage({ server, mode, port, secret, meanwhile }: Outage): Promise<void> {
  const app = `http://127.0.0.1:${port}`;
  await server.stop(mode);
  try {
    await untilReadiness(app, 503);
    const delivery = signedRequest(randomUUID(), { zen: "Keep it simple." }, { event: "ping", key: secret });
    const { status } = await fetch(`${app}/api/github/webhooks`, delivery);
    if (status < 500) throw new Error(`a delivery was answered by ${status} while there was no database`);
    await meanwhile();
  } finally {
    await server.start();
  }
  await untilReadiness(app, 200);
}

async function untilReadiness(app: string, wanted: number): Promise<void> {
  const until = performance.now() + patience;
  for (let status = 0; status !== wanted; await sleep(100)) {
    // One that is only just started does not listen yet.
    status = await fetch(`${app}/readyz?exclude=github`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (performance.now() > until) throw new Error(`/readyz still answers ${status}, and should ${wanted}`);
  }
}
