import { readFileSync } from "node:fs";
import { join } from "node:path";
import { schemaFile, settingsTable } from "../../src/domain/config/settings.ts";
import { manifestSchemaFile } from "../../src/domain/playbook/manifest-schema.ts";

const root = join(import.meta.dirname, "../..");

/** The files that the schemas of the configuration and of playbooks decide on: `npm run schema` writes them, a test compares them. */
export function generatedFiles(): readonly { path: string; text: string }[] {
  const readme = join(root, "README.md");
  const table = /(?<=<!-- settings -->\n)[^]*(?=\n<!-- \/settings -->)/;
  return [
    { path: join(root, "templates/schemas/curtain-call.schema.json"), text: schemaFile() },
    { path: join(root, "templates/schemas/playbook.schema.json"), text: manifestSchemaFile() },
    { path: readme, text: readFileSync(readme, "utf8").replace(table, () => `\n${settingsTable()}\n`) },
  ];
}
