import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";

/** What each page is sent with: nothing runs in it, nothing comes from elsewhere, and nobody shows it within their own. */
export function pageHeaders(): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["data:"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    referrerPolicy: "no-referrer",
    strictTransportSecurity: false,
  });
}
