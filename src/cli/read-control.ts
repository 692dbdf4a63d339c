import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../domain/errors.ts";

/** How far reading a history has come, as the service tells. */
export interface BackfillReport {
  /** As `owner/name`. */
  readonly repository: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly phase: string | null;
  readonly pullsTotal: number | null;
  readonly pullsDone: number;
  readonly commitsDone: number;
  readonly error: string | null;
}

/** A service that runs on this machine. */
export interface Control {
  /** Has the history of a repository read, or of all that are known; gives their names. */
  readonly ask: (repository: string | null) => Promise<readonly string[]>;
  readonly look: () => Promise<readonly BackfillReport[]>;
}

const refusalShape = z.object({ error: z.string() });
const namesShape = z.object({ repositories: z.array(z.string()) });
const reportsShape = z.array(
  z.object({
    repository: z.string(),
    state: z.enum(["waiting", "running", "done", "failed"]),
    phase: z.string().nullable(),
    pullsTotal: z.number().nullable(),
    pullsDone: z.number(),
    commitsDone: z.number(),
    error: z.string().nullable(),
  }),
);

/** Reaches the service at an address with the token in its data folder. Throws a UserError where either is not there. */
export async function readControl({
  url,
  folder,
}: {
  readonly url: string;
  readonly folder: string;
}): Promise<Control> {
  const path = join(folder, "control.token");
  const token = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new UserError(`${path} cannot be read; start the service, or give DATA_DIR its data folder`, { cause });
  });

  async function send(method: string, to: string, body?: object): Promise<unknown> {
    const sent = {
      method,
      headers: { authorization: `Bearer ${token.trim()}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const answer = await fetch(new URL(to, url), sent).catch((cause: unknown) => {
      throw new UserError(`nothing answers at ${url}; start the service, or give its address by --url`, { cause });
    });
    const said: unknown = await answer.json().catch(() => null);
    if (answer.ok) return said;
    if (answer.status === 403) {
      throw new UserError(`the service at ${url} does not take the token in ${path}; give DATA_DIR its data folder`);
    }
    const { data } = refusalShape.safeParse(said);
    throw new UserError(data?.error ?? `${url} answers ${answer.status} and is not this service; give another --url`);
  }

  return {
    ask: async (repository) => {
      return namesShape.parse(await send("POST", "/ledger/backfill", repository === null ? {} : { repository }))
        .repositories;
    },
    look: async () => reportsShape.parse(await send("GET", "/ledger/backfills")),
  };
}
