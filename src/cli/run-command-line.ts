import { Command, CommanderError } from "commander";
import project from "../../package.json" with { type: "json" };
import { UserError } from "../domain/errors.ts";
import { createAcknowledgeCommand } from "./acknowledge-command.ts";
import { createBackfillCommand } from "./backfill-command.ts";
import { createContributorsCommand } from "./contributors-command.ts";
import { createCreditsCommand } from "./credits-command.ts";
import { createPlaybookCommand } from "./playbook/create-playbook-command.ts";
import { createPreviewCommand } from "./preview-command.ts";
import { createRestoreCommand } from "./restore-command.ts";
import type { Terminal } from "./terminal.ts";

/** Exit statuses: 0 done, 1 could not be done, 2 put wrongly. */
const failure = 1;
const misuse = 2;

/** Runs the command that the arguments name, and sets the process's exit status. */
export async function runCommandLine(process: NodeJS.Process): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Whoever reads the output may have seen enough, as `head` has; that is no failure. A socket says it differently.
    if (error.code === "EPIPE" || error.code === "ECONNRESET") process.exit(0);
    process.exit(reportError(new UserError(`the output cannot be written: ${error.message}`), process));
  });
  // Where complaints cannot be written, the exit status still tells.
  process.stderr.on("error", () => {});
  try {
    const { options, paths } = splitAtPaths(process.argv.slice(2));
    await createProgram(process, paths).parseAsync(options, { from: "user" });
  } catch (error) {
    process.exitCode = reportError(error, process);
  }
}

function createProgram(terminal: Terminal, paths: readonly string[]): Command {
  const program = new Command("curtain-call")
    .description("Credit for everybody who worked on something, read from any local clone.")
    .usage("<command> [options]")
    .version(project.version)
    .addHelpText("after", "\nExample:\n  curtain-call credits --repo ../some-clone\n\nEach command has its own --help.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // Errors are thrown, and reported in one place and one form.
      writeErr: () => {},
      outputError: () => {},
    });
  return program
    .addCommand(createCreditsCommand(terminal, paths).copyInheritedSettings(program))
    .addCommand(createAcknowledgeCommand(terminal).copyInheritedSettings(program))
    .addCommand(createPreviewCommand(terminal).copyInheritedSettings(program))
    .addCommand(createContributorsCommand(terminal).copyInheritedSettings(program))
    .addCommand(inheritAll(createPlaybookCommand(terminal, new Date().getFullYear()), program))
    .addCommand(createBackfillCommand(terminal).copyInheritedSettings(program))
    .addCommand(createRestoreCommand(terminal).copyInheritedSettings(program));
}

/** Gives a command, and those below it, the ways in which the whole program ends and writes. */
function inheritAll(command: Command, from: Command): Command {
  for (const inner of command.commands) inheritAll(inner, from);
  return command.copyInheritedSettings(from);
}

/** Everything behind a bare `--` is paths, and never the range. */
function splitAtPaths(args: readonly string[]): { options: string[]; paths: string[] } {
  const end = args.indexOf("--");
  return end === -1 ? { options: [...args], paths: [] } : { options: args.slice(0, end), paths: args.slice(end + 1) };
}

/** Says in one line what went wrong, and gives the exit status that tells how. */
function reportError(error: unknown, { stderr }: Pick<Terminal, "stderr">): number {
  const complain = (text: string): void => {
    stderr.write(`curtain-call: ${text.trim().replace(/\s*\n\s*/g, " ")}\n`);
  };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const isWithoutCommand = error.code === "commander.help";
    const text = isWithoutCommand
      ? "name a command: credits, acknowledge, preview, contributors, playbook, backfill, restore"
      : error.message.replace(/^error: /, "").replace(/\.$/, "");
    complain(`${text}; --help lists what there is`);
    return misuse;
  }
  if (error instanceof UserError) {
    complain(error.message);
    return error.misuse ? misuse : failure;
  }
  complain(`this should not have happened: ${String(error)}; please report it, with the command you gave`);
  return failure;
}
