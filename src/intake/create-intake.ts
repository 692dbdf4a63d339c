import { Hono } from "hono";
import type { Log } from "../domain/log.ts";
import type { Jobs } from "../jobs/start-jobs.ts";
import { type Delivery, type Receipt, receiveDeliveries } from "../store/deliveries.ts";
import type { Database } from "../store/open-database.ts";
import { type BodyLimits, BodyRefused, readBody } from "./read-body.ts";
import { readDeliveryRequest, refuseHeaders } from "./read-delivery-request.ts";
import { writeInGroups } from "./write-in-groups.ts";

export interface IntakeOptions {
  readonly database: Database;
  readonly jobs: Pick<Jobs, "enqueue" | "enqueueNew">;
  /** Each is valid: two while one takes the other's place. */
  readonly secrets: readonly string[];
  readonly clock: () => Date;
  readonly log: Log;
  readonly limits?: BodyLimits;
  /** Is told what each delivery was: its receipt, `refused`, or `not written`; its event is null where nobody signed for it. */
  readonly onDelivery?: (event: string | null, outcome: Receipt | "refused" | "not written") => void;
}

/** GitHub sends no event that is larger, and waits for ten seconds; some of these are for writing it down. */
const gitHubLimits: BodyLimits = { size: 25 * 1024 * 1024, time: 8_000 };
/** Measured: groups of fifty take in several times as many as single ones, larger ones hardly more. */
const groups = { count: 50, size: 8 * 1024 * 1024 };

/**
 * The door for GitHub's webhooks: POST /api/github/webhooks. Answers 202 once a delivery and the job to work on it are
 * both written down, 200 where it is known and nothing has to be done, 4xx with one line otherwise.
 * https://docs.github.com/en/webhooks/using-webhooks/best-practices-for-using-webhooks
 */
export function createIntake(options: IntakeOptions): Hono {
  const { secrets, log, limits = gitHubLimits, onDelivery = () => {} } = options;
  if (secrets.length === 0 || secrets.includes("")) throw new Error("the intake needs a webhook secret");
  const write = writeInGroups<Delivery, Receipt>({
    write: (deliveries) => writeDown(options, deliveries),
    sizeOf: ({ payload }) => payload.length,
    limits: groups,
  });
  const intake = new Hono();

  intake.post("/api/github/webhooks", async (context) => {
    const { headers } = context.req.raw;
    const refused = refuseHeaders(headers);
    if (refused !== null) {
      onDelivery(null, "refused");
      return context.text(refused.message, refused.status);
    }
    const body = await readBody(context.req.raw, limits);
    const delivery = readDeliveryRequest(headers, body, secrets);
    if ("status" in delivery) {
      log.warn({ status: delivery.status, event: headers.get("x-github-event") }, "a delivery was refused");
      onDelivery(null, "refused");
      return context.text(delivery.message, delivery.status);
    }
    const receipt = await write(delivery);
    onDelivery(delivery.event, receipt);
    log.info({ delivery: delivery.id, event: delivery.event, action: delivery.action, receipt }, "a delivery came in");
    const isKnown = receipt === "duplicate-done" || receipt === "in-progress";
    return context.json({ id: delivery.id, receipt }, isKnown ? 200 : 202);
  });

  intake.onError((error, context) => {
    const isRefused = error instanceof BodyRefused;
    onDelivery(null, isRefused ? "refused" : "not written");
    if (isRefused) {
      // What is left of the body is not read, so the connection is of no more use.
      return context.text(error.message, error.status, { connection: "close" });
    }
    log.error({ error: error.name }, "a delivery could not be written down");
    return context.text("The delivery could not be written down; deliver it again later.", 503);
  });
  return intake;
}

/** One transaction: no delivery without its job, and no job without its delivery. */
async function writeDown(
  { database, jobs, clock }: IntakeOptions,
  deliveries: readonly Delivery[],
): Promise<ReadonlyMap<string, Receipt>> {
  return database.query.transaction().execute(async (transaction) => {
    const receipts = await receiveDeliveries(transaction, deliveries, clock());
    const due = deliveries.map(({ id, installationId }) => ({ data: { deliveryId: id }, key: id, installationId }));
    const fresh = due.filter(({ key }) => receipts.get(key) === "inserted");
    if (fresh.length > 0) await jobs.enqueueNew("deliveries", fresh, transaction);
    for (const { data, key, installationId } of due) {
      // A failed one may still wait for its next try: that is now.
      if (receipts.get(key) === "again-after-failure") {
        await jobs.enqueue("deliveries", data, { key, installationId, transaction, now: true });
      }
    }
    return receipts;
  });
}
