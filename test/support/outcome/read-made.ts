import { z } from "zod";
import { ask, get, getAll, type SandboxAccess } from "./ask-sandbox.ts";

/** All of a repository's settings, whatever they are; but for what counts or names when, where and how often. */
const settings = z.object({
  id: z.number(),
  description: z.string().nullable(),
  homepage: z.string().nullable(),
  visibility: z.string(),
  topics: z.array(z.string()),
  archived: z.boolean(),
  default_branch: z.string(),
  has_issues: z.boolean(),
  has_projects: z.boolean(),
  has_wiki: z.boolean(),
  has_discussions: z.boolean(),
  allow_squash_merge: z.boolean(),
  allow_merge_commit: z.boolean(),
  allow_rebase_merge: z.boolean(),
  allow_auto_merge: z.boolean(),
  allow_update_branch: z.boolean(),
  delete_branch_on_merge: z.boolean(),
});

const shapes = {
  tree: z.object({
    tree: z.array(z.object({ path: z.string(), mode: z.string(), type: z.string(), sha: z.string() })),
  }),
  branches: z.array(z.object({ name: z.string() })),
  labels: z.array(z.object({ name: z.string(), color: z.string(), description: z.string().nullable() })),
  milestones: z.array(
    z.object({ number: z.number(), title: z.string(), description: z.string().nullable(), state: z.string() }),
  ),
  teams: z.array(z.object({ slug: z.string(), permission: z.string() })),
  rulesets: z.array(z.object({ id: z.number() })),
  ruleset: z.object({
    name: z.string(),
    target: z.string(),
    enforcement: z.string(),
    conditions: z.unknown().optional(),
    rules: z.unknown(),
  }),
  protection: z.record(z.string(), z.unknown()),
};

/** How a repository is set up: settings, files, branches, labels, milestones, access and protection, each a record of its own. */
export async function readMade(sandbox: SandboxAccess, repository: string): Promise<object[]> {
  const path = `/repos/${sandbox.organization}/${repository}`;
  const { id, default_branch: branch, ...set } = await get(sandbox, path, settings);
  const tree = await ask(sandbox, `${path}/git/trees/${branch}?recursive=1`, shapes.tree);
  const branches = await getAll(sandbox, `${path}/branches`, shapes.branches);
  const labels = await getAll(sandbox, `${path}/labels`, shapes.labels);
  const milestones = await getAll(sandbox, `${path}/milestones?state=all`, shapes.milestones);
  const teams = await getAll(sandbox, `${path}/teams`, shapes.teams);
  const rulesets = await getAll(sandbox, `${path}/rulesets`, shapes.rulesets);
  const protection = await ask(sandbox, `${path}/branches/${branch}/protection`, shapes.protection);
  return [
    // What comes first tells which of the ids that follow is whose.
    { at: repository, id },
    { repository, branch, ...set },
    ...(tree?.tree ?? []).map((entry) => ({ repository, file: entry.path, mode: entry.mode, content: toText(entry) })),
    ...branches.map(({ name }) => ({ repository, branch: name })),
    ...labels.map(({ name, color, description }) => ({ repository, label: name, color, description })),
    ...milestones.map(({ title, ...milestone }) => ({ repository, milestone: title, ...milestone })),
    ...teams.map(({ slug, permission }) => ({ repository, team: slug, permission })),
    ...(await Promise.all(
      rulesets.map(async (ruleset) => {
        return { repository, ruleset: await get(sandbox, `${path}/rulesets/${ruleset.id}`, shapes.ruleset) };
      }),
    )),
    ...(protection === null ? [] : [{ repository, protection }]),
  ];
}

/** What stands for a file's bytes, in letters that are not taken for an id, so that other bytes are another text. */
function toText({ sha, type }: { readonly sha: string; readonly type: string }): string | null {
  return type === "blob" ? Buffer.from(sha, "hex").toString("base64") : null;
}
