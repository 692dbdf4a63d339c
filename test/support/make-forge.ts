import { randomBytes } from "node:crypto";
import type { Forge } from "../../src/sandbox/forge.ts";
import { createState } from "../../src/sandbox/model/state.ts";
import type { Happening } from "../../src/sandbox/webhooks/happening.ts";
import { temporaryFolder } from "./repository.ts";

/** A sandbox without its doors, whose clock goes on by a second at each look. */
export function makeForge(): Forge & { readonly happenings: Happening[] } {
  const happenings: Happening[] = [];
  let now = Date.UTC(2026, 0, 1);
  return {
    state: createState(new Date(now)),
    folder: temporaryFolder(),
    web: "http://127.0.0.1:4000",
    api: "http://127.0.0.1:4000/api/v3",
    clock: () => new Date((now += 1000)),
    randomBytes,
    announce: async (happening) => {
      happenings.push(happening);
    },
    redeliver: () => {},
    inTurn: (_repository, work) => work(),
    happenings,
  };
}
