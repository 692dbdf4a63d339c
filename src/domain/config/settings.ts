import { z } from "zod";
import { configurationSchema } from "./configuration-schema.ts";
import { type JsonSchema, properties } from "./schema-keys.ts";

/** All settings as a JSON Schema (draft 2020-12) of what people write. */
export const settingsSchema: JsonSchema = z.toJSONSchema(configurationSchema, { io: "input" });

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
