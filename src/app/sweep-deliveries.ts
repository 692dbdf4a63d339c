import type { AppClient } from "../github/create-app-client.ts";
import { type LoggedDelivery, readDeliveryLog, redeliver } from "../github/delivery-log.ts";
import { NotThere, statusOf } from "../github/errors.ts";
import { keepLogReading, type LogReading, readLogReading } from "../store/delivery-logs.ts";
import {
  findMissing,
  giveUpMissing,
  noteAsked,
  noteMissing,
  redeliverable,
  settleMissing,
} from "../store/missing-deliveries.ts";
import type { Deps } from "./deps.ts";

export interface Sweep extends Pick<Deps, "database" | "clock" | "log"> {
  readonly appId: string;
  readonly client: AppClient;
  readonly limits: SweepLimits;
  /** Aborted where it shall end soon; the next one goes on. */
  readonly signal: AbortSignal;
}

export interface SweepLimits {
  /** Pages of a hundred deliveries that one sweep reads. */
  readonly pages: number;
  /** Deliveries that one sweep asks for. */
  readonly asks: number;
  /** Milliseconds between two of these. */
  readonly pause: number;
  /** Milliseconds until what was asked for and did not come is asked for again; each time twice as many. */
  readonly again: number;
  /** Milliseconds that a delivery may be on its way. */
  readonly underWay: number;
}

/** GitHub's secondary limits let 180 writes a minute through, and its hourly one 5,000 requests. */
export const usualSweepLimits: SweepLimits = {
  pages: 50,
  asks: 300,
  pause: 400,
  again: 5 * 60_000,
  underWay: 30_000,
};

/** How far behind the last sweep the next one looks: what is logged late is seen all the same. In milliseconds. */
const overlap = 10 * 60_000;
const longestWait = 6 * 60 * 60_000;

/**
 * Reads the log that GitHub keeps of our deliveries back to the last sweep, at most three days, and has it deliver again
 * what never came in: GitHub never does so by itself. What came in is not asked for again, however GitHub saw it end.
 * https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
export async function sweepDeliveries(sweep: Sweep): Promise<void> {
  const { database, clock, log } = sweep;
  const missing = await readLog(sweep);
  await settleMissing(database, clock());
  const asked = await askForMissing(sweep);
  if (missing + asked > 0) log.warn({ missing, asked }, "webhooks never came in and are asked for again");
}

/** Notes what is missing by the log; says how many are new. */
async function readLog(sweep: Sweep): Promise<number> {
  const { database, clock, appId, limits, signal } = sweep;
  const { readTo, underWay } = await readLogReading(database, appId);
  const begunAt = underWay?.begunAt ?? clock();
  const oldest = Math.max((readTo?.getTime() ?? 0) - overlap, begunAt.getTime() - redeliverable);
  let cursor = underWay?.cursor ?? null;
  let missing = 0;
  for (let page = 0; page < limits.pages && !signal.aborted; page += 1) {
    const { deliveries, next } = await readPage(sweep, cursor, readTo);
    missing += await noteMissing(database, deliveries.filter(isOver), clock());
    const last = deliveries.at(-1);
    const isEnd = next === null || last === undefined || last.deliveredAt.getTime() < oldest;
    const reading: LogReading = isEnd
      ? { readTo: begunAt, underWay: null }
      : { readTo, underWay: { begunAt, cursor: next } };
    await keepLogReading(database, appId, reading);
    if (isEnd) break;
    cursor = next;
  }
  return missing;

  function isOver({ isPending, deliveredAt }: LoggedDelivery): boolean {
    return !isPending && deliveredAt.getTime() <= clock().getTime() - limits.underWay;
  }
}

/** One page; where GitHub no longer knows how to go on, the next sweep begins anew. */
async function readPage({ database, appId, client }: Sweep, cursor: string | null, readTo: Date | null) {
  try {
    return await readDeliveryLog(client, cursor);
  } catch (error) {
    if (cursor !== null && isRefusal(error)) await keepLogReading(database, appId, { readTo, underWay: null });
    throw error;
  }
}

/** Asks for what is due; says for how many. */
async function askForMissing({ database, clock, client, limits, signal }: Sweep): Promise<number> {
  let count = 0;
  for (const { deliveryId, attemptId, asked } of await findMissing(database, { now: clock(), most: limits.asks })) {
    if (signal.aborted) break;
    if (count > 0) await new Promise((resolve) => setTimeout(resolve, limits.pause));
    count += 1;
    try {
      await redeliver(client, attemptId);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      await giveUpMissing(database, deliveryId);
      continue;
    }
    const wait = Math.min(limits.again * 2 ** asked, longestWait);
    await noteAsked(database, deliveryId, new Date(clock().getTime() + wait));
  }
  return count;
}

/** Whether asking again would change nothing. */
function isRefusal(error: unknown): boolean {
  return error instanceof NotThere || statusOf(error) === 400 || statusOf(error) === 422;
}
