import type { Context, Hono } from "hono";
import type { Forge } from "../forge.ts";
import type { Delivery } from "../model/app.ts";
import { notFound } from "../refusal.ts";
import { pageNumber, pageSize, paginate } from "./pagination.ts";
import { personOf } from "./person.ts";
import { type Site, showPage } from "./site.ts";

/** What the webhooks of all apps were sent, and what they answered. */
export function addDeliveryPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/deliveries", (context) => {
    const newestFirst = forge.state.deliveries.toReversed();
    const start = (pageNumber(context) - 1) * pageSize;
    const data = {
      deliveries: newestFirst.slice(start, start + pageSize).map((delivery) => viewDelivery(forge, delivery)),
      pages: paginate(context, newestFirst.length > start + pageSize),
    };
    return showPage(site, context, { template: "deliveries", title: "Deliveries", data });
  });
  app.get("/deliveries/:id", (context) => {
    const delivery = requireDelivery(forge, context);
    const { request, outcome, url, guid } = delivery;
    const data = {
      ...viewDelivery(forge, delivery),
      guid,
      url,
      request: { headers: viewHeaders(request.headers), body: prettyJson(request.body) },
      response: outcome === null ? null : { headers: viewHeaders(outcome.headers), body: prettyJson(outcome.body) },
      attempts: forge.state.deliveries
        .filter((other) => other.guid === guid)
        .map((other) => viewDelivery(forge, other)),
    };
    return showPage(site, context, { template: "delivery", title: `Delivery ${delivery.id}`, data });
  });
  app.post("/deliveries/:id/redeliver", async (context) => {
    await site.redeliver(requireDelivery(forge, context));
    return context.redirect("/deliveries", 303);
  });
}

function requireDelivery({ state }: Forge, context: Context): Delivery {
  const id = Number(context.req.param("id"));
  const delivery = state.deliveries.find((one) => one.id === id);
  if (delivery === undefined) throw notFound();
  return delivery;
}

function viewDelivery(forge: Forge, delivery: Delivery) {
  const { id, event, action, appId, outcome, redelivery, deliveredAt } = delivery;
  const app = forge.state.apps.get(appId);
  const isFine = outcome !== null && outcome.statusCode >= 200 && outcome.statusCode < 300;
  return {
    id,
    href: `/deliveries/${id}`,
    name: action === null ? event : `${event}.${action}`,
    app: app === undefined ? null : personOf(forge, app.bot),
    at: deliveredAt,
    redelivery,
    ...describe(outcome === null ? "waiting" : isFine ? "success" : "failure"),
    status: outcome === null ? null : [outcome.statusCode || "", outcome.status].join(" ").trim(),
    milliseconds: outcome === null ? null : Math.round(outcome.seconds * 1000),
  };
}

function describe(outcome: "waiting" | "success" | "failure") {
  return { outcome, words: { waiting: "waiting", success: "delivered", failure: "failed" }[outcome] };
}

function viewHeaders(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // An answer may be any text.
    return text;
  }
}
