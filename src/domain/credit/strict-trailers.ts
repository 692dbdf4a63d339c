import { asciiLowerCase } from "../ascii-lower-case.ts";
import { type ConfiguredTrailer, defaultTrailerGrammar, type TrailerGrammar } from "./trailer-grammar.ts";

/** One `Key: value` of a commit message. */
export interface Trailer {
  /** The key as written, or as the repository's configuration renames it. */
  readonly key: string;
  /** The value on one line, trimmed. */
  readonly value: string;
  /** The value as it stands in the message, trimmed; a folded one keeps its line breaks. */
  readonly text: string;
  /** The line of the message it starts on, from 0. */
  readonly line: number;
}

/** What git itself writes; one such line lets a paragraph with some prose in it count as trailers. */
const generatedPrefixes = ["Signed-off-by: ", "(cherry picked from commit "];
const scissors = " ------------------------ >8 ------------------------\n";

/**
 * Reads the trailers of a commit message exactly as git does: the result equals
 * `git log --format='%(trailers:only,unfold)'`, key for key and value for value.
 *
 * The rules are those of git-interpret-trailers(1) with `--no-divider`, and of trailer.c where the page is silent:
 * they sit in the last paragraph, which is never the title, and which counts when each of its lines is a trailer or a
 * continuation, or when one of them is recognised and trailers make up at least a quarter.
 */
export function parseStrictTrailers(message: string, grammar: TrailerGrammar = defaultTrailerGrammar): Trailer[] {
  let start = 0;
  let skipped = 0;
  for (let end = message.indexOf("\n"); end !== -1 && isBlankLine(message.slice(start, end)); ) {
    start = end + 1;
    skipped += 1;
    end = message.indexOf("\n", start);
  }
  const trailers = parseTrailersBelowTitle(message.slice(start), grammar);
  return skipped === 0 ? trailers : trailers.map((trailer) => ({ ...trailer, line: trailer.line + skipped }));
}

/** The same for a text whose first paragraph is the title, even if that is empty. */
export function parseTrailersBelowTitle(message: string, grammar: TrailerGrammar): Trailer[] {
  const lines = message.slice(0, endOfLogMessage(message, grammar.commentPrefix)).split("\n");
  if (lines.at(-1) === "") lines.pop();

  const trailers: Trailer[] = [];
  let folded: { key: string; line: number; values: string[] } | null = null;
  const finish = (): void => {
    if (folded === null) return;
    const text = trimBlanks(folded.values.join("\n"));
    trailers.push({ key: folded.key, value: unfold(text), text, line: folded.line });
  };
  for (let index = startOfTrailers(lines, grammar); index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (folded !== null && startsWithBlank(line)) {
      folded.values.push(line);
      continue;
    }
    finish();
    const end = endOfKey(line, grammar.separators);
    folded =
      end < 1 ? null : { key: shownKey(line.slice(0, end), grammar), line: index, values: [line.slice(end + 1)] };
  }
  finish();
  return trailers;
}

/** The offset at which trailing comments, blank lines, a `Conflicts:` block or a scissors line begin. */
function endOfLogMessage(message: string, commentPrefix: string): number {
  const end = startOfScissors(message, commentPrefix);
  // 0 stands for "no such run", as in git: a run that starts with the message itself is not left out.
  let ignoredFrom = 0;
  let inConflicts = false;
  for (let start = 0; start < end; ) {
    if (message.startsWith(commentPrefix, start) || message[start] === "\n") {
      ignoredFrom ||= start;
    } else if (message.startsWith("Conflicts:\n", start)) {
      ignoredFrom ||= start;
      inConflicts = true;
    } else if (!(inConflicts && message[start] === "\t")) {
      ignoredFrom = 0;
      inConflicts = false;
    }
    const newline = message.indexOf("\n", start);
    start = newline === -1 ? end : newline + 1;
  }
  return ignoredFrom || end;
}

function startOfScissors(message: string, commentPrefix: string): number {
  const line = commentPrefix + scissors;
  if (message.startsWith(line)) return 0;
  const before = message.indexOf(`\n${line}`);
  return before === -1 ? message.length : before + 1;
}

/** The index of the first line of the trailer paragraph, or the number of lines where there is none. */
function startOfTrailers(lines: readonly string[], grammar: TrailerGrammar): number {
  const isComment = (line: string): boolean => line.startsWith(grammar.commentPrefix);
  const titleEnd = lines.findIndex((line) => !isComment(line) && isBlankLine(line));
  if (titleEnd === -1) return lines.length;

  let recognised = false;
  let trailers = 0;
  let others = 0;
  // Lines that start with a blank belong to the trailer above them, if the line above them turns out to be one.
  let undecided = 0;
  let onlyBlanks = true;
  for (let index = lines.length - 1; index >= titleEnd; index -= 1) {
    const line = lines[index] ?? "";
    if (isComment(line)) {
      others += undecided;
      undecided = 0;
    } else if (isBlankLine(line)) {
      if (onlyBlanks) continue;
      others += undecided;
      const counts = recognised ? trailers * 3 >= others : trailers > 0 && others === 0;
      return counts ? index + 1 : lines.length;
    } else {
      onlyBlanks = false;
      const end = endOfKey(line, grammar.separators);
      const isGenerated = generatedPrefixes.some((prefix) => line.startsWith(prefix));
      if (isGenerated || (end >= 1 && !startsWithBlank(line))) {
        recognised ||= isGenerated || configuredFor(line.slice(0, end), grammar) !== undefined;
        trailers += 1;
        undecided = 0;
      } else if (startsWithBlank(line)) {
        undecided += 1;
      } else {
        others += 1 + undecided;
        undecided = 0;
      }
    }
  }
  return lines.length;
}

/** The offset of the separator behind a well-formed key, or -1: letters, digits and `-`, then blanks. */
function endOfKey(line: string, separators: string): number {
  let blanks = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line.charAt(index);
    if (separators.includes(character)) return index;
    if (index > 0 && (character === " " || character === "\t")) blanks = true;
    else if (blanks || !/[A-Za-z0-9-]/.test(character)) return -1;
  }
  return -1;
}

function shownKey(written: string, grammar: TrailerGrammar): string {
  const key = trimBlanks(written);
  if (grammar.configured.length === 0) return key;
  return configuredFor(key.replace(/-+$/, ""), grammar)?.key ?? key;
}

/** Git takes any beginning of a configured name or key for that trailer. */
function configuredFor(written: string, grammar: TrailerGrammar): ConfiguredTrailer | undefined {
  const beginning = asciiLowerCase(written);
  const fits = (text: string | null): boolean => text !== null && asciiLowerCase(text).startsWith(beginning);
  return grammar.configured.find(({ name, key }) => fits(name) || fits(key));
}

function unfold(value: string): string {
  return value.includes("\n") ? trimBlanks(value.replace(/\n[ \t\r\n]*/g, " ")) : value;
}

// Git's own idea of a blank, narrower than JavaScript's: a no-break space, for one, belongs to the value.
function isBlankLine(line: string): boolean {
  return /^[ \t\r]*$/.test(line);
}

function startsWithBlank(line: string): boolean {
  return line === "" || /^[ \t\r]/.test(line);
}

// Loops, because a regular expression takes quadratic time on a megabyte of blanks in the middle.
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && " \t\r\n".includes(text.charAt(start))) start += 1;
  while (end > start && " \t\r\n".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
