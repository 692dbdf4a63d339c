import { resolve } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { type Role, roles } from "../domain/credit/roles.ts";
import type { AssistantPolicy } from "../domain/credit/tally.ts";
import { UserError } from "../domain/errors.ts";
import { nearest } from "../domain/nearest.ts";
import { callerDirectory } from "./caller-directory.ts";
import { type CreditsRequest, runCredits } from "./run-credits.ts";
import type { Terminal } from "./terminal.ts";

interface Options {
  repo: string;
  format?: CreditsRequest["format"];
  role?: Role[];
  top?: number;
  since?: string;
  until?: string;
  parse?: "strict" | "tolerant";
  assistants?: AssistantPolicy;
  trailer?: Record<string, Role>;
  emails?: true;
  asGit?: true;
  evidence?: true;
}

const examples = `
Paths stand behind a bare --, and limit the count to commits that touch them.

Roles that a history shows: author, co-author, reviewer, reporter, idea, tester, helper, mentor.

Examples:
  curtain-call credits                                  everybody, in the clone you are in
  curtain-call credits v1.0..v2.0 --repo ../tides       between two releases of another clone
  curtain-call credits --role mentor --role helper      who taught and helped
  curtain-call credits --since "1 year ago" -- docs     a year of work on one folder
  curtain-call credits --trailer Paired-with=co-author  with a trailer of your own
  curtain-call credits --evidence | grep 4f2a91c        why each credit exists
  curtain-call credits --format csv > credits.csv       for a spreadsheet`;

/** The command `credits`: who made what is in a local clone, in every role, with the evidence. */
export function createCreditsCommand(terminal: Terminal, paths: readonly string[]): Command {
  return new Command("credits")
    .summary("show who made what is in a clone, in every role")
    .description("Shows who made what is in a local clone, in every role, from its authors and commit trailers.")
    .usage("[<range>] [options] [-- <path>...]")
    .argument("[range]", "the commits to read, as git log takes them", "HEAD")
    .option("--repo <dir>", "the clone", ".")
    .addOption(
      new Option("--format <format>", "table on a terminal, markdown otherwise").choices([
        "table",
        "markdown",
        "json",
        "csv",
      ]),
    )
    .addOption(new Option("--role <role>", "only this role; repeatable").argParser(collectRole))
    .addOption(new Option("--top <n>", "only the first n people").argParser(parseCount))
    .option("--since <date>", "only commits after this date, as git log takes it")
    .option("--until <date>", "only commits before this date")
    .addOption(new Option("--parse <how>", "which trailers count (default: tolerant)").choices(["strict", "tolerant"]))
    .addOption(
      new Option(
        "--assistants <policy>",
        "AI assistants and bots: apart, as people, or not at all (default: section)",
      ).choices(["section", "count", "hide"]),
    )
    .addOption(
      new Option("--trailer <key=role>", "a trailer that gives credit here; repeatable").argParser(collectTrailer),
    )
    .option("--emails", "print addresses; without it none is printed")
    .option("--as-git", "people exactly as git shortlog counts them")
    .option("--evidence", "one JSON line per credit: why it exists")
    .addHelpText("after", examples)
    .allowExcessArguments(false)
    .action(async (range: string, options: Options) => {
      await runCredits(createRequest({ range, options, paths, terminal }), terminal);
    });
}

function createRequest(given: {
  range: string;
  options: Options;
  paths: readonly string[];
  terminal: Terminal;
}): CreditsRequest {
  const { range, options, paths, terminal } = given;
  if (options.evidence && options.format) refuse("--evidence prints JSON lines of its own: leave --format away");
  if (options.asGit && options.parse === "tolerant") refuse("--as-git parses as git does: leave --parse tolerant away");
  if (options.asGit && options.trailer) refuse("--as-git knows git's trailers alone: leave --trailer away");
  if (options.asGit && (options.assistants ?? "count") !== "count") {
    refuse(`--as-git counts assistants as git does: leave --assistants ${options.assistants} away`);
  }
  if (range === "") refuse("the range is empty: name a commit, branch or range such as v1.0..HEAD, or leave it away");
  return {
    directory: resolve(callerDirectory(terminal), options.repo),
    range,
    paths,
    since: options.since,
    until: options.until,
    format: options.evidence ? "evidence" : (options.format ?? (terminal.stdout.isTTY ? "table" : "markdown")),
    roles: new Set(options.role ?? roles),
    top: options.top ?? Number.POSITIVE_INFINITY,
    parse: options.asGit ? "shortlog" : (options.parse ?? "tolerant"),
    assistants: options.asGit ? "count" : (options.assistants ?? "section"),
    additional: options.trailer ?? {},
    emails: options.emails ?? false,
  };
}

function refuse(text: string): never {
  throw new UserError(text, { misuse: true });
}

function parseRole(value: string): Role {
  const role = roles.find((known) => known === value);
  if (role !== undefined) return role;
  const meant = nearest(value, roles);
  throw new InvalidArgumentError(`${meant === null ? "" : `Did you mean ${meant}? `}Roles are ${roles.join(", ")}.`);
}

function collectRole(value: string, previous: Role[] | undefined): Role[] {
  return [...(previous ?? []), parseRole(value)];
}

function collectTrailer(value: string, previous: Record<string, Role> | undefined): Record<string, Role> {
  const [, key, role] = /^([A-Za-z0-9-]+)=(.*)$/.exec(value) ?? [];
  if (key === undefined || role === undefined) {
    throw new InvalidArgumentError("Write a key of letters, digits and -, then = and a role: Paired-with=co-author.");
  }
  return { ...previous, [key]: parseRole(role) };
}

function parseCount(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError("Give a whole number, 1 or more.");
  return Number(value);
}
