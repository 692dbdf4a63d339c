import { z } from "zod";
import { listOf } from "./schema-parts.ts";

/** What an answer can be. A list is a list of texts, a person a login, a team `organisation/team`. */
export type InputValue = string | number | boolean | readonly string[] | null;

const scalar = z.union([z.string(), z.number(), z.boolean()], { error: "has to be a text, a number, true or false" });

/**
 * When something is made or asked for: `{input: database, is: postgres}`, `{input: owner, given: true}`, or several of
 * them by `all`, `any` and `not`. Conditions are data, so that nothing has to be run to know what they say.
 */
export const conditionSchema = z
  .strictObject({
    input: z.string().optional().meta({ description: "the input that is looked at" }),
    is: scalar.optional().meta({ description: "its answer is this one" }),
    in: listOf(scalar, 50)
      .min(1, { error: "is an empty list" })
      .optional()
      .meta({ description: "its answer is one of these" }),
    has: z.string().optional().meta({ description: "the list has this entry" }),
    given: z.boolean().optional().meta({ description: "it has an answer, or, for false, none" }),
    get all(): z.ZodOptional<z.ZodArray<typeof conditionSchema>> {
      return listOf(conditionSchema, 20).min(1, { error: "is an empty list" }).optional();
    },
    get any(): z.ZodOptional<z.ZodArray<typeof conditionSchema>> {
      return listOf(conditionSchema, 20).min(1, { error: "is an empty list" }).optional();
    },
    get not(): z.ZodOptional<typeof conditionSchema> {
      return conditionSchema.optional();
    },
  })
  .meta({ id: "condition", description: "when: {input, is | in | has | given}, or all, any, not of such" });

export type Condition = z.infer<typeof conditionSchema>;

/** Whether a condition holds for the answers; what is not answered is null. Without a condition, it does. */
export function holds(condition: Condition | undefined, values: ReadonlyMap<string, InputValue>): boolean {
  if (condition === undefined) return true;
  const { input, is, in: oneOf, has, given, all, any, not } = condition;
  if (all !== undefined) return all.every((part) => holds(part, values));
  if (any !== undefined) return any.some((part) => holds(part, values));
  if (not !== undefined) return !holds(not, values);
  const value = values.get(input ?? "") ?? null;
  if (given !== undefined) return isGiven(value) === given;
  if (is !== undefined) return value === is;
  if (oneOf !== undefined) return oneOf.some((one) => one === value);
  return Array.isArray(value) && value.includes(has);
}

/** Whether there is an answer: an empty text or list is none. */
export function isGiven(value: InputValue): boolean {
  return value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);
}
