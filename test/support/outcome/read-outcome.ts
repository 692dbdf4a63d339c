import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../../../src/store/open-database.ts";
import { canonical } from "./canonical.ts";

/** A sandbox, with the token of somebody who sees everything. */
export interface SandboxAccess {
  readonly api: string;
  readonly token: string;
  readonly organization: string;
}

/** The tables that have to come to the same, however they were filled. */
const tables = [
  "installations",
  "repositories",
  "pull_requests",
  "credits",
  "mentorships",
  "corrections",
  "configurations",
  "people",
] as const;
/** When something is due next is nobody's outcome, and how far a history is read tells its state. */
const unimportant = new Set(["reconcile_at", "reconciled_to"]);

const shapes = {
  repositories: z.array(z.object({ name: z.string() })),
  issues: z.array(z.object({ number: z.number(), state: z.string(), pull_request: z.unknown().optional() })),
  pull: z.object({ head: z.object({ sha: z.string() }) }),
  comments: z.array(z.object({ id: z.number(), body: z.string(), user: z.object({ type: z.string() }).nullable() })),
  reactions: z.array(z.object({ content: z.string(), user: z.object({ login: z.string(), type: z.string() }) })),
  checks: z.object({
    check_runs: z.array(
      z.object({
        name: z.string(),
        conclusion: z.string().nullable(),
        output: z.object({ title: z.string().nullable(), summary: z.string().nullable() }),
      }),
    ),
  }),
};

/** All that the app has said and written down, as lines to hold against those of another run. */
export async function readOutcome(sandbox: SandboxAccess, database: Database): Promise<string[]> {
  const lines = canonical([...(await readSaid(sandbox)), ...(await readKept(database))]);
  const web = sandbox.api.replace(/\/api\/v3$/, "");
  return lines.map((line) => line.replaceAll(web, "<sandbox>"));
}

/** The app's comments, reactions and checks. */
async function readSaid(sandbox: SandboxAccess): Promise<object[]> {
  const said: object[] = [];
  const repositories = shapes.repositories.parse(
    await get(sandbox, `/orgs/${sandbox.organization}/repos?per_page=100`),
  );
  for (const { name: repository } of repositories) {
    const path = `/repos/${sandbox.organization}/${repository}`;
    const issues = await getAll(sandbox, `${path}/issues?state=all`, shapes.issues);
    for (const { number, state, pull_request: isPull } of issues) {
      said.push({ repository, number, state });
      for (const { id, body, user } of await getAll(sandbox, `${path}/issues/${number}/comments`, shapes.comments)) {
        if (user?.type === "Bot") said.push({ repository, number, comment: body });
        for (const one of shapes.reactions.parse(await get(sandbox, `${path}/issues/comments/${id}/reactions`))) {
          if (one.user.type === "Bot") said.push({ repository, number, reactedTo: body, with: one.content });
        }
      }
      if (!isPull) continue;
      const { head } = shapes.pull.parse(await get(sandbox, `${path}/pulls/${number}`));
      const checks = await get(sandbox, `${path}/commits/${head.sha}/check-runs`);
      for (const check of shapes.checks.parse(checks).check_runs) said.push({ repository, number, check });
    }
  }
  return said;
}

/** The rows of the ledger. */
async function readKept({ query }: Database): Promise<object[]> {
  const kept: object[] = [];
  for (const table of tables) {
    const { rows } = await sql<object>`select * from ${sql.table(table)}`.execute(query);
    for (const row of rows) {
      const columns = Object.entries(row).filter(([name]) => !unimportant.has(name));
      kept.push({ table, ...Object.fromEntries(columns) });
    }
  }
  return kept;
}

async function getAll<Item>(sandbox: SandboxAccess, path: string, shape: z.ZodType<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const mark = path.includes("?") ? "&" : "?";
    const items = shape.parse(await get(sandbox, `${path}${mark}per_page=100&page=${page}`));
    all.push(...items);
    if (items.length < 100) return all;
  }
}

async function get({ api, token }: SandboxAccess, path: string): Promise<unknown> {
  const response = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
