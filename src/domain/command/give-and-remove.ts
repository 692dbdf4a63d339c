import type { CreditCommand } from "./credit-command-kinds.ts";
import { inCode, type Mistake, mistake } from "./mistake.ts";
import { isMention, readMentions } from "./read-mentions.ts";
import { readRoles } from "./read-roles.ts";
import { roleOf } from "./role-words.ts";
import { separator } from "./words.ts";

/** Nobody thanks more at once on purpose, and each has to be looked up. */
const mostPeople = 50;
const example = "`/credit @ada for review`";

/** Reads `@ada @grace for review, mentoring @hedy`. */
export function readGive(words: readonly string[]): CreditCommand | Mistake {
  const { before, after } = splitAtFor(words);
  const people = readPeople(before);
  if ("kind" in people) return people;
  if (after === null || after.length === 0) {
    return mistake(`Say what for, as in ${example}. All roles: \`/credit help\`.`);
  }
  const given = readRoles(after);
  if ("kind" in given) return given;
  const mentees = readMentions(given.mentees);
  if ("kind" in mentees) return mentees;
  if (mentees.length > mostPeople) return tooMany;
  const mentors = new Set(people.map((login) => login.toLowerCase()));
  const both = mentees.find((login) => mentors.has(login.toLowerCase()));
  if (both !== undefined) return mistake(`${inCode(`@${both}`)} can't be mentor and mentee at once.`);
  return { kind: "give", people, roles: given.roles, mentees };
}

/** Reads `@ada for design`, what follows `remove`. */
export function readRemove(words: readonly string[]): CreditCommand | Mistake {
  const { before, after } = splitAtFor(words);
  const people = readPeople(before);
  if ("kind" in people) return people;
  if (after === null) return { kind: "remove", people, roles: null };
  if (after.length === 0) return mistake("Say which roles after `for`, or leave it out to remove all of them.");
  const removed = readRoles(after);
  if ("kind" in removed) return removed;
  const [mentee] = removed.mentees;
  if (mentee !== undefined) return mistake(`A role is removed as a whole: leave out ${inCode(mentee)}.`);
  return { kind: "remove", people, roles: removed.roles };
}

const tooMany = mistake(`More than ${mostPeople} people in one command: write several.`);

function splitAtFor(words: readonly string[]): { before: readonly string[]; after: readonly string[] | null } {
  const place = words.findIndex((word) => word.toLowerCase() === "for");
  return place === -1
    ? { before: words, after: null }
    : { before: words.slice(0, place), after: words.slice(place + 1) };
}

function readPeople(words: readonly string[]): readonly string[] | Mistake {
  const named = words.filter((word) => word !== separator);
  if (named.length === 0) return mistake(`Say who, as in ${example}.`);
  if (named.some((word) => !isMention(word) && roleOf(word) !== null)) {
    return mistake(`People come first, then \`for\` and their roles, as in ${example}.`);
  }
  const logins = readMentions(named);
  return "kind" in logins || logins.length <= mostPeople ? logins : tooMany;
}
