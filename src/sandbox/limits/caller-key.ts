import type { Caller } from "../identity/access.ts";
import { anonymousKey } from "./create-limiter.ts";

/** Whom limits count for: all tokens of an installation or a person together. */
export function callerKey(caller: Caller): { key: string; name: string } {
  switch (caller.kind) {
    case "installation":
      return named("installation ID", caller.installation.id);
    case "user":
      return named("user ID", caller.account.id);
    case "app":
      return named("app ID", caller.app.id);
    case "anonymous":
      return { key: anonymousKey, name: "127.0.0.1" };
  }
}

function named(kind: string, id: number): { key: string; name: string } {
  return { key: `${kind} ${id}`, name: `${kind} ${id}` };
}
