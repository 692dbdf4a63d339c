import { z } from "zod";
import { conditionSchema } from "./condition.ts";
import { line, listOf } from "./schema-parts.ts";

/** What an input may be called: what a template can say, and nobody mistakes for something of the language's. */
export const inputName = z
  .string()
  .regex(/^(?!(?:this|true|false|null|undefined|else|as|constructor|prototype)$)[a-z][a-z0-9-]{0,39}$/, {
    error: "has to be a name of small letters, digits and -, such as first-reader",
  });

const common = {
  help: line(300).optional().meta({ description: "what to answer, for people" }),
  required: z.boolean().default(true).meta({ description: "whether there has to be an answer" }),
  when: conditionSchema.optional().meta({ description: "when it is asked for at all" }),
};
const length = z
  .strictObject({
    min: z.int().min(0).max(10_000).default(0),
    max: z.int().min(1).max(10_000).optional(),
  })
  .meta({ description: "how many characters, or entries of a list, there may be" });
const pattern = line(200).meta({
  description: "what the whole answer has to match: a regular expression without look-around or references back",
  examples: ["^[a-z][a-z0-9-]{1,38}$"],
});

/** One thing that a playbook asks for. */
export const inputSchema = z
  .discriminatedUnion(
    "type",
    [
      z.strictObject({
        type: z.literal("string"),
        ...common,
        pattern: pattern.optional(),
        length: length.optional(),
        multiline: z.boolean().default(false).meta({ description: "whether it may have several lines" }),
        default: z.string().max(10_000).optional(),
      }),
      z.strictObject({
        type: z.literal("number"),
        ...common,
        min: z.number().optional(),
        max: z.number().optional(),
        whole: z.boolean().default(true).meta({ description: "whether only whole numbers are taken" }),
        default: z.number().optional(),
      }),
      z.strictObject({ type: z.literal("boolean"), ...common, default: z.boolean().optional() }),
      z.strictObject({
        type: z.literal("choice"),
        ...common,
        options: listOf(line(100), 50).min(1, { error: "needs at least one option" }),
        default: z.string().optional(),
      }),
      z.strictObject({
        type: z.literal("list"),
        ...common,
        options: listOf(line(100), 50).optional().meta({ description: "what its entries may be" }),
        pattern: pattern.optional(),
        length: length.optional(),
        default: listOf(line(200), 50).optional(),
      }),
      z.strictObject({ type: z.literal("person"), ...common }),
      z.strictObject({ type: z.literal("team"), ...common }),
    ],
    { error: "needs a type: string, number, boolean, choice, list, person or team" },
  )
  .meta({ id: "input" });

/** One thing that a playbook asks for, with what was left away filled in. */
export type Input = z.infer<typeof inputSchema>;
