import { UserError } from "../../domain/errors.ts";
import { readAnswerText } from "../../domain/playbook/answer-text.ts";
import { parseAnswers } from "../../domain/playbook/parse-answers.ts";
import type { RenderedPlaybook } from "../../domain/playbook/rendered-playbook.ts";
import { renderPlaybook } from "../../render/render-playbook.ts";
import type { UntrustedRenderer } from "../../render/render-untrusted.ts";
import type { Terminal } from "../terminal.ts";
import { complain, countOf, type OpenedPlaybook } from "./open-playbook.ts";

/** What to make a playbook of. */
export interface Making {
  readonly answers: ReadonlyMap<string, string>;
  readonly organisation: string;
  readonly year: number;
}

/**
 * Makes a playbook of answers. Throws a UserError where it cannot be, after a line to stderr for each mistake, and, for
 * mistakes in the answers, one with what to write instead, which `again` puts into words.
 */
export async function makePlaybook(
  { playbook, shown }: OpenedPlaybook,
  { answers, organisation, year }: Making,
  { renderer, terminal, again }: { renderer: UntrustedRenderer; terminal: Terminal; again: (line: string) => string },
): Promise<RenderedPlaybook> {
  const parsed = parseAnswers(answers, { inputs: playbook.manifest.inputs, organisation });
  if (!parsed.ok) {
    const errors = parsed.mistakes.map((message) => ({ path: "", line: null, message }));
    complain(errors, shown, terminal);
    throw new UserError(`${countOf(errors.length, "mistake")} in the answers; ${again(parsed.line)}`);
  }
  const rendering = await renderPlaybook({ playbook, values: parsed.values, organisation, year }, renderer);
  if (rendering.ok) return rendering.rendered;
  complain(rendering.errors, shown, terminal);
  throw new UserError(`${shown} has ${countOf(rendering.errors.length, "mistake")} with these answers`);
}

/** The answers of several `--set name=value`, whose values are as the shell gave them. Throws a UserError for any other text. */
export function readSets(sets: readonly string[]): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  for (const set of sets) {
    const [, name = "", value = ""] = /^([A-Za-z][\w-]*)=([^]*)$/.exec(set) ?? [];
    if (name === "") throw new UserError(`--set ${set} is no answer: write it as --set name=tides`, { misuse: true });
    if (answers.has(name)) throw new UserError(`--set ${name}= is there twice: keep one of them`, { misuse: true });
    answers.set(name, value);
  }
  return answers;
}

/** A line of answers as the options that would give them. */
export function asSets(line: string): string {
  const { answers } = readAnswerText(line);
  return Array.from(answers, ([name, value]) => {
    const set = `${name}=${value}`;
    return `--set ${/^[\w./=,@-]+$/.test(set) ? set : `'${set.replaceAll("'", `'\\''`)}'`}`;
  }).join(" ");
}
