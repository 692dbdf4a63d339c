import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { UserError } from "../../domain/errors.ts";
import { callerDirectory } from "../caller-directory.ts";
import type { Terminal } from "../terminal.ts";
import { lintPlaybook } from "./lint-playbook.ts";
import { readSets } from "./make-playbook.ts";
import { newPlaybook } from "./new-playbook.ts";
import { renderToFolder } from "./render-to-folder.ts";
import { listPlaybooks, showPlaybook } from "./show-playbook.ts";
import { testPlaybook } from "./test-playbook.ts";
import { writeForm } from "./write-form.ts";

const examples = `
A playbook is a folder with a playbook.yml, or the name of a built-in one.

Examples:
  curtain-call playbook list                                 what comes with Curtain Call
  curtain-call playbook show node-service                    what it asks for and makes
  curtain-call playbook render node-service --set name=tides the plan: what would be made
  curtain-call playbook render node-service --set name=tides --out ../tides
                                                             its files, in a new folder
  curtain-call playbook new our-service                      a playbook of your own to begin with
  curtain-call playbook lint our-service                     every mistake in it, with its line
  curtain-call playbook test our-service --update            keep what its cases make now
  curtain-call playbook form our-service > form.yml          an issue form that asks for it`;

const renderExamples = `
Examples:
  curtain-call playbook render node-service --set name=tides
                                                   the plan: everything that would be made
  curtain-call playbook render node-service --set name=tides --set database=postgres --out ../tides
                                                   the files
  curtain-call playbook render our-service --set name=tides --set topics=sea,moon --set "title=Tide tables"
                                                   a list, and a text with blanks`;

const testExamples = `
A case is a file tests/<case>.yml such as "answers: { name: tides }"; what comes of it is kept in tests/<case>/.

Examples:
  curtain-call playbook test our-service             every file that is not as expected, with its first line
  curtain-call playbook test our-service --update    keep what is made now as what is expected`;

const what = "the playbook's folder, or the name of a built-in one";

/** The command `playbook`: writing, checking and rendering playbooks, without a network. `thisYear` is what {{year}} is. */
export function createPlaybookCommand(terminal: Terminal, thisYear: number): Command {
  const here = (path: string): string => resolve(callerDirectory(terminal), path);
  return (
    new Command("playbook")
      .summary("write, check and render playbooks")
      .description("Writes, checks and renders playbooks: what one team learned, as the next team's start.")
      .usage("<command> [options]")
      .addHelpText("after", examples)
      // Reached where none of those below is named.
      .argument("[command]")
      .action((named: string | undefined) => {
        const asked = named === undefined ? "name a command of playbook" : `'${named}' is no command of playbook`;
        throw new UserError(`${asked}: list, show, render, lint, test, form, new`, { misuse: true });
      })
      .addCommand(
        new Command("list")
          .description("Lists the built-in playbooks.")
          .allowExcessArguments(false)
          .action(() => listPlaybooks(terminal)),
      )
      .addCommand(
        new Command("show")
          .description("Shows what a playbook asks for and makes.")
          .argument("<playbook>", what)
          .allowExcessArguments(false)
          .action((named: string) => showPlaybook(named, terminal)),
      )
      .addCommand(createRender(terminal, thisYear))
      .addCommand(
        new Command("lint")
          .description("Checks manifest, templates and names: every mistake with its file and line.")
          .argument("<playbook>", what)
          .allowExcessArguments(false)
          .action((named: string) => lintPlaybook(named, terminal)),
      )
      .addCommand(
        new Command("test")
          .description("Makes the playbook of each case in tests/*.yml, and compares it with what is kept beside it.")
          .argument("<playbook>", what)
          .option("--update", "keep what is made now as what is expected")
          .addHelpText("after", testExamples)
          .allowExcessArguments(false)
          .action((named: string, { update = false }: { update?: boolean }) =>
            testPlaybook({ named, update }, terminal),
          ),
      )
      .addCommand(
        new Command("form")
          .description("Writes the issue form that asks for everything that the playbook does.")
          .argument("<playbook>", what)
          .option("--out <file>", "a new file, such as .github/ISSUE_TEMPLATE/node-service.yml")
          .allowExcessArguments(false)
          .action((named: string, { out }: { out?: string }) =>
            writeForm({ named, out: out === undefined ? null : here(out) }, terminal),
          ),
      )
      .addCommand(
        new Command("new")
          .description("Writes a small playbook to begin with.")
          .argument("<dir>", "a new folder, whose name is the playbook's")
          .allowExcessArguments(false)
          .action((folder: string) => newPlaybook(here(folder), terminal)),
      )
  );
}

interface RenderOptions {
  readonly set?: readonly string[];
  readonly out?: string;
  readonly issues?: string;
  readonly organisation: string;
  readonly year: number;
}

function createRender(terminal: Terminal, thisYear: number): Command {
  const here = (path: string | undefined): string | null =>
    path === undefined ? null : resolve(callerDirectory(terminal), path);
  return new Command("render")
    .description("Makes a playbook of answers: into a folder, or, without --out, as the plan of what would be made.")
    .argument("<playbook>", what)
    .addOption(
      new Option("--set <name=value>", "an answer; repeatable").argParser(
        (value: string, previous: string[] | undefined) => [...(previous ?? []), value],
      ),
    )
    .option("--out <dir>", "write the files into this folder, which is empty or not there yet")
    .option("--issues <dir>", "write the issues into this one")
    .addOption(
      new Option("--organisation <login>", "whose repository it would be").default("acme").argParser(parseLogin),
    )
    .addOption(new Option("--year <year>", "what {{year}} is").default(thisYear, "this one").argParser(parseYear))
    .addHelpText("after", renderExamples)
    .allowExcessArguments(false)
    .action(async (named: string, { set = [], out, issues, organisation, year }: RenderOptions) => {
      const answers = readSets(set);
      await renderToFolder({ named, answers, organisation, year, out: here(out), issuesOut: here(issues) }, terminal);
    });
}

function parseLogin(value: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/.test(value))
    throw new InvalidArgumentError("Give the login of an organisation.");
  return value;
}

function parseYear(value: string): number {
  if (!/^\d{4}$/.test(value)) throw new InvalidArgumentError("Give a year of four digits.");
  return Number(value);
}
