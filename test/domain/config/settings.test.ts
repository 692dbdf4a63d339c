import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { schemaFile, settingsTable } from "../../../src/domain/config/settings.ts";
import { generatedFiles } from "../../support/generated-files.ts";

test("the JSON Schema and README's table are those of the settings: `npm run schema` writes them", () => {
  for (const { path, text } of generatedFiles()) expect(readFileSync(path, "utf8")).toBe(text);
});

test("README holds the table of all settings between its markers", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  expect(readme).toContain(`<!-- settings -->\n\n${settingsTable()}\n\n<!-- /settings -->`);
});

test("editors can use the JSON Schema", () => {
  const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schemaFile()));
  expect(validate({})).toBe(true);
  expect(validate({ credit: { comment: "auto", paths: { docs: ["docs/**"] } } })).toBe(true);
  expect(validate({ credit: { coment: "auto" } })).toBe(false);
  expect(validate({ credit: { paths: { docs: ["/docs"] } } })).toBe(false);
});
