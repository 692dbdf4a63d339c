import { postponedUntil } from "../domain/postpone-until.ts";
import type { Handlers } from "../jobs/start-jobs.ts";
import { type Delivery, failDelivery, finishDelivery, readDelivery } from "../store/deliveries.ts";
import type { Database } from "../store/open-database.ts";

export interface DeliveryWork {
  readonly database: Database;
  /** Does what the delivery asks for; doing it twice has to come to the same. */
  readonly receive: (delivery: Delivery) => Promise<void>;
  readonly clock: () => Date;
  /** Is told how each try ended. */
  readonly onWork?: (event: string, outcome: "done" | "failed" | "postponed") => void;
}

/** The handler of the queue `deliveries`: hands on what is stored, and forgets its payload when that is done. */
export function workOnDelivery({ database, receive, clock, onWork = () => {} }: DeliveryWork): Handlers["deliveries"] {
  return async ({ data: { deliveryId } }) => {
    const delivery = await readDelivery(database, deliveryId);
    if (delivery === null) return;
    try {
      await receive(delivery);
    } catch (error) {
      // Its message may quote the payload, so that only the kind of error is kept.
      const kind = error instanceof Error ? error.name : "Error";
      const isPostponed = postponedUntil(error) !== null;
      onWork(delivery.event, isPostponed ? "postponed" : "failed");
      if (!isPostponed) await failDelivery(database, deliveryId, kind);
      throw error;
    }
    await finishDelivery(database, deliveryId, clock());
    onWork(delivery.event, "done");
  };
}
