import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../../domain/errors.ts";
import { issueForm } from "../../domain/playbook/issue-form.ts";
import type { Terminal } from "../terminal.ts";
import { openPlaybook } from "./open-playbook.ts";

/** Writes the issue form of a playbook into a file, or prints it where none is named. Never overwrites one. */
export async function writeForm(
  { named, out }: { readonly named: string; readonly out: string | null },
  terminal: Terminal,
): Promise<void> {
  const { playbook } = await openPlaybook(named, terminal);
  const form = issueForm(playbook.manifest);
  if (out === null) {
    terminal.stdout.write(form);
    return;
  }
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, form, { flag: "wx" }).catch((cause: unknown) => {
    throw new UserError(`${out} cannot be written, or is there already; name another file`, { cause });
  });
  terminal.stdout.write(`${out} asks for ${playbook.manifest.name}\n`);
}
