import { endOfAnswers } from "../playbook/answer-text.ts";

/** The text of a comment by its lines, of which each ends as GitHub lets it. */
export interface LinedText {
  readonly text: string;
  /** Where each line starts, by its number less one. */
  readonly starts: readonly number[];
  readonly numbers: ReadonlyMap<number, number>;
}

/** What stands behind the playbook's name in a command, and the last line that belongs to it. */
export interface AnswerLines {
  readonly answers: string;
  readonly lastLine: number;
}

/** The command, its subcommand and the name of a playbook; characters that are not seen count for nothing. */
const start = /^[\s\p{Cf}]*\S+[^\S\r\n]+\S+[^\S\r\n]+[^\s=]+(?=\s|$)/u;
/** Nobody needs more for them, and the pattern may look at each character several times. */
const longestStart = 1000;
const withAnswers = /^(?:use|apply)(?= |$)/i;

/** Finds the lines of a text. */
export function lineText(text: string): LinedText {
  const starts = [0];
  for (const end of text.matchAll(/\r\n|[\r\n]/g)) starts.push(end.index + end[0].length);
  return { text, starts, numbers: new Map(starts.map((at, index) => [at, index + 1])) };
}

/**
 * The answers of the command in this line, where its argument is one that takes some. Outside quotes they go on over the
 * lines that `goesOn` lets through, and in quotes over all.
 */
export function readAnswerLines(
  { text, starts, numbers }: LinedText,
  { line, argument }: { readonly line: number; readonly argument: string },
  goesOn: (line: number) => boolean,
): AnswerLines {
  const lineStart = starts[line - 1] ?? 0;
  const lineEnd = Math.min(starts[line] ?? text.length, lineStart + longestStart);
  const [head] = withAnswers.test(argument) ? (start.exec(text.slice(lineStart, lineEnd)) ?? []) : [];
  if (head === undefined) return { answers: "", lastLine: line };
  const from = lineStart + head.length;
  const end = endOfAnswers(text, from, (at) => goesOn(numbers.get(at) ?? 0));
  const lastLine = starts.findLastIndex((at) => at <= end) + 1;
  return { answers: text.slice(from, end).replace(/\r\n?/g, "\n"), lastLine };
}
