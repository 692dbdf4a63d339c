import { Command, CommanderError } from "commander";
import { UserError } from "../domain/errors.ts";
import { createCreditsCommand } from "./credits-command.ts";
import type { Terminal } from "./terminal.ts";

/** Exit statuses: 0 done, 1 could not be done, 2 put wrongly. */
const failure = 1;
const misuse = 2;

/** Runs the command that the arguments name, and sets the process's exit status. */
export async function runCommandLine(process: NodeJS.Process): Promise<void> {
  // Somebody who has seen enough, such as `head`, is no error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      throw error;
    });
  }
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
    .addHelpText("after", "\nExample:\n  curtain-call credits --repo ../some-clone\n\nEach command has its own --help.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      // Errors are thrown, and reported in one place and one form.
      writeErr: () => {},
      outputError: () => {},
    })
    .action(() => {
      throw new UserError("name a command: credits; curtain-call --help tells more", { misuse: true });
    });
  const credits = createCreditsCommand(terminal, paths).copyInheritedSettings(program);
  return program.addCommand(credits);
}

/** Everything behind a bare `--` is paths, and never the range. */
function splitAtPaths(args: readonly string[]): { options: string[]; paths: string[] } {
  const end = args.indexOf("--");
  return end === -1 ? { options: [...args], paths: [] } : { options: args.slice(0, end), paths: args.slice(end + 1) };
}

function reportError(error: unknown, terminal: Terminal): number {
  const complain = (text: string): void => {
    terminal.stderr.write(`curtain-call: ${text.replace(/\s*\n\s*/g, " ")}\n`);
  };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    complain(`${error.message.replace(/^error: /, "").trim()}; --help lists what there is`);
    return misuse;
  }
  if (error instanceof UserError) {
    complain(error.message);
    return error.misuse ? misuse : failure;
  }
  complain(`something went wrong that should not have: ${String(error)}; please report it with the command you gave`);
  return failure;
}
