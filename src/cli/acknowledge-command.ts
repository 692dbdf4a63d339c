import { resolve } from "node:path";
import { Command, Option } from "commander";
import { UserError } from "../domain/errors.ts";
import { callerDirectory } from "./caller-directory.ts";
import { acknowledgementTemplates } from "./format-acknowledgements.ts";
import type { ReleaseOptions } from "./read-release-wishes.ts";
import { readTeam } from "./read-team.ts";
import type { AcknowledgeRequest } from "./run-acknowledge.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  repo?: string;
  github?: string;
  token?: string;
  apiUrl?: string;
  format?: ReleaseOptions["format"];
  template?: string;
  sort?: NonNullable<ReleaseOptions["sort"]>;
  exclude?: string[];
  team?: string;
  mentions?: true;
  ignoreConfig?: true;
  write?: string;
}

const more = `
For a single tag, the range begins at the release before it: of the same prefix (web-v1.2.0), and by version, not by date.

The repository's own settings count, as .github/curtain-call.yml has them at the end of the range: its template, order,
who is not listed, trailers, roles by paths, and what the releases of a tag prefix are made of. Options win over them.

JSON and CSV hold everything: each person's name, login, profile, whether they are new and whether of the team, in how
many works they have each role, and the numbers of their pull requests; assistants are apart from people. JSON has them
by sections as well.

With --github the repository is read from GitHub, without a clone and whether or not the app is installed there. Then whoever
reviewed and whoever reported what was closed are named too. GitHub answers this only with a token, for public repositories
as well: one without any rights does for them. It is best given as GITHUB_TOKEN or GH_TOKEN. Nothing is written to GitHub.

Examples:
  curtain-call acknowledge v1.4.0                            everybody since the release before v1.4.0
  curtain-call acknowledge v1.3.0..HEAD --repo ../tides      what another clone's next release has so far
  curtain-call acknowledge v1.4.0 --template table           as a table
  curtain-call acknowledge v1.4.0 --template ./thanks.hbs    in your own words; see curtain-call preview
  curtain-call acknowledge v1.4.0 --exclude "*[bot]" --exclude ada
                                                             without some, by login or name
  curtain-call acknowledge v1.4.0 --team ada,grace           the team apart from the community
  curtain-call acknowledge v1.4.0 --github acme/tides        without a clone
  curtain-call acknowledge v1.4.0 --write CHANGELOG.md       into a file, between its markers or at the end
  curtain-call acknowledge v1.4.0 --format csv > people.csv  for a spreadsheet`;

/** The command `acknowledge`: thanks everybody who made a release, from a local clone. */
export function createAcknowledgeCommand(terminal: Terminal): Command {
  return new Command("acknowledge")
    .summary("thank everybody who made a release")
    .description(
      "Writes the section of a release that thanks everybody who made it, from a local clone without a network, or from GitHub.",
    )
    .usage("<from>..<to> | <tag> [options]")
    .argument("<range>", "from one release to another, or the tag of one")
    .option("--repo <dir>", "the clone (default: where you are)")
    .option("--github <owner/name>", "a repository on GitHub, in place of a clone")
    .option("--token <token>", "for GitHub (default: GITHUB_TOKEN or GH_TOKEN)")
    .option("--api-url <address>", "of a GitHub Enterprise Server, as https://example.com/api/v3")
    .option("--template <name>", "how it is told: sections, flat, table, or a file that ends with .hbs")
    .addOption(new Option("--sort <by>", "whoever did most first, or by name").choices(["credits", "name"]))
    .addOption(
      new Option("--exclude <who>", "somebody not to list, by login or name, * for anything; repeatable").argParser(
        (value: string, previous: string[] | undefined) => [...(previous ?? []), value],
      ),
    )
    .option("--team <who>", "who is of the team, shown apart: logins as ada,grace, or a file of them as @team.txt")
    .option("--mentions", "mention people, which tells them, in place of links")
    .option("--ignore-config", "leave the repository's own settings aside")
    .addOption(new Option("--format <format>", "(default: markdown)").choices(["markdown", "json", "csv"]))
    .option("--write <file>", "write the section into this file, and touch nothing else in it")
    .addHelpText("after", more)
    .allowExcessArguments(false)
    .action(async (range: string, options: Options) => {
      const request = createRequest(range, options, terminal);
      // What it takes, other commands need not load.
      if (options.github !== undefined) {
        const { runAcknowledgeOnGitHub } = await import("./run-acknowledge-on-github.ts");
        await runAcknowledgeOnGitHub({ ...request, ...readGitHubOptions(options, terminal) }, terminal);
        return;
      }
      const { repo = ".", token, apiUrl } = options;
      if (token !== undefined || apiUrl !== undefined)
        refuse("--token and --api-url are for --github: name a repository by it");
      const { runAcknowledge } = await import("./run-acknowledge.ts");
      await runAcknowledge({ ...request, directory: resolve(callerDirectory(terminal), repo) }, terminal);
    });
}

function createRequest(range: string, options: Options, terminal: Terminal): AcknowledgeRequest {
  const { format = "markdown", template, write, team } = options;
  if (format !== "markdown" && write !== undefined) refuse(`--write writes Markdown: leave --format ${format} away`);
  if (format !== "markdown" && template !== undefined) {
    refuse(`--template is for Markdown: leave --format ${format} or --template ${template} away`);
  }
  if (write === "") refuse("--write needs the name of a file");
  const here = callerDirectory(terminal);
  return {
    ...parseRange(range),
    format,
    template: template === undefined ? null : parseTemplate(template, here),
    sort: options.sort ?? null,
    exclude: options.exclude ?? null,
    team: team === undefined ? [] : readTeam(team, here),
    mentions: options.mentions ?? null,
    ignoresSettings: options.ignoreConfig ?? false,
    write: write === undefined ? null : resolve(here, write),
  };
}

function readGitHubOptions({ github = "", repo, token, apiUrl }: Options, { env }: Terminal) {
  if (repo !== undefined) refuse("--repo is a clone and --github is none: leave one of them away");
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(github) ?? [];
  if (owner === undefined || name === undefined) refuse(`'${github}' is no repository; write it as owner/name`);
  const address = apiUrl ?? "https://api.github.com";
  const { protocol, hostname } = URL.parse(address) ?? { protocol: "", hostname: "" };
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  // Anybody on the way could read the token.
  if (protocol !== "https:" && !(protocol === "http:" && isHere)) {
    refuse(`'${address}' is no address with https; write it as https://example.com/api/v3`);
  }
  const own = token || env["GITHUB_TOKEN"] || env["GH_TOKEN"];
  if (!own) {
    throw new UserError(
      "GitHub tells who reviewed and reported only with a token, for public repositories too; make one (it needs no rights for those) and give it as GITHUB_TOKEN",
    );
  }
  return { owner, name, token: own, apiUrl: address.replace(/\/+$/, "") };
}

function parseTemplate(value: string, directory: string): NonNullable<ReleaseOptions["template"]> {
  const known = acknowledgementTemplates.find((name) => name === value);
  if (known !== undefined) return known;
  if (value.endsWith(".hbs")) return { file: resolve(directory, value) };
  return refuse(
    `'${value}' is no template; there are ${acknowledgementTemplates.join(", ")}, and files that end with .hbs`,
  );
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
