import type { Credit } from "../domain/credit/credits.ts";
import type { PersonDescription } from "../domain/credit/describe-person.ts";
import type { Person } from "../domain/credit/people.ts";
import type { Role } from "../domain/credit/roles.ts";
import type { Tally } from "../domain/credit/tally.ts";
import { showText, toJson } from "./report.ts";

/** How a person is shown in each line of evidence. */
export type ListedPeople = ReadonlyMap<Person, PersonDescription>;

/** The people and assistants whose evidence is asked for: those that a report with the same options names. */
export function listedPeople(tally: Tally, top: number): ListedPeople {
  const entries = [...tally.people.slice(0, top), ...tally.assistants];
  return new Map(entries.map(({ person, name, login, email }) => [person, { name, login, email }]));
}

/** One JSON line for each credit of a listed person in a chosen role. */
export function formatEvidence(
  credits: readonly Credit[],
  options: { listed: ListedPeople; roles: ReadonlySet<Role>; emails: boolean },
): string {
  let lines = "";
  for (const { commit, role, key, person, found, text } of credits) {
    const shown = options.listed.get(person);
    if (shown === undefined || !options.roles.has(role)) continue;
    const name = showText(shown.name, options.emails);
    const email = options.emails ? shown.email.toWellFormed() : null;
    lines += `${toJson({ commit, role, key, name, email, found, text: showText(text, options.emails) })}\n`;
  }
  return lines;
}
