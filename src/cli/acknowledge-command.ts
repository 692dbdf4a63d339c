import { resolve } from "node:path";
import { Command, Option } from "commander";
import { UserError } from "../domain/errors.ts";
import { callerDirectory } from "./caller-directory.ts";
import { type AcknowledgeRequest, runAcknowledge } from "./run-acknowledge.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  repo: string;
  format?: AcknowledgeRequest["format"];
  template?: AcknowledgeRequest["template"];
  sort: AcknowledgeRequest["sort"];
  exclude?: string[];
  write?: string;
}

const examples = `
For a single tag, the range begins at the release before it: of the same prefix (web-v1.2.0), and by version, not by date.

Examples:
  curtain-call acknowledge v1.4.0                            everybody since the release before v1.4.0
  curtain-call acknowledge v1.3.0..HEAD --repo ../tides      what another clone's next release has so far
  curtain-call acknowledge v1.4.0 --template table           as a table
  curtain-call acknowledge v1.4.0 --exclude "*[bot]" --exclude ada
                                                             without some, by login or name
  curtain-call acknowledge v1.4.0 --write CHANGELOG.md       into a file, between its markers or at the end
  curtain-call acknowledge v1.4.0 --format csv > people.csv  for a spreadsheet`;

/** The command `acknowledge`: thanks everybody who made a release, from a local clone. */
export function createAcknowledgeCommand(terminal: Terminal): Command {
  return new Command("acknowledge")
    .summary("thank everybody who made a release")
    .description(
      "Writes the section of a release that thanks everybody who made it, from a local clone, without a network.",
    )
    .usage("<from>..<to> | <tag> [options]")
    .argument("<range>", "from one release to another, or the tag of one")
    .option("--repo <dir>", "the clone", ".")
    .addOption(
      new Option("--template <name>", "how it is told (default: sections)").choices(["sections", "flat", "table"]),
    )
    .addOption(
      new Option("--sort <by>", "whoever did most first, or by name").choices(["credits", "name"]).default("credits"),
    )
    .addOption(
      new Option("--exclude <who>", "somebody not to list, by login or name, * for anything; repeatable").argParser(
        (value: string, previous: string[] | undefined) => [...(previous ?? []), value],
      ),
    )
    .addOption(new Option("--format <format>", "(default: markdown)").choices(["markdown", "json", "csv"]))
    .option("--write <file>", "write the section into this file, and touch nothing else in it")
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .action(async (range: string, options: Options) => {
      await runAcknowledge(createRequest(range, options, terminal), terminal);
    });
}

function createRequest(range: string, options: Options, terminal: Terminal): AcknowledgeRequest {
  const { repo, format = "markdown", template, sort, exclude = [], write } = options;
  if (format !== "markdown" && write !== undefined) refuse(`--write writes Markdown: leave --format ${format} away`);
  if (format !== "markdown" && template !== undefined) {
    refuse(`--template is for Markdown: leave --format ${format} or --template ${template} away`);
  }
  if (write === "") refuse("--write needs the name of a file");
  const here = callerDirectory(terminal);
  return {
    directory: resolve(here, repo),
    ...parseRange(range),
    format,
    template: template ?? "sections",
    sort,
    exclude,
    write: write === undefined ? null : resolve(here, write),
  };
}

/** A range of two ends, or a tag alone. No name of a commit holds two dots. */
function parseRange(range: string): Pick<AcknowledgeRequest, "from" | "to"> {
  if (range.includes("...")) refuse(`'${range}' has three dots: a release goes from one to another, as v1.3.0..v1.4.0`);
  const [first = "", second, ...others] = range.split("..");
  if (second === undefined && first !== "") return { from: null, to: first };
  if (first === "" || !second || others.length > 0) {
    refuse(`'${range}' is no range: name where it begins and ends, as v1.3.0..v1.4.0, or the tag of a release`);
  }
  return { from: first, to: second };
}

function refuse(text: string): never {
  throw new UserError(text, { misuse: true });
}
