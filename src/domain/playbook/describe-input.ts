import { type InputValue, isGiven } from "./condition.ts";
import type { Input } from "./input-schema.ts";

/** What an input takes, as a sentence. */
export function describeInput(input: Input): string {
  const kind = input.type === "choice" ? `One of ${input.options.join(", ")}` : kinds[input.type];
  const preset: InputValue = "default" in input ? (input.default ?? null) : null;
  if (isGiven(preset)) return `${kind}; ${String(preset)} if not given.`;
  return `${kind}${input.required && input.when === undefined ? "" : "; may be left away"}.`;
}

const kinds = {
  string: "A text",
  number: "A number",
  boolean: "Yes or no",
  list: "A list, with commas",
  person: "A login",
  team: "A team",
} as const satisfies Record<Exclude<Input["type"], "choice">, string>;
