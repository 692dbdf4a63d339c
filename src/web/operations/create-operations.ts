import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Log } from "../../domain/log.ts";
import { loadPages } from "../../render/load-pages.ts";
import { deliveryStates } from "../../store/recent-deliveries.ts";
import { isSameText } from "../is-same-text.ts";
import { pageHeaders } from "../page-headers.ts";
import { createSessions, sessionLength } from "./create-sessions.ts";
import { helpers, type OperationsSource, viewOperations } from "./view-operations.ts";

export interface OperationsOptions extends OperationsSource {
  /** Whoever shows it may look, and have work tried again. */
  readonly token: string;
  readonly log: Log;
  /** Has dead letters' work tried again; says of how many. */
  readonly redrive: (ids: readonly string[]) => Promise<number>;
  /** The same with all of a queue's; of none where there is no such queue. */
  readonly redriveQueue: (queue: string) => Promise<number>;
}

const cookie = "curtain-call-operations";
const path = "/ops";
const largestForm = 8 * 1024;
const idForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * The pages for those who run the app: how full the queues are, what came in lately, and what nobody tries any more,
 * which they may have tried again. They change nothing but by forms that such a page showed them.
 */
export function createOperations(options: OperationsOptions): Hono {
  const { token, log, clock, redrive, redriveQueue } = options;
  const sessions = createSessions(token, clock);
  const render = loadPages("operations", helpers);
  const app = new Hono();
  app.use(
    `${path}/*`,
    pageHeaders(),
    bodyLimit({ maxSize: largestForm, onError: (context) => explain(context, 413, "That form is too long.") }),
    async (context, next) => {
      await next();
      context.header("Cache-Control", "no-store");
    },
  );

  app.get(path, async (context) => {
    const session = sessionOf(context);
    if (session === null) return askForToken(context, 200, null);
    const state = deliveryStates.find((one) => one === context.req.query("state")) ?? null;
    const redriven = /^\d{1,6}$/.exec(context.req.query("redriven") ?? "")?.[0];
    const data = await viewOperations(options, { state, redriven: redriven === undefined ? null : Number(redriven) });
    return show(context, { template: "overview", data: { ...data, formToken: sessions.formToken(session) } });
  });

  app.post(`${path}/sign-in`, async (context) => {
    const form = await readForm(context);
    if (!isFromHere(context)) return explain(context, 403, "That form was shown by another site.");
    if (!sessions.isToken(form("token"))) {
      log.warn({}, "somebody without the token was not let in to the operations pages");
      return askForToken(context, 401, "That is not the token.");
    }
    const secure = new URL(context.req.url).protocol === "https:" || isForwardedSecurely(context);
    setCookie(context, cookie, sessions.open(), {
      path,
      httpOnly: true,
      sameSite: "Strict",
      secure,
      maxAge: sessionLength,
    });
    return context.redirect(path, 303);
  });

  app.post(`${path}/sign-out`, async (context) => {
    const refused = await refuse(context);
    if (refused !== null) return refused;
    deleteCookie(context, cookie, { path });
    return context.redirect(path, 303);
  });

  app.post(`${path}/redrive`, async (context) => {
    const refused = await refuse(context);
    if (refused !== null) return refused;
    const form = await readForm(context);
    const [id, queue] = [form("id"), form("queue")];
    const count = queue === "" ? await redrive(idForm.test(id) ? [id] : []) : await redriveQueue(queue);
    log.info({ count }, "dead letters are tried again");
    return context.redirect(`${path}?redriven=${count}`, 303);
  });

  function sessionOf(context: Context): string | null {
    const session = getCookie(context, cookie) ?? "";
    return sessions.isOpen(session) ? session : null;
  }

  /** Why a form is not taken: nobody is signed in, or no page of ours has shown it to them. */
  async function refuse(context: Context): Promise<Response | null> {
    const session = sessionOf(context);
    if (session === null) return askForToken(context, 401, "You are not signed in any more.");
    const form = await readForm(context);
    const isShown = isSameText(form("form"), sessions.formToken(session));
    return isFromHere(context) && isShown ? null : explain(context, 403, "This page did not show you that form.");
  }

  function askForToken(context: Context, status: 200 | 401, mistake: string | null): Response | Promise<Response> {
    return show(context, { template: "sign-in", data: { mistake }, status });
  }

  function explain(context: Context, status: 403 | 413, text: string): Response | Promise<Response> {
    return show(context, { template: "mistake", data: { text }, status });
  }

  function show(
    context: Context,
    { template, data, status = 200 }: { template: string; data: object; status?: 200 | 401 | 403 | 413 },
  ): Response | Promise<Response> {
    return context.html(render({ template, title: "Operations", data }), status);
  }

  return app;
}

/** The texts of a form, by name; empty where there is none. Hono reads it once, however often it is asked for. */
async function readForm(context: Context): Promise<(name: string) => string> {
  const form = await context.req.parseBody().catch(() => ({}));
  const texts = new Map(Object.entries(form));
  return (name) => {
    const value = texts.get(name);
    return typeof value === "string" ? value : "";
  };
}

/** Browsers say which site made a request; those that do not are held by the cookie and the form's token alone. */
function isFromHere(context: Context): boolean {
  return ["same-origin", "none", undefined].includes(context.req.header("sec-fetch-site"));
}

/** Whether whoever stands in front of the app was reached by TLS: then the cookie goes by nothing else. */
function isForwardedSecurely(context: Context): boolean {
  return context.req.header("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}
