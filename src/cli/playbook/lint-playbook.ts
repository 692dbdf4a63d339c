import { UserError } from "../../domain/errors.ts";
import type { Terminal } from "../terminal.ts";
import { complain, countOf, openPlaybook } from "./open-playbook.ts";

/** Checks a playbook, without making anything of it. Throws a UserError where anything is wrong, after a line for each mistake. */
export async function lintPlaybook(named: string, terminal: Terminal): Promise<void> {
  const { playbook, notes, shown } = await openPlaybook(named, terminal);
  complain(notes, shown, terminal);
  if (notes.length > 0) throw new UserError(`${shown} has ${countOf(notes.length, "mistake")}`);
  const { name, version, inputs } = playbook.manifest;
  const parts = [
    countOf(playbook.files.length, "file"),
    countOf(Object.keys(inputs).length, "input"),
    countOf(playbook.issues.length, "issue"),
  ];
  terminal.stdout.write(`${name} ${version}: ${parts.join(", ")}, nothing wrong\n`);
}
