import { readConfiguration } from "../../../src/domain/config/read-configuration.ts";
import { readManifest } from "../../../src/domain/playbook/read-manifest.ts";
import { manifestOf } from "../../support/make-playbook.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const yaml = [
  "\n",
  "\n  ",
  "\n    ",
  ": ",
  "- ",
  "? ",
  "&a ",
  "*a",
  "<<: *a",
  "!!binary ",
  "{ ",
  " }",
  "[",
  "]",
  ", ",
  '"',
  "'",
  "|\n",
  ">-\n",
  "# ",
  "%YAML 1.2\n",
  "---\n",
  "...\n",
  "\t",
  "~",
  "true",
  "1e999",
  "0x10",
];
/** A larger file is not read. */
const longest = 64_000;

interface Reading {
  readonly ok: boolean;
  readonly errors?: readonly { readonly line: number; readonly message: string }[];
}

function expectLines(reading: Reading, text: string): void {
  if (reading.ok) return;
  const { errors = [] } = reading;
  const lines = text.split("\n").length;
  if (errors.length === 0 || errors.length > 100) throw new Error(`${errors.length} errors are told`);
  for (const { line, message } of errors) {
    if (line < 1 || line > lines) throw new Error(`an error is on line ${line} of ${lines}`);
    if (message.includes("\n")) throw new Error(`an error has several lines: ${message}`);
  }
}

/** `.github/curtain-call.yml`. */
export const settings: FuzzTarget = {
  name: "settings",
  pieces: [
    ...yaml,
    "comment:",
    "credit:",
    "acknowledgements:",
    "contributors:",
    "exclude:",
    "trailers:",
    "Paired-with",
    "co-author",
    "releases: true",
    "prefixes:",
    "*[bot]",
    "when: ",
    "template: ",
  ],
  longest,
  read: (text) => {
    expectLines(readConfiguration(text), text);
  },
};

/** `playbook.yml`. */
export const manifests: FuzzTarget = {
  name: "manifests",
  pieces: [
    ...yaml,
    "inputs:",
    "type: ",
    "string",
    "choice",
    "list",
    "options: ",
    "pattern: ",
    "^[a-z]+$",
    "when: ",
    "input: ",
    "all: ",
    "not: ",
    "derived:",
    "files:",
    "path: files/**",
    "issues:",
    "template: a.hbs",
    "repository:",
    "labels:",
    "name: ",
    "{{inputs.name}}",
    "authors: ",
  ],
  longest,
  read: (text) => {
    for (const whole of [text, manifestOf(text)]) expectLines(readManifest(whole), whole);
  },
};
