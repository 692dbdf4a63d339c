import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../domain/errors.ts";
import { formatBackfill, formatBar } from "./format-backfill.ts";
import type { BackfillReport, Control } from "./read-control.ts";
import type { Terminal } from "./terminal.ts";

/** Milliseconds between two looks. */
const pause = 500;

/**
 * Has the history of a repository read by the running service, or of all that are known, and shows how far it is until all is done; it goes on without anybody to
 * watch it. Throws a UserError where one could not be read.
 */
export async function runBackfill(control: Control, repository: string | null, terminal: Terminal): Promise<void> {
  const names = new Set(await control.ask(repository));
  const reports = await watch(control, names, terminal);
  for (const report of reports) terminal.stdout.write(`${formatBackfill(report)}\n`);
  const failed = reports.filter(({ state }) => state === "failed").length;
  if (failed > 0)
    throw new UserError(`${failed} of ${reports.length} could not be read; ask again once that is mended`);
}

async function watch(
  { look }: Pick<Control, "look">,
  names: ReadonlySet<string>,
  { stderr }: Pick<Terminal, "stderr">,
): Promise<readonly BackfillReport[]> {
  let before = "";
  for (;;) {
    const reports = (await look()).filter(({ repository }) => names.has(repository));
    const isOver = reports.every(({ state }) => state === "done" || state === "failed");
    const line = formatBar(reports);
    if (stderr.isTTY) stderr.write(isOver ? "\r\u001B[K" : `\r\u001B[K${line}`);
    else if (line !== before && !isOver) stderr.write(`${line}\n`);
    if (isOver) return reports;
    before = line;
    await sleep(pause);
  }
}
