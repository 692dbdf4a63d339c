import { parseArgs } from "node:util";
import fc from "fast-check";
import { findSlowness } from "./find-slowness.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { hostileText } from "./hostile-text.ts";
import { targets } from "./targets.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
    only: { type: "string" },
  },
});
const inputs = Number(values.inputs);
const seed = Number(values.seed);
const chosen = targets.filter(({ name }) => values.only === undefined || name === values.only);
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed) || chosen.length === 0) {
  process.stderr.write("usage: npm run fuzz -- [--inputs 1000000] [--seed n] [--only name]\n");
  process.stderr.write(`names: ${targets.map(({ name }) => name).join(", ")}\n`);
  process.exit(2);
}

process.stdout.write(`${inputs} inputs, by seed ${seed}\n`);
for (const target of chosen) {
  tryAny(target, Math.ceil(inputs / chosen.length));
  tryLong(target, Math.ceil(Math.sqrt(inputs / chosen.length)));
}

/** Texts of all kinds, none of which may bring forth what was not promised. */
function tryAny(target: FuzzTarget, numRuns: number): void {
  const begun = performance.now();
  const result = fc.check(
    fc.property(hostileText(target), (text) => {
      target.read(text);
    }),
    { numRuns, seed },
  );
  const seconds = (performance.now() - begun) / 1000;
  process.stdout.write(`${target.name}: ${result.numRuns} inputs, ${Math.round(result.numRuns / seconds)} a second\n`);
  if (result.failed) report(fc.defaultReportMessage(result) ?? "it failed");
}

/** Texts that are as long as the app reads them, whose time has to grow as they do. */
function tryLong(target: FuzzTarget, count: number): void {
  const begun = performance.now();
  const slowness = findSlowness(target, { inputs: count, seed });
  const seconds = Math.round((performance.now() - begun) / 1000);
  process.stdout.write(`${target.name}: ${count} long ones, ${seconds} s\n`);
  if (slowness === null) return;
  const { text, times } = slowness;
  report(`${times.map((time) => time.toFixed(1)).join(", then ")} ms with ${JSON.stringify(text)}`);
}

function report(finding: string): void {
  process.stdout.write(`FOUND: ${finding}\n`);
  process.exitCode = 1;
}
