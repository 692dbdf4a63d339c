import { resolve } from "node:path";
import { Command, Option } from "commander";
import { UserError } from "../domain/errors.ts";
import { callerDirectory } from "./caller-directory.ts";
import { type ContributorsRequest, runContributors } from "./run-contributors.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  repo: string;
  format?: ContributorsRequest["format"];
  exclude?: string[];
  write?: string;
}

const examples = `
What .github/curtain-call.yml in the clone says counts here, too: credit.trailers, credit.exclude and credit.assistants.

Examples:
  curtain-call contributors                               everybody, in the clone you are in
  curtain-call contributors --repo ../tides               in another clone
  curtain-call contributors --write CONTRIBUTORS.md       into a file, between its markers or at the end
  curtain-call contributors --exclude "*[bot]" --exclude ada
                                                          without some, by login or name
  curtain-call contributors --format csv > people.csv     for a spreadsheet`;

/** The command `contributors`: names everybody who made what is in a local clone, with what they did. */
export function createContributorsCommand(terminal: Terminal): Command {
  return new Command("contributors")
    .summary("name everybody, as in CONTRIBUTORS.md")
    .description(
      "Names everybody who made what is in a local clone, with what they did, by name and not by count, without a network.",
    )
    .usage("[options]")
    .option("--repo <dir>", "the clone", ".")
    .addOption(
      new Option("--exclude <who>", "somebody not to list, by login or name, * for anything; repeatable").argParser(
        (value: string, previous: string[] | undefined) => [...(previous ?? []), value],
      ),
    )
    .addOption(new Option("--format <format>", "(default: markdown)").choices(["markdown", "json", "csv"]))
    .option("--write <file>", "write the list into this file, and touch nothing else in it")
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .action(async (options: Options) => {
      await runContributors(createRequest(options, terminal), terminal);
    });
}

function createRequest(options: Options, terminal: Terminal): ContributorsRequest {
  const { repo, format = "markdown", exclude = [], write } = options;
  if (format !== "markdown" && write !== undefined) {
    throw new UserError(`--write writes Markdown: leave --format ${format} away`, { misuse: true });
  }
  if (write === "") throw new UserError("--write needs the name of a file", { misuse: true });
  const here = callerDirectory(terminal);
  return {
    directory: resolve(here, repo),
    format,
    exclude,
    write: write === undefined ? null : resolve(here, write),
  };
}
