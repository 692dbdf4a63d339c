import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { callerDirectory } from "./caller-directory.ts";
import type { SubjectName } from "./preview-subjects.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  data: string;
  people?: number;
  for?: SubjectName;
}

const more = `
Templates that come with Curtain Call:
  releases/sections, releases/flat, releases/table    the thanks in a release
  comments/credit                                     the comment on a pull request
  comments/credit-check                               the check on a pull request; its first line is the title

Any other template is a file. It is checked and run as the app does with those in a repository's .github/curtain-call/:
it may use the helpers that are known, takes a second at most, and every value in it is escaped. A file that is called
credit.md.hbs is for the comment, credit-check.md.hbs for the check, and any other for a release, unless --for says so.

The sample has everything that there may be: all roles, newcomers, assistants, a team, long names, and names that try to
be more than a name. For a release, --data takes what acknowledge --format json prints.

Examples:
  curtain-call preview releases/table                         how a table of everybody looks
  curtain-call preview releases/sections --people 3000        what is left out where there is no room
  curtain-call preview .github/curtain-call/thanks.hbs        your own words, before you commit them
  curtain-call preview words.hbs --for comment                the same for the comment on a pull request
  curtain-call acknowledge v1.4.0 --format json > v1.4.0.json
  curtain-call preview thanks.hbs --data v1.4.0.json          with a release of yours`;

/** The command `preview`: shows what a template makes of sample data, or of somebody's own. */
export function createPreviewCommand(terminal: Terminal): Command {
  return new Command("preview")
    .summary("show what a template makes of sample data")
    .description("Shows what a template makes, one of ours or one of yours, as Markdown.")
    .usage("<template> [options]")
    .argument("<template>", "its name, or a file")
    .option("--data <what>", "sample, or a file of JSON", "sample")
    .addOption(new Option("--people <n>", "how many people the sample has").argParser(parseCount))
    .addOption(
      new Option("--for <what>", "what a file is a template for (default: by its name)").choices([
        "release",
        "comment",
        "check",
      ]),
    )
    .addHelpText("after", more)
    .allowExcessArguments(false)
    .action(async (template: string, options: Options) => {
      const { runPreview } = await import("./run-preview.ts");
      const here = callerDirectory(terminal);
      await runPreview(
        {
          template,
          directory: here,
          data: options.data === "sample" ? null : resolve(here, options.data),
          people: options.people ?? null,
          subject: options.for ?? null,
        },
        terminal,
      );
    });
}

function parseCount(value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError("Give a whole number, 99999 at most.");
  return Number(value);
}
