import type { CreditCommand } from "./credit-command-kinds.ts";
import { readGive, readRemove } from "./give-and-remove.ts";
import { didYouMean, inCode, type Mistake, mistake } from "./mistake.ts";
import { isMention, readMentions } from "./read-mentions.ts";
import { readWords, separator } from "./words.ts";

type Subcommand = Exclude<CreditCommand["kind"], "give">;

const readers: Readonly<Record<Subcommand, (words: readonly string[]) => CreditCommand | Mistake>> = {
  remove: readRemove,
  why: (words) => readAbout("why", words),
  tally: (words) => readAbout("tally", words),
  release: readRelease,
  "never-me": (words) => readAlone("never-me", words),
  "forget-me": (words) => readAlone("forget-me", words),
  help: (words) => readAlone("help", words),
};

/** Reads what follows `/credit` on its line; nothing asks for help. */
export function readCreditCommand(argument: string): CreditCommand | Mistake {
  const words = readWords(argument);
  const [first = "help", ...others] = words;
  const subcommand = first.toLowerCase();
  if (isSubcommand(subcommand)) return readers[subcommand](others);
  const hasRoles = words.some((word) => word.toLowerCase() === "for");
  const meant = isMention(first) ? "" : describeMeant(words, hasRoles);
  if (isMention(first) || (hasRoles && meant === "")) return readGive(words);
  return mistake(`I don't know ${inCode(first)}.${meant} All that I know: \`/credit help\`.`);
}

function isSubcommand(word: string): word is Subcommand {
  return Object.hasOwn(readers, word);
}

/** The subcommand that was most likely meant, as a question. */
function describeMeant([first = "", second = ""]: readonly string[], hasRoles: boolean): string {
  // Where roles are named, "sally" is somebody without an @ rather than a slip for `tally`.
  if (hasRoles) return didYouMean(first, new Map([["remove", "remove"]]));
  const known = new Map(Object.keys(readers).map((name) => [name, name]));
  // "never me" is near `never-me`.
  return didYouMean(first, known) || didYouMean(`${first}-${second}`, known);
}

function readAbout(kind: "why" | "tally", words: readonly string[]): CreditCommand | Mistake {
  const logins = readMentions(words.filter((word) => word !== separator));
  if ("kind" in logins) return logins;
  const [login = null] = logins;
  if (logins.length > 1) return mistake(`\`/credit ${kind}\` tells of one person: write a line for each.`);
  return { kind, login };
}

function readRelease(words: readonly string[]): CreditCommand | Mistake {
  const [tag, ...others] = words.filter((word) => word !== separator);
  if (tag === undefined) return mistake("Which release? Write its tag, as in `/credit release v1.2.0`.");
  if (others.length > 0) return mistake("`/credit release` takes one tag: write a line for each.");
  return { kind: "release", tag };
}

function readAlone(kind: "never-me" | "forget-me" | "help", words: readonly string[]): CreditCommand | Mistake {
  const [extra] = words;
  return extra === undefined
    ? { kind }
    : mistake(`\`/credit ${kind}\` stands alone on its line: leave out ${inCode(words.join(" "))}.`);
}
