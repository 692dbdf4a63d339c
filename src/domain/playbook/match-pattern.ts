import { type CharacterSet, PatternMistake, type PatternNode, parsePattern } from "./parse-pattern.ts";

/** A pattern that can be matched in a time proportional to the text, whatever it says. */
interface SafePattern {
  /** Whether it is of the whole text. */
  readonly matches: (text: string) => boolean;
  /** Whether every text that it takes is tame: of letters and digits of ASCII, `_`, `.` and `-`. */
  readonly isTame: boolean;
}

export type PatternReading =
  | { readonly ok: true; readonly pattern: SafePattern }
  | { readonly ok: false; readonly message: string };

type Step =
  | { readonly kind: "take"; readonly set: CharacterSet }
  | { readonly kind: "fork"; readonly to: number[] }
  | { readonly kind: "end" };

/** Steps × characters is how long a match takes at most. */
const mostSteps = 1000;

/**
 * Reads a pattern that a stranger wrote. It is run as all of its ways at once, never by going back, so that no pattern can
 * keep the process busy: https://swtch.com/~rsc/regexp/regexp1.html.
 */
export function readPattern(source: string): PatternReading {
  try {
    const tree = parsePattern(source);
    const steps = compile(tree);
    return { ok: true, pattern: { matches: (text) => run(steps, text), isTame: isTame(tree) } };
  } catch (error) {
    if (error instanceof PatternMistake) return { ok: false, message: error.message };
    throw error;
  }
}

function compile(tree: PatternNode): readonly Step[] {
  const steps: Step[] = [];
  function add(step: Step): void {
    if (steps.length >= mostSteps) throw new PatternMistake("repeats too much: make its numbers smaller");
    steps.push(step);
  }
  function fork(...to: number[]): { readonly to: number[] } {
    const step = { kind: "fork" as const, to };
    add(step);
    return step;
  }
  function write(node: PatternNode): void {
    if (node.kind === "set") add({ kind: "take", set: node.set });
    else if (node.kind === "sequence") for (const part of node.parts) write(part);
    else if (node.kind === "choice") writeChoice(node.parts);
    else writeRepeat(node);
  }
  function writeChoice(parts: readonly PatternNode[]): void {
    const start = fork();
    const ends = parts.map((part) => {
      start.to.push(steps.length);
      write(part);
      return fork();
    });
    for (const end of ends) end.to.push(steps.length);
  }
  function writeRepeat({ part, min, max }: PatternNode & { readonly kind: "repeat" }): void {
    for (let times = 0; times < min; times += 1) {
      const start = steps.length;
      write(part);
      // What takes no step says nothing, however often.
      if (steps.length === start) return;
    }
    if (max === null) {
      const start = steps.length;
      const loop = fork(start + 1);
      write(part);
      fork(start);
      loop.to.push(steps.length);
      return;
    }
    const ways = [];
    for (let times = min; times < max; times += 1) {
      ways.push(fork(steps.length + 1));
      write(part);
    }
    for (const way of ways) way.to.push(steps.length);
  }
  write(tree);
  add({ kind: "end" });
  return steps;
}

function run(steps: readonly Step[], text: string): boolean {
  let current = reach(steps, [0]);
  for (const character of text) {
    const next: number[] = [];
    for (const at of current) {
      const step = steps[at];
      if (step?.kind === "take" && step.set.has(character)) next.push(at + 1);
    }
    if (next.length === 0) return false;
    current = reach(steps, next);
  }
  for (const at of current) if (steps[at]?.kind === "end") return true;
  return false;
}

/** All steps that these lead to without a character. */
function reach(steps: readonly Step[], from: readonly number[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    const step = steps[at];
    if (step?.kind === "fork") open.push(...step.to);
  }
  return reached;
}

function isTame(node: PatternNode): boolean {
  if (node.kind === "set") return node.set.isTame;
  return node.kind === "repeat" ? isTame(node.part) : node.parts.every(isTame);
}
