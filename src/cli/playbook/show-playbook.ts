import { describeInput } from "../../domain/playbook/describe-input.ts";
import type { Manifest } from "../../domain/playbook/manifest-schema.ts";
import { builtInPlaybooks } from "../../render/built-in-playbooks.ts";
import type { Terminal } from "../terminal.ts";
import { countOf, openPlaybook } from "./open-playbook.ts";

/** Prints a line for each playbook that comes with the product. */
export async function listPlaybooks(terminal: Terminal): Promise<void> {
  const opened = await Promise.all(builtInPlaybooks().map((name) => openPlaybook(name, terminal)));
  const widest = Math.max(...opened.map(({ playbook }) => playbook.manifest.name.length));
  for (const { playbook } of opened) {
    const { name, description } = playbook.manifest;
    terminal.stdout.write(`${name.padEnd(widest)}  ${description}\n`);
  }
}

/** Prints what a playbook asks for and makes. */
export async function showPlaybook(named: string, terminal: Terminal): Promise<void> {
  const { playbook } = await openPlaybook(named, terminal);
  const { manifest } = playbook;
  const { name, title, version, lifecycle, license, description, repository } = manifest;
  const makes = [
    countOf(playbook.files.length, "file"),
    countOf(repository.labels.length, "label"),
    countOf(repository.milestones.length, "milestone"),
    countOf(playbook.issues.length, "issue"),
  ];
  const lines = [
    `${title} (${name} ${version}, ${lifecycle}, ${license})`,
    description,
    `By ${manifest.authors.map((author) => ("project" in author ? author.project : (author.name ?? author.login))).join(", ")}.`,
    "",
    "Asks for:",
    ...describeInputs(manifest),
    "",
    `Makes, at most: ${makes.join(", ")}.`,
    "",
    `  curtain-call playbook render ${named} --set name=tides --out ../tides`,
  ];
  terminal.stdout.write(`${lines.join("\n")}\n`);
}

function describeInputs({ inputs }: Manifest): readonly string[] {
  const widest = Math.max(...Object.keys(inputs).map((name) => name.length));
  return Object.entries(inputs).map(([name, input]) => {
    const help = input.help === undefined ? "" : `${input.help.replace(/(?<![.?!])$/, ".")} `;
    return `  ${name.padEnd(widest)}  ${help}${describeInput(input)}`.trimEnd();
  });
}
