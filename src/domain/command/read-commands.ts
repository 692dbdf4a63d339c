import { isTooHardToParse } from "../is-too-hard-to-parse.ts";
import { lineText, readAnswerLines } from "./answer-lines.ts";
import { readCreditCommand } from "./credit-command.ts";
import type { CreditCommand } from "./credit-command-kinds.ts";
import { type Mistake, mistake } from "./mistake.ts";
import { type PlainLine, plainLines } from "./plain-lines.ts";
import { readPlaybookCommand } from "./playbook-command.ts";
import type { PlaybookCommand } from "./playbook-command-kinds.ts";
import { type CommandLine, readCommandLine } from "./read-command-line.ts";

/** A command that somebody gave in a comment, in the order of the lines. */
export type CommandRequest = { readonly [Name in CommandName]: RequestOf<Name> }[CommandName];

export interface RequestOf<Name extends CommandName> {
  readonly name: Name;
  /** The number of the line in the comment, from 1. */
  readonly line: number;
  /** The command as it is written, as one line, shortened. To be shown only where it does nothing. */
  readonly source: string;
  readonly command: Commands[Name] | Mistake;
}

interface Commands {
  readonly credit: CreditCommand;
  readonly playbook: PlaybookCommand;
}
type CommandName = keyof Commands;

const names = ["credit", "playbook"] as const satisfies readonly CommandName[];

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
  const plain = plainLines(text);
  const lines = withAnswers(text, plain);
  const excess = lines[mostCommands];
  if (excess !== undefined) return [toRequest(excess, tooMany)];
  return lines.map(readCommand);
}

const tooHard = mistake("This comment has more markup than I can read: write the command in one of its own.");
const tooMany = mistake(`More than ${mostCommands} commands in one comment: nothing is done. Write several comments.`);

interface CommandText extends CommandLine<CommandName> {
  /** What may go on over the following lines. */
  readonly answers: string;
}

/** The commands of the lines, without those that stand within the answers of another. */
function withAnswers(text: string, plain: readonly PlainLine[]): readonly CommandText[] {
  const lines = commandLines(plain);
  const numbers = new Set(plain.map(({ number }) => number));
  for (const { line } of lines) numbers.delete(line);
  const lined = lineText(text);
  const commands: CommandText[] = [];
  let last = 0;
  for (const line of lines) {
    if (line.line <= last) continue;
    if (commands.length > mostCommands) break;
    const isPlaybook = line.name === "playbook";
    const { answers, lastLine } = isPlaybook
      ? readAnswerLines(lined, line, (number) => numbers.has(number))
      : { answers: "", lastLine: line.line };
    commands.push({ ...line, answers });
    last = lastLine;
  }
  return commands;
}

function commandLines(lines: readonly PlainLine[]): readonly CommandLine<CommandName>[] {
  return lines.map((line) => readCommandLine(line, names)).filter((line) => line !== null);
}

function readCommand({ answers, argument, ...about }: CommandText): CommandRequest {
  const { name, line, source } = about;
  return name === "credit"
    ? { name, line, source, command: readCreditCommand(argument) }
    : { name, line, source, command: readPlaybookCommand(argument, answers) };
}

function toRequest({ name, line, source }: CommandLine<CommandName>, command: Mistake): CommandRequest {
  return { name, line, source, command };
}
