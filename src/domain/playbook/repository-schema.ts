import { z } from "zod";
import { conditionSchema } from "./condition.ts";
import { filePath, form, line, listOf } from "./schema-parts.ts";

const when = conditionSchema.optional();
const yesNo = z.boolean({ error: "has to be true or false" }).optional();

const label = z.strictObject({
  name: line(50).meta({ description: "may be a template" }),
  color: form(/^[0-9a-fA-F]{6}$/, 'six digits from 0 to f such as "d73a4a"').default("ededed"),
  description: line(100).optional(),
  when,
});

const milestone = z.strictObject({
  title: line(200).meta({ description: "may be a template" }),
  description: line(1000).optional().meta({ description: "may be a template" }),
  when,
});

const protection = z.strictObject({
  branch: form(/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/, 'a branch such as "main"').default("main"),
  as: z.enum(["ruleset", "branch-protection"]).default("ruleset").meta({ description: "how GitHub keeps it" }),
  reviews: z.int().min(0).max(6).default(0).meta({ description: "how many people have to approve" }),
  "code-owners": z.boolean().default(false).meta({ description: "whether code owners have to approve" }),
  "dismiss-stale": z.boolean().default(false).meta({ description: "whether a new commit takes approvals back" }),
  checks: listOf(line(100), 20).default([]).meta({ description: "checks that have to pass" }),
  conversations: z.boolean().default(false).meta({ description: "whether conversations have to be resolved" }),
  linear: z.boolean().default(false).meta({ description: "whether merge commits are kept out" }),
  when,
});

const team = z.strictObject({
  team: line(200).meta({ description: "may be a template: a team of the organisation, with or without its name" }),
  permission: z.enum(["pull", "triage", "push", "maintain", "admin"]),
  when,
});

/** What a repository becomes besides its files. */
export const repositorySchema = z
  .strictObject({
    description: line(350).optional().meta({ description: "may be a template" }),
    homepage: line(255).optional().meta({ description: "may be a template" }),
    visibility: z.enum(["public", "private", "internal"]).default("private"),
    topics: listOf(line(100), 20).default([]).meta({ description: "may be templates" }),
    features: z
      .strictObject({ issues: yesNo, wiki: yesNo, projects: yesNo, discussions: yesNo })
      .default({})
      .meta({ description: "what is switched on or off" }),
    merge: z
      .strictObject({
        squash: yesNo,
        "merge-commit": yesNo,
        rebase: yesNo,
        "auto-merge": yesNo,
        "update-branch": yesNo,
        "delete-branch": yesNo,
      })
      .default({})
      .meta({ description: "how pull requests are merged" }),
    labels: listOf(label, 60).default([]),
    milestones: listOf(milestone, 30).default([]),
    protection: protection.optional(),
    teams: listOf(team, 20).default([]).meta({ description: "who gets which access" }),
    properties: z
      .record(form(/^[A-Za-z0-9_$#-]{1,75}$/, "the name of a custom property"), line(200))
      .default({})
      .meta({ description: "custom properties of the organisation; values may be templates" }),
  })
  .prefault({});

/** An issue that the repository begins with. */
export const issueSchema = z.strictObject({
  template: filePath.meta({
    description: "the file with its text, in the playbook",
    examples: ["issues/kick-off.md.hbs"],
  }),
  title: line(250).meta({ description: "may be a template" }),
  labels: listOf(line(50), 20).default([]),
  milestone: line(200).optional().meta({ description: "the title of one of the milestones, as it is written there" }),
  assignees: listOf(line(100), 10).default([]).meta({ description: "templates such as {{inputs.lead}}" }),
  when,
});
