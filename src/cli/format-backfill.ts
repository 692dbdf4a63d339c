import type { BackfillReport } from "./read-control.ts";

const width = 24;

/** How far a repository's history is read, in one line: `acme/tides  pull requests 30 of 60, direct commits 12`. */
export function formatBackfill({ repository, pullsTotal, error, ...report }: BackfillReport): string {
  const { state, pullsDone, commitsDone } = report;
  if (state === "failed") return `${repository}  stopped: ${error ?? "nobody knows why"}`;
  if (state === "waiting") return `${repository}  waits`;
  const pulls = pullsTotal === null ? count(pullsDone) : `${count(pullsDone)} of ${count(pullsTotal)}`;
  const done = state === "done" ? "done: " : "";
  return `${repository}  ${done}pull requests ${pulls}, direct commits ${count(commitsDone)}`;
}

/** All of them together, as a bar: `[######            ] repositories 2 of 5`. */
export function formatBar(reports: readonly BackfillReport[]): string {
  const ended = reports.filter(({ state }) => state === "done" || state === "failed").length;
  const share = reports.reduce((sum, report) => sum + shareOf(report), 0) / Math.max(1, reports.length);
  const filled = Math.floor(share * width);
  const bar = "#".repeat(filled).padEnd(width);
  const pulls = reports.reduce((sum, { pullsDone }) => sum + pullsDone, 0);
  const commits = reports.reduce((sum, { commitsDone }) => sum + commitsDone, 0);
  return `[${bar}] repositories ${ended} of ${reports.length}, pull requests ${count(pulls)}, direct commits ${count(commits)}`;
}

/** Pull requests are nine tenths of it: how many commits there will be, nobody knows before. */
function shareOf({ state, phase, pullsDone, pullsTotal }: BackfillReport): number {
  if (state === "done" || state === "failed") return 1;
  if (phase === "commits") return 0.9;
  return pullsTotal === null ? 0 : (0.9 * Math.min(pullsDone, pullsTotal)) / Math.max(1, pullsTotal);
}

function count(number: number): string {
  return number.toLocaleString("en");
}
