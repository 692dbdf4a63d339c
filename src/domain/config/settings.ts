import { z } from "zod";
import { configurationSchema } from "./configuration-schema.ts";

/** The part of JSON Schema that our settings are told in. */
export interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly SettingSchema[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
}

/** All settings as a JSON Schema (draft 2020-12) of what people write. */
export function settingsSchema(): SettingSchema {
  // What is checked and what is written in the schema are the same, but for settings that may be left out.
  return z.toJSONSchema(configurationSchema, { io: "input", unrepresentable: "any" }) as SettingSchema;
}

/** The settings within a group of settings, by its path; the groups themselves at the empty path. */
export function settingsWithin(path: readonly PropertyKey[]): readonly string[] {
  let schema: SettingSchema | undefined = settingsSchema();
  for (const key of path) schema = schema?.properties?.[String(key)];
  return Object.keys(schema?.properties ?? {});
}

/** The committed JSON Schema, for editors. */
export function schemaFile(): string {
  return `${JSON.stringify(settingsSchema(), null, 2)}\n`;
}

/** README's table of all settings. */
export function settingsTable(): string {
  const rows = Object.entries(settingsSchema().properties ?? {}).flatMap(([group, { properties = {} }]) =>
    Object.entries(properties).map(([name, setting]) => {
      const values = setting.enum ?? setting.anyOf?.flatMap((choice) => choice.enum ?? []) ?? [];
      const example =
        values.length > 0 ? values.map(code).join(" ") : code(setting.examples?.[0] ?? setting.default === false);
      return `| \`${group}.${name}\` | ${code(setting.default ?? {})} | ${example} | ${setting.description ?? ""} |`;
    }),
  );
  return ["| setting | if not set | for example | what it does |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function code(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
