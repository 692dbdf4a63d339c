import { sql } from "kysely";
import { z } from "zod";
import type { Database } from "../../../src/store/open-database.ts";
import { get, getAll, type SandboxAccess } from "./ask-sandbox.ts";
import { canonical } from "./canonical.ts";
import { readMade } from "./read-made.ts";

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
  issues: z.array(
    z.object({
      number: z.number(),
      title: z.string(),
      body: z.string().nullable(),
      state: z.string(),
      user: z.object({ login: z.string() }),
      labels: z.array(z.object({ name: z.string() })),
      milestone: z.object({ title: z.string() }).nullable(),
      assignees: z.array(z.object({ login: z.string() })),
      pull_request: z.unknown().optional(),
    }),
  ),
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

/** All that the app has said, made and written down, as lines to hold against those of another run. */
export async function readOutcome(sandbox: SandboxAccess, database: Database): Promise<string[]> {
  const records = [...(await readSandbox(sandbox)), ...(await readKept(database)), ...(await readRuns(database))];
  const web = sandbox.api.replace(/\/api\/v3$/, "");
  return canonical(records).map((line) => line.replaceAll(web, "<sandbox>"));
}

/** All that is to be seen in the organisation's repositories: how they are set up, and what was said in them. */
export async function readSandbox(sandbox: SandboxAccess): Promise<object[]> {
  const seen: object[] = [];
  const repositories = await getAll(sandbox, `/orgs/${sandbox.organization}/repos`, shapes.repositories);
  for (const { name: repository } of repositories) {
    seen.push(...(await readMade(sandbox, repository)), ...(await readSaid(sandbox, repository)));
  }
  return seen;
}

/** A repository's commits, issues and releases, and the app's comments, reactions, checks and thanks. */
async function readSaid(sandbox: SandboxAccess, repository: string): Promise<object[]> {
  const path = `/repos/${sandbox.organization}/${repository}`;
  const said = await readCommits(sandbox, { repository, path: `${path}/commits` });
  for (const { tag_name: tag, draft, body } of await getAll(sandbox, `${path}/releases`, shapes.releases)) {
    // What stands for the section's text is made of addresses too, which are each sandbox's own.
    said.push({ repository, tag, draft, thanks: body?.replaceAll(/ [\da-f]{16} -->/g, " <hash> -->") ?? null });
  }
  for (const issue of await getAll(sandbox, `${path}/issues?state=all`, shapes.issues)) {
    const { number, title, body, state, user, milestone, pull_request: isPull } = issue;
    const labels = issue.labels.map(({ name }) => name).toSorted();
    const assignees = issue.assignees.map(({ login }) => login).toSorted();
    const fields = { labels, assignees, milestone: milestone?.title ?? null };
    said.push({ repository, number, state, title, body, by: user.login, ...fields });
    said.push(...(await readConversation(sandbox, { repository, path, number })));
    if (!isPull) continue;
    said.push(...(await readCommits(sandbox, { repository, path: `${path}/pulls/${number}/commits` })));
    const { head } = await get(sandbox, `${path}/pulls/${number}`, shapes.pull);
    const checks = await get(sandbox, `${path}/commits/${head.sha}/check-runs`, shapes.checks);
    for (const check of checks.check_runs) said.push({ repository, number, check });
  }
  return said;
}

/** The app's words and reactions; how often somebody had to ask for another try is chance, and so is the answer to that. */
async function readConversation(
  sandbox: SandboxAccess,
  { repository, path, number }: { readonly repository: string; readonly path: string; readonly number: number },
): Promise<object[]> {
  const said: object[] = [];
  const comments = await getAll(sandbox, `${path}/issues/${number}/comments`, shapes.comments);
  const retries = comments.filter(({ body }) => body === "/playbook retry").map(({ id }) => id);
  for (const { id, body, user } of comments) {
    if (retries.includes(id) || retries.some((retry) => body.startsWith(`<!-- curtain-call:reply ${retry} -->`)))
      continue;
    if (user?.type === "Bot") said.push({ repository, number, comment: body });
    for (const one of await get(sandbox, `${path}/issues/comments/${id}/reactions`, shapes.reactions)) {
      if (one.user.type === "Bot") said.push({ repository, number, reactedTo: body, with: one.content });
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

/** The runs of playbooks and their journals. A run's own id is made at random: its plan's hash names it. */
async function readRuns({ query }: Database): Promise<object[]> {
  const runs = await query.selectFrom("playbook_runs").selectAll().execute();
  const nameless = runs.map((run) => Object.fromEntries(Object.entries(run).filter(([column]) => column !== "id")));
  const effects = await query
    .selectFrom("playbook_effects")
    .innerJoin("playbook_runs", "playbook_runs.id", "playbook_effects.run_id")
    .select(["hash", "effect", "playbook_effects.state", "result", "playbook_effects.cause"])
    .execute();
  return [
    ...nameless.map((run) => ({ table: "playbook_runs", ...run })),
    ...effects.map((effect) => ({ table: "playbook_effects", ...effect })),
  ];
}
