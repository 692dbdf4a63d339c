import type { MiddlewareHandler } from "hono";

const least = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

/** What every answer is sent with that says nothing else of it itself: errors, and what machines read, too. */
export function leastHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(least)) {
      if (!context.res.headers.has(name)) context.header(name, value);
    }
  };
}
