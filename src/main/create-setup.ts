import { randomBytes, timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { UserError } from "../domain/errors.ts";
import { loadPages } from "../render/load-pages.ts";
import { isLoopback } from "../sandbox/is-loopback.ts";
import { convertManifest, type Registered } from "./convert-manifest.ts";
import type { GitHubHost } from "./read-host.ts";
import { createRegistrationRequest } from "./registration-request.ts";

export interface SetupOptions {
  readonly host: GitHubHost;
  /** The address of these pages. */
  readonly web: string;
  /** Null where the page has to ask. */
  readonly webhookUrl: string | null;
  /** Keeps the credentials, once GitHub has given them. */
  readonly keep: (registered: Registered) => Promise<void>;
  /** Is told once all is done. */
  readonly onDone: (registered: Registered) => void;
  /** Is told in a line what a person can do something about. */
  readonly onMistake: (text: string) => void;
}

/** The two pages that register the app on GitHub: one leads there, and GitHub leads back to the other. */
export function createSetup({ host, web, webhookUrl, keep, onDone, onMistake }: SetupOptions): Hono {
  const page = loadPages("setup", {});
  // Whoever comes back has been sent by us: nobody else knows it.
  const state = randomBytes(32).toString("hex");
  const app = new Hono();
  app.use(
    secureHeaders({
      // No form-action: GitHub may lead on to an organisation's own sign-in, which browsers would stop.
      contentSecurityPolicy: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], frameAncestors: ["'none'"] },
      referrerPolicy: "same-origin",
      strictTransportSecurity: false,
    }),
    async ({ req, header, text }, next) => {
      header("Cache-Control", "no-store");
      header("Connection", "close");
      // A web page may lead a name of its own to this machine, and would read the state.
      if (!isLoopback(new URL(req.url).hostname)) return text("These pages answer to loopback names only.\n", 403);
      return next();
    },
  );
  app.get("/", ({ req, html }) => {
    const wishes = { organization: req.query("organization")?.trim() ?? "", webhook: webhookOf(req.query("webhook")) };
    const isAsked = wishes.webhook !== "";
    const redirect = `${web}/registered`;
    const request = isAsked ? createRegistrationRequest(wishes, { host, redirect, state }) : null;
    const data = { ...wishes, request, host: new URL(host.web).host };
    return html(page({ template: "start", title: "Set up Curtain Call", data }));
  });
  app.get("/registered", async ({ req, html }) => {
    if (!isEqual(req.query("state") ?? "", state)) {
      throw new UserError("This did not begin here, or with a setup that has ended; start again");
    }
    const code = req.query("code") ?? "";
    if (code === "") throw new UserError("GitHub gave no code; start again");
    const registered = await convertManifest(code, host);
    await keep(registered);
    onDone(registered);
    return html(
      page({ template: "done", title: "Curtain Call is registered", data: { install: installUrl(registered) } }),
    );
  });
  app.onError((error, { html }) => {
    if (!(error instanceof UserError)) throw error;
    onMistake(error.message);
    return html(page({ template: "mistake", title: "That did not work", data: { text: error.message } }), 400);
  });
  return app;

  function webhookOf(asked: string | undefined): string {
    return asked?.trim() ?? webhookUrl ?? "";
  }
}

/** Where an app is installed; GitHub's word for the app's page counts, as Enterprise Servers have another path. */
export function installUrl({ url }: Registered): string {
  return `${url}/installations/new`;
}

function isEqual(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)];
  return left.length === right.length && timingSafeEqual(left, right);
}
