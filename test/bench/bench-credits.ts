import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";

interface Contender {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Run {
  readonly milliseconds: number;
  /** The most memory that the process held, without its children, in MiB; 0 where the system does not tell. */
  readonly mebibytes: number;
}

const rounds = 9;

/**
 * Times the count of all roles in a clone, whole process against whole process, beside git's own count of authors and
 * co-authors. The two take turns, so that a machine that slows down slows both.
 */
export async function benchCredits(clone: string): Promise<void> {
  // As the script `cli` in package.json runs it.
  const cli = ["--max-semi-space-size=8", join(import.meta.dirname, "../../src/cli.ts")];
  const shortlog = ["-C", clone, "shortlog", "-sne", "--group=author", "--group=trailer:co-authored-by", "HEAD"];
  const contenders: Contender[] = [
    { name: "git shortlog, two groups", command: "git", args: shortlog },
    { name: "credits, all roles", command: process.execPath, args: [...cli, "credits", "--repo", clone] },
    {
      name: "credits, all roles, json",
      command: process.execPath,
      args: [...cli, "credits", "--repo", clone, "--format", "json"],
    },
  ];
  const runs = new Map<Contender, Run[]>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const contender of contenders) {
      const run = await time(contender);
      // The first round warms up the caches.
      if (round > 0) runs.set(contender, [...(runs.get(contender) ?? []), run]);
    }
  }
  let baseline = 0;
  process.stdout.write(`${rounds} rounds over ${clone}: median, fastest, times the first, most memory\n`);
  for (const [{ name }, all] of runs) {
    const times = all.map(({ milliseconds }) => milliseconds).toSorted((left, right) => left - right);
    const median = times[Math.floor(times.length / 2)] ?? 0;
    baseline ||= median;
    const memory = Math.max(...all.map(({ mebibytes }) => mebibytes));
    const figures = [
      `${median.toFixed(0)} ms`,
      `${times[0]?.toFixed(0)} ms`,
      `${(median / baseline).toFixed(2)} x`,
      `${memory.toFixed(0)} MiB`,
    ];
    process.stdout.write(`${name.padEnd(26)}${figures.map((figure) => figure.padStart(10)).join("")}\n`);
  }
}

function time({ command, args }: Contender): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "inherit"] });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakMemory(child.pid ?? 0));
    }, 20);
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(watch);
      if (status === 0) resolve({ milliseconds: performance.now() - start, mebibytes: peak / 1024 });
      else reject(new Error(`${command} ${args.join(" ")} ended with status ${status}`));
    });
  });
}

/** The peak memory of a process as Linux keeps it, in KiB; 0 where it has just ended, or the system is another one. */
function peakMemory(pid: number): number {
  const file = `/proc/${pid}/status`;
  return existsSync(file) ? Number(/VmHWM:\s+(\d+)/.exec(readFileSync(file, "utf8"))?.[1] ?? 0) : 0;
}
