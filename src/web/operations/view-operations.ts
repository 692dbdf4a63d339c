import { markSafe } from "../../render/load-pages.ts";
import { readAllBackfills } from "../../store/backfills.ts";
import type { Database } from "../../store/open-database.ts";
import { type DeliverySummary, deliveryStates, readRecentDeliveries } from "../../store/recent-deliveries.ts";
import type { QueueState } from "../watch/queue-gauges.ts";

/** A job that nobody tries any more. */
interface ShownLetter {
  readonly id: string;
  readonly queue: string;
  readonly subject: string;
  readonly reference: string;
  readonly delivery: string | null;
  readonly tries: number;
  readonly error: string | null;
  readonly diedAt: Date;
}

/** Where the pages have from what they show. */
export interface OperationsSource {
  readonly database: Pick<Database, "query">;
  readonly clock: () => Date;
  readonly readQueues: () => Promise<readonly QueueState[]>;
  /** The newest hundred. */
  readonly readLetters: () => Promise<readonly ShownLetter[]>;
}

interface Asked {
  /** Of the deliveries to show; null for all. */
  readonly state: DeliverySummary["state"] | null;
  /** How many dead letters were tried again just now; null where nobody asked. */
  readonly redriven: number | null;
}

const mostDeliveries = 50;
const mostBackfills = 100;
const numbers = new Intl.NumberFormat("en");

export const helpers = {
  moment: (date: Date) => markSafe(momentHtml(date)),
  amount: (value: number) => numbers.format(value),
  plural: (value: number, one: string, many: string) => (value === 1 ? one : many),
  or: (value: string | number | null, other: string) => value ?? other,
};

/** Everything that the page shows. */
export async function viewOperations(source: OperationsSource, { state, redriven }: Asked) {
  const { database, clock, readQueues, readLetters } = source;
  const letters = await readLetters();
  const backfills = await readAllBackfills(database);
  // What goes on, or went wrong, comes first.
  const sorted = backfills.toSorted((one, other) => Number(one.state === "done") - Number(other.state === "done"));
  return {
    now: clock(),
    told: redriven === null ? null : { count: redriven },
    queues: (await readQueues()).map((queue) => ({ ...queue, oldest: durationWords(queue.oldest) })),
    letters,
    queuesWithLetters: [...new Set(letters.map(({ queue }) => queue))],
    states: [null, ...deliveryStates].map((one) => ({
      text: one ?? "all",
      href: one === null ? "/ops" : `/ops?state=${one}`,
      isCurrent: one === state,
    })),
    deliveries: await readRecentDeliveries(database, { state, limit: mostDeliveries }),
    backfills: sorted.slice(0, mostBackfills),
    moreBackfills: Math.max(0, backfills.length - mostBackfills),
  };
}

/** As "3 h 20 min", "4 min" or "12 s". */
export function durationWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.floor(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function momentHtml(date: Date): string {
  const text = date.toISOString();
  return `<time datetime="${text}">${text.slice(0, 19).replace("T", " ")}</time>`;
}
