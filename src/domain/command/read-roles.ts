import type { Role } from "../credit/roles.ts";
import { didYouMean, inCode, type Mistake, mistake } from "./mistake.ts";
import { isMention } from "./read-mentions.ts";
import { knownRoleWords, roleOf } from "./role-words.ts";
import { separator } from "./words.ts";

/** What follows `for`. */
export interface NamedRoles {
  /** Each once, in the order in which they are named; at least one. */
  readonly roles: readonly Role[];
  /** The words after the role of a mentor that name people. */
  readonly mentees: readonly string[];
}

/** Reads `review, mentoring @ada`: roles, and after the role of a mentor those who were mentored. */
export function readRoles(words: readonly string[]): NamedRoles | Mistake {
  const roles = new Set<Role>();
  const mentees: string[] = [];
  let last: Role | null = null;
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place] ?? "";
    if (word === separator) continue;
    if (isMention(word)) {
      if (last !== "mentor") return misplaced(word);
      mentees.push(word);
      continue;
    }
    // Two words first: in "code review", "code" is no role of its own.
    const two: Role | null = roleOf(`${word} ${words[place + 1] ?? separator}`);
    last = two ?? roleOf(word);
    if (last === null) return unknown(word);
    roles.add(last);
    if (two !== null) place += 1;
  }
  return roles.size === 0
    ? mistake("Say at least one role after `for`. All roles: `/credit help`.")
    : { roles: [...roles], mentees };
}

function misplaced(word: string): Mistake {
  return mistake(`Move ${inCode(word)} in front of \`for\`: only after \`mentoring\` come those who were mentored.`);
}

function unknown(word: string): Mistake {
  if (/^playbooks?$/i.test(word)) {
    return mistake("Credit for a playbook comes from each of its runs, and no command gives it.");
  }
  const meant = didYouMean(word, knownRoleWords());
  return mistake(`I don't know the role ${inCode(word)}.${meant} All roles: \`/credit help\`.`);
}
