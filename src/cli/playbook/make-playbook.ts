import { UserError } from "../../domain/errors.ts";
import { readAnswerText } from "../../domain/playbook/answer-text.ts";
import type { RenderedPlaybook } from "../../domain/playbook/rendered-playbook.ts";
import type { Making } from "../../domain/playbook/test-case.ts";
import { makeOfAnswers } from "../../render/make-of-answers.ts";
import type { UntrustedRenderer } from "../../render/render-untrusted.ts";
import type { Terminal } from "../terminal.ts";
import { complain, countOf, type OpenedPlaybook } from "./open-playbook.ts";

/**
 * Makes a playbook of answers. Throws a UserError where it cannot be, after a line to stderr for each mistake, and, for
 * mistakes in the answers, one with what to write instead, which `again` puts into words.
 */
export async function makePlaybook(
  { playbook, shown }: OpenedPlaybook,
  making: Making,
  { renderer, terminal, again }: { renderer: UntrustedRenderer; terminal: Terminal; again: (line: string) => string },
): Promise<RenderedPlaybook> {
  const made = await makeOfAnswers(playbook, making, renderer);
  if (made.ok) return made.rendered;
  const { errors, line } = made;
  complain(errors, shown, terminal);
  if (line !== null) throw new UserError(`${countOf(errors.length, "mistake")} in the answers; ${again(line)}`);
  throw new UserError(`${shown} has ${countOf(errors.length, "mistake")} with these answers`);
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
