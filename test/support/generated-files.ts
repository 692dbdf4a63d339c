import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFile, settingsTable } from "../../src/domain/config/settings.ts";

const root = join(import.meta.dirname, "../..");

/** The files that the schema of the configuration decides on: `npm run schema` writes them, a test compares them. */
export function generatedFiles(): readonly { path: string; text: string }[] {
  const readme = join(root, "README.md");
  const table = /(?<=<!-- settings -->\n)[^]*(?=\n<!-- \/settings -->)/;
  return [
    { path: join(root, "templates/schemas/curtain-call.schema.json"), text: schemaFile() },
    { path: readme, text: readFileSync(readme, "utf8").replace(table, () => `\n${settingsTable()}\n`) },
  ];
}
