import { statSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../domain/errors.ts";
import { oneLine } from "../../domain/one-line.ts";
import { checkPlaybook } from "../../domain/playbook/check-playbook.ts";
import type { Playbook, PlaybookError } from "../../domain/playbook/playbook.ts";
import { builtInFolder, builtInPlaybooks } from "../../render/built-in-playbooks.ts";
import { readPlaybookFolder } from "../../render/read-playbook-folder.ts";
import { callerDirectory } from "../caller-directory.ts";
import type { Terminal } from "../terminal.ts";

/** A playbook that somebody named, with where it is. */
export interface OpenedPlaybook {
  readonly folder: string;
  /** The folder as it is shown to whoever asked. */
  readonly shown: string;
  readonly playbook: Playbook;
  readonly notes: readonly PlaybookError[];
}

/**
 * Reads and checks the playbook in a folder, or the built-in one of that name. Throws a UserError where there is none, or
 * where it is wrong, after a line to stderr for each mistake.
 */
export async function openPlaybook(named: string, terminal: Terminal): Promise<OpenedPlaybook> {
  const { folder, shown } = findFolder(named, terminal);
  const check = checkPlaybook(await readPlaybookFolder(folder));
  if (check.ok) return { folder, shown, playbook: check.playbook, notes: check.notes };
  complain(check.errors, shown, terminal);
  throw new UserError(`${shown} has ${countOf(check.errors.length, "mistake")}`);
}

/** Writes a line to stderr for each mistake: the file, the line, what is wrong. */
export function complain(errors: readonly PlaybookError[], shown: string, { stderr }: Pick<Terminal, "stderr">): void {
  for (const { path, line, message } of errors) {
    const file = [shown, path].filter((part) => part !== "").join("/");
    stderr.write(`${oneLine(`${file}${line === null ? "" : `:${line}`}: ${message}`)}\n`);
  }
}

/** "1 mistake", "2 mistakes". */
export function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

function findFolder(named: string, terminal: Terminal): Pick<OpenedPlaybook, "folder" | "shown"> {
  const folder = resolve(callerDirectory(terminal), named);
  const shown = named.replace(/(?<=[^/])\/+$/, "");
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return { folder, shown };
  const builtIn = builtInFolder(named);
  if (builtIn !== null) return { folder: builtIn, shown: named };
  throw new UserError(`${named} is no folder, and no built-in playbook: those are ${builtInPlaybooks().join(", ")}`);
}
