import { z } from "zod";
import { type JsonSchema } from "../config/schema-keys.ts";
import { conditionSchema } from "./condition.ts";
import { inputName, inputSchema } from "./input-schema.ts";
import { issueSchema, repositorySchema } from "./repository-schema.ts";
import { form, glob, line, listOf } from "./schema-parts.ts";

const author = z.union(
  [
    z.strictObject({
      login: form(/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/, 'a login without "@", such as ada'),
      id: z.int().positive().optional().meta({ description: "the account's number: what counts for credit" }),
      name: line(100).optional(),
      role: line(60)
        .optional()
        .meta({ examples: ["maintainer"] }),
    }),
    z.strictObject({ project: line(100).meta({ description: "a project, which is no person and gets no credit" }) }),
  ],
  { error: "has to be a person such as { login: ada, id: 101 }, or a project such as { project: Tides }" },
);

const fileRule = z.strictObject({
  path: glob.meta({ examples: ["files/src/db/**"] }),
  when: conditionSchema.optional().meta({ description: "when these files are made at all" }),
  executable: z.boolean().optional().meta({ description: "whether they can be run" }),
  each: inputName.optional().meta({ description: "a list: the files are made once for each of its entries" }),
  as: inputName.optional().meta({ description: "what templates call the entry, as in {{inputs.topic}}" }),
});

/** `playbook.yml`: the one source of checks, defaults and the JSON Schema for editors. */
export const manifestSchema = z
  .strictObject({
    schema: z.literal(1, { error: "has to be 1: the only form of this file that is known here" }),
    name: form(/^[a-z][a-z0-9-]{0,49}$/, "a name of small letters, digits and -, such as node-service"),
    title: line(100),
    description: line(350),
    version: form(
      /^(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})\.(?:0|[1-9]\d{0,5})(?:-[0-9A-Za-z.-]{1,40})?$/,
      'a version such as "3.1.0"',
    ),
    lifecycle: z.enum(["experimental", "production", "deprecated"]),
    license: form(/^[A-Za-z0-9][A-Za-z0-9.+() -]*$/, "an SPDX expression such as MIT"),
    authors: listOf(author, 20).min(1, { error: "needs at least one: who made it?" }),
    inputs: z.record(inputName, inputSchema).default({}).meta({ description: "what is asked for; name always is" }),
    derived: z
      .record(inputName, line(500))
      .default({})
      .meta({
        description: "more inputs, made of the others by templates",
        examples: [{ package: "{{snake inputs.name}}" }],
      }),
    files: listOf(fileRule, 100).default([]).meta({ description: "rules about files; all others are simply made" }),
    ignore: listOf(glob, 50).default([]).meta({ description: "files that are left out" }),
    repository: repositorySchema,
    issues: listOf(issueSchema, 30).default([]),
  })
  .meta({ title: "Playbook", description: "playbook.yml: what a repository is made of" });

export type Manifest = z.infer<typeof manifestSchema>;

/** The JSON Schema (draft 2020-12) of what people write. */
export const manifestJsonSchema: JsonSchema = z.toJSONSchema(manifestSchema, { io: "input" });

/** The committed JSON Schema, for editors. */
export function manifestSchemaFile(): string {
  return `${JSON.stringify(manifestJsonSchema, null, 2)}\n`;
}
