import { z } from "zod";
import { configurationSchema } from "./configuration-schema.ts";

type SettingSchema = z.core.JSONSchema.BaseSchema;

/** All settings as a JSON Schema (draft 2020-12) of what people write. */
const settingsSchema: SettingSchema = z.toJSONSchema(configurationSchema, { io: "input" });

/** What stands directly within a group of settings, by name. */
function properties(group: SettingSchema): readonly (readonly [string, SettingSchema])[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, schema]) =>
    typeof schema === "boolean" ? [] : [[name, schema] as const],
  );
}

/** The names of the settings within a group, by its path; those of the groups at the empty path. */
export function settingsWithin(path: readonly PropertyKey[]): readonly string[] {
  let within = properties(settingsSchema);
  for (const key of path) within = properties(within.find(([name]) => name === key)?.[1] ?? {});
  return within.map(([name]) => name);
}

/** The committed JSON Schema, for editors. */
export function schemaFile(): string {
  return `${JSON.stringify(settingsSchema, null, 2)}\n`;
}

/** README's table of all settings. */
export function settingsTable(): string {
  const rows = properties(settingsSchema).flatMap(([group, schema]) =>
    properties(schema).map(([name, setting]) => {
      const example = (setting.enum ?? setting.examples ?? [setting.default !== true]).map(code).join(" ");
      return `| \`${group}.${name}\` | ${code(setting.default ?? {})} | ${example} | ${setting.description ?? ""} |`;
    }),
  );
  return ["| setting | if not set | for example | what it does |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
