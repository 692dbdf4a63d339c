import { getConnInfo } from "@hono/node-server/conninfo";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { readAllBackfills } from "../store/backfills.ts";
import type { Database } from "../store/open-database.ts";
import { readRepositories } from "../store/repositories.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { isSameText } from "./is-same-text.ts";

export interface BackfillControl {
  readonly database: Pick<Database, "query">;
  /** Whoever shows it may ask. */
  readonly token: string;
  /** Has a repository's history read. */
  readonly ask: (place: RepositoryKey & { readonly owner: string; readonly name: string }) => Promise<void>;
}

const wishSchema = z.strictObject({ repository: z.string().optional() });
const longestWish = 1000;

/** Has histories read, and tells how far that has come: to whoever is on this machine and shows the token. */
export function createBackfillControl({ database, token, ask }: BackfillControl): Hono {
  const http = new Hono();
  http.use("/ledger/backfill", guard);
  http.use("/ledger/backfills", guard);

  async function guard(context: Context, next: () => Promise<void>): Promise<Response | void> {
    const authorization = context.req.header("authorization") ?? "";
    const isAllowed = isFromHere(getConnInfo(context).remote.address) && isSameText(authorization, `Bearer ${token}`);
    if (!isAllowed) return context.json({ error: "this takes the service's own token, from its own machine" }, 403);
    await next();
  }

  http.post("/ledger/backfill", async (context) => {
    const wish = readWish(await context.req.text());
    if (wish === null) return context.json({ error: 'say { "repository": "owner/name" }, or {} for all' }, 400);
    const all = await readRepositories(database, null);
    const named = all.filter(({ owner, name }) => isNamed(wish.repository, `${owner}/${name}`));
    if (named.length === 0) {
      const what = wish.repository === undefined ? "no repository is known" : `${wish.repository} is not known`;
      return context.json({ error: `${what}; install the app there` }, 404);
    }
    for (const { installationId, repositoryId, owner, name } of named) {
      await ask({ installationId, repositoryId, owner, name });
    }
    return context.json({ repositories: named.map(({ owner, name }) => `${owner}/${name}`) }, 202);
  });

  http.get("/ledger/backfills", async (context) => {
    const backfills = await readAllBackfills(database);
    return context.json(backfills.map(toReport));
  });

  return http;
}

function toReport(backfill: Awaited<ReturnType<typeof readAllBackfills>>[number]) {
  const { owner, name, state, phase, pullsTotal, pullsDone, commitsDone, error } = backfill;
  const { startedAt, updatedAt, finishedAt } = backfill;
  const repository = `${owner}/${name}`;
  return { repository, state, phase, pullsTotal, pullsDone, commitsDone, startedAt, updatedAt, finishedAt, error };
}

function readWish(text: string): z.infer<typeof wishSchema> | null {
  if (text.length > longestWish) return null;
  try {
    return wishSchema.parse(text === "" ? {} : JSON.parse(text));
  } catch {
    // Whatever else it is, it is no wish.
    return null;
  }
}

function isNamed(wanted: string | undefined, name: string): boolean {
  return wanted === undefined || wanted.toLowerCase() === name.toLowerCase();
}

function isFromHere(address: string | undefined): boolean {
  return /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/.test(address ?? "");
}
