import { z } from "zod";
import type { AppClient } from "./create-app-client.ts";

/** One attempt of GitHub's to deliver a webhook. */
export interface LoggedDelivery {
  /** The attempt's own id, as text: GitHub's numbers no longer fit those of JavaScript. */
  readonly attemptId: string;
  /** What the webhook says it is, the same for each attempt, in lower case. */
  readonly deliveryId: string;
  readonly installationId: number | null;
  readonly deliveredAt: Date;
  /** Whether it is still on its way. */
  readonly isPending: boolean;
}

interface LogPage {
  /** The newest first. */
  readonly deliveries: readonly LoggedDelivery[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

const pageSize = 100;

const pageShape = z.array(
  z.object({
    id: z.string(),
    guid: z.string(),
    delivered_at: z.coerce.date(),
    status: z.string(),
    installation_id: z.string().nullish(),
  }),
);

/**
 * A page of the log that GitHub keeps of an app's deliveries for three days. Throws what AppClient throws.
 * https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
 */
export async function readDeliveryLog({ request }: AppClient, cursor: string | null): Promise<LogPage> {
  const { data, headers } = await request("GET /app/hook/deliveries", {
    per_page: pageSize,
    ...(cursor !== null && { cursor }),
    // Octokit would read numbers as JavaScript does.
    request: { parseSuccessResponseBody: false },
  });
  const body: unknown = data;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is not parsed is the body's stream
  const text = await new Response(body as ReadableStream).text();
  return { deliveries: parseLogPage(text), next: readNextCursor(headers.link ?? "") };
}

/** Reads a page of the log from its JSON, with ids of any length. */
export function parseLogPage(json: string): LoggedDelivery[] {
  const page: unknown = JSON.parse(json, (key: string, value: unknown, context?: { source?: string }) => {
    return typeof value === "number" && key.endsWith("id") ? context?.source : value;
  });
  return pageShape.parse(page).map((delivery) => ({
    attemptId: delivery.id,
    deliveryId: delivery.guid.toLowerCase(),
    installationId: delivery.installation_id ? Number(delivery.installation_id) : null,
    deliveredAt: delivery.delivered_at,
    isPending: delivery.status === "pending",
  }));
}

/** Where the page after this one begins, by its Link header. */
function readNextCursor(link: string): string | null {
  const [, address] = /<([^>]*)>;\s*rel="next"/.exec(link) ?? [];
  return address === undefined ? null : (URL.parse(address)?.searchParams.get("cursor") ?? null);
}

/**
 * Has GitHub deliver a webhook once more. Throws what AppClient throws: NotThere where GitHub has forgotten it.
 * https://docs.github.com/en/rest/apps/webhooks#redeliver-a-delivery-for-an-app-webhook
 */
export async function redeliver({ request }: AppClient, attemptId: string): Promise<void> {
  // Written into the path, as the parameter's type is a number.
  await request(`POST /app/hook/deliveries/${encodeURIComponent(attemptId)}/attempts`);
}
