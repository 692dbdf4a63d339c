import { Hono } from "hono";
import { cors } from "hono/cors";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { HTTPException } from "hono/http-exception";
import { secureHeaders } from "hono/secure-headers";
import { UserError } from "../domain/errors.ts";
import { addPersonAnswer } from "./person-answer.ts";
import type { Site } from "./site.ts";
import { addTallyAnswers } from "./tally-answers.ts";

/** The ledger as JSON, for anybody on any page: it says what the pages say. */
export function createInterface(site: Site): Hono {
  const app = new Hono();
  app.use(
    "/api/*",
    cors({ origin: "*", allowMethods: ["GET", "HEAD"] }),
    secureHeaders({
      contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      crossOriginResourcePolicy: "cross-origin",
      referrerPolicy: "no-referrer",
      strictTransportSecurity: false,
    }),
    // Browsers hold an answer that is still fresh against these headers too.
    etag({ retainedHeaders: [...RETAINED_304_HEADERS, "access-control-allow-origin"] }),
  );
  addTallyAnswers(app, site);
  addPersonAnswer(app, site);
  app.onError((error, { json }) => {
    if (error instanceof UserError) return json({ error: error.message }, 400);
    if (error instanceof HTTPException && error.status === 404) {
      return json({ error: "nothing public is known under this name" }, 404);
    }
    throw error;
  });
  return app;
}
