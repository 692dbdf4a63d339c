import type { z } from "zod";
import { nearest } from "../nearest.ts";
import { formatPath, quote } from "./configuration-error.ts";
import { type JsonSchema, keysWithin } from "./schema-keys.ts";

/**
 * What is wrong with a value, to be read after its path. A schema that has words of its own (`error`) is asked first,
 * so this is for what all have in common.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const meant = typeof issue.input === "string" ? nearestWord(issue.input, values) : null;
    const question = meant === null ? "" : ` Did you mean "${meant}"?`;
    return `has to be ${either(values)}, and not ${quote(issue.input)}.${question}`;
  }
  if (issue.code === "invalid_type") {
    return `has to be ${expectations[issue.expected] ?? issue.expected}, and not ${quote(issue.input)}`;
  }
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? "is not a key that is known here: remove it";
  return "is not understood here: look it up in the documentation of this file";
}

/** An unknown setting of what the schema describes, with the one that was most likely meant: there, or of that name elsewhere. */
export function describeUnknown(schema: JsonSchema, group: readonly PropertyKey[], name: string): string {
  const known = keysWithin(schema, group);
  const within = group.length === 0 ? "" : ` in ${formatPath(group)}`;
  const elsewhere = group.length > 0 ? [] : known.filter((other) => keysWithin(schema, [other]).includes(name));
  const meant = nearestWord(name, known) ?? (elsewhere[0] === undefined ? null : `${elsewhere[0]}.${name}`);
  const question = meant === null ? "" : ` Did you mean "${meant}"?`;
  return `${quote(name)} is not a setting that is known${within}.${question} Known are ${known.join(", ")}.`;
}

const expectations: Readonly<Record<string, string>> = {
  boolean: "true or false",
  string: "a text",
  array: "a list",
  object: "a group of settings, one per line",
  record: "a group of keys and values, one per line",
};

// Words that are far too long are nobody's slip, and would take time to compare.
function nearestWord(word: string, known: readonly string[]): string | null {
  return word.length > 60 ? null : nearest(word, known);
}

function either(values: readonly string[]): string {
  return values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}
