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
  "releases",
  "people",
] as const;
/** When something is due next is nobody's outcome, and how far a history is read tells its state. */
const unimportant = new Set(["reconcile_at", "reconciled_to"]);

const shapes = {
  repositories: z.array(z.object({ name: z.string() })),
  issues: z.array(z.object({ number: z.number(), state: z.string(), pull_request: z.unknown().optional() })),
  commits: z.array(z.object({ sha: z.string(), commit: z.object({ message: z.string() }) })),
  pull: z.object({ head: z.object({ sha: z.string() }) }),
  comments: z.array(z.object({ id: z.number(), body: z.string(), user: z.object({ type: z.string() }).nullable() })),
  reactions: z.array(z.object({ content: z.string(), user: z.object({ login: z.string(), type: z.string() }) })),
  releases: z.array(z.object({ tag_name: z.string(), draft: z.boolean(), body: z.string().nullable() })),
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

/** The app's comments, reactions, checks and thanks. */
async function readSaid(sandbox: SandboxAccess): Promise<object[]> {
  const said: object[] = [];
  const repositories = shapes.repositories.parse(
    await get(sandbox, `/orgs/${sandbox.organization}/repos?per_page=100`),
  );
  for (const { name: repository } of repositories) {
    const path = `/repos/${sandbox.organization}/${repository}`;
    said.push(...(await readCommits(sandbox, { repository, path: `${path}/commits` })));
    for (const { tag_name: tag, draft, body } of await getAll(sandbox, `${path}/releases`, shapes.releases)) {
      // What stands for the section's text is made of addresses too, which are each sandbox's own.
      said.push({ repository, tag, draft, thanks: body?.replaceAll(/ [\da-f]{16} -->/g, " <hash> -->") ?? null });
    }
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
      said.push(...(await readCommits(sandbox, { repository, path: `${path}/pulls/${number}/commits` })));
      const { head } = shapes.pull.parse(await get(sandbox, `${path}/pulls/${number}`));
      const checks = await get(sandbox, `${path}/commits/${head.sha}/check-runs`);
      for (const check of shapes.checks.parse(checks).check_runs) said.push({ repository, number, check });
    }
  }
  return said;
}

/** Where each commit stands: what is told of them later names them by that, and not by chance. */
async function readCommits(
  sandbox: SandboxAccess,
  { repository, path }: { readonly repository: string; readonly path: string },
): Promise<object[]> {
  const commits = await getAll(sandbox, path, shapes.commits);
  return commits.map(({ sha, commit }, place) => {
    const at = path.replace(/^.*?\/(?=commits|pulls)/, "");
    return { at: `${repository} ${at} ${String(place).padStart(4, "0")}`, sha, message: commit.message };
  });
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
