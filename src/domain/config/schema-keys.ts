import type { z } from "zod";

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What stands directly within a group of a JSON Schema, by name. */
export function properties(group: JsonSchema): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, schema]) =>
    typeof schema === "boolean" ? [] : [[name, schema] as const],
  );
}

/** The names that may stand within the group at a path, of whatever kind it is there; none where anything may. */
export function keysWithin(schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] {
  let groups = kindsOf(schema, schema);
  for (const step of path)
    groups = groups.flatMap((group) => kindsAt(group, step)).flatMap((at) => kindsOf(at, schema));
  return Array.from(new Set(groups.flatMap((group) => properties(group).map(([name]) => name))));
}

/** The alternatives that a schema leaves, with references followed. */
function kindsOf(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const name = schema.$ref?.replace(/^#\/(?:\$defs\/)?/, "");
  if (name !== undefined) {
    const target = name === "" ? root : root.$defs?.[name];
    return target === undefined || target === schema ? [] : kindsOf(target, root);
  }
  const kinds = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return kinds.length === 0 ? [schema] : kinds.flatMap((kind) => kindsOf(kind, root));
}

function kindsAt(group: JsonSchema, step: PropertyKey): readonly JsonSchema[] {
  const items = Array.isArray(group.items) ? [] : [group.items];
  const inner = typeof step === "number" ? items : [group.properties?.[String(step)] ?? group.additionalProperties];
  return inner.filter((schema): schema is JsonSchema => typeof schema === "object");
}
