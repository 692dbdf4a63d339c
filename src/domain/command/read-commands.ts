import { isTooHardToParse } from "../is-too-hard-to-parse.ts";
import { readCreditCommand } from "./credit-command.ts";
import type { CreditCommand } from "./credit-command-kinds.ts";
import { type Mistake, mistake } from "./mistake.ts";
import { type PlainLine, plainLines } from "./plain-lines.ts";
import { type CommandLine, readCommandLine } from "./read-command-line.ts";

/** A command that somebody gave in a comment, in the order of the lines. */
export interface CommandRequest {
  readonly name: CommandName;
  /** The number of the line in the comment, from 1. */
  readonly line: number;
  /** The command as it is written, as one line, shortened. To be shown only where it does nothing. */
  readonly source: string;
  readonly command: CreditCommand | Mistake;
}

const names = ["credit"] as const;
type CommandName = (typeof names)[number];

/** How what follows each name is read. Another command is another entry, with a file of its own. */
const grammars: Readonly<Record<CommandName, (argument: string) => CreditCommand | Mistake>> = {
  credit: readCreditCommand,
};

/** As many as GitHub takes in a comment. */
const longestComment = 65_536;
const mostCommands = 20;

/**
 * The commands in a comment's Markdown: each is a line that starts, after three blanks at most, with a slash and a
 * known name, in an ordinary paragraph that is in nothing else. A comment that is longer than GitHub takes has none.
 * Of more than 20 commands none is read: one mistake says so, as for a comment that takes too long to parse.
 */
export function readCommands(text: string): readonly CommandRequest[] {
  if (text.length > longestComment) return [];
  // Nearly all comments end here, before the parser.
  const candidates = text.split(/\r\n|[\r\n]/).map((line, index) => ({ number: index + 1, text: line }));
  const [first] = commandLines(candidates);
  if (first === undefined) return [];
  if (isTooHardToParse(text.replaceAll("@", "%"))) return [toRequest(first, tooHard)];
  const lines = commandLines(plainLines(text));
  const excess = lines[mostCommands];
  if (excess !== undefined) return [toRequest(excess, tooMany)];
  return lines.map((line) => toRequest(line, grammars[line.name](line.argument)));
}

const tooHard = mistake("This comment has more markup than I can read: write the command in one of its own.");
const tooMany = mistake(`More than ${mostCommands} commands in one comment: nothing is done. Write several comments.`);

function commandLines(lines: readonly PlainLine[]): readonly CommandLine<CommandName>[] {
  return lines.map((line) => readCommandLine(line, names)).filter((line) => line !== null);
}

function toRequest({ name, line, source }: CommandLine<CommandName>, command: CreditCommand | Mistake): CommandRequest {
  return { name, line, source, command };
}
