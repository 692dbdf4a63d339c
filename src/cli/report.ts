import { hideAddresses } from "../domain/credit/hide-addresses.ts";
import { type Role, roles } from "../domain/credit/roles.ts";
import type { Tally, TallyEntry } from "../domain/credit/tally.ts";

/** One line of a report. */
export interface ReportedPerson {
  readonly name: string;
  readonly login: string | null;
  readonly email: string | null;
  readonly commits: number;
  readonly roles: Readonly<Partial<Record<Role, number>>>;
}

/** What `--format json` prints, and what every other format shows. */
export interface Report {
  readonly range: string;
  readonly commits: number;
  readonly people: readonly ReportedPerson[];
  readonly assistants: readonly ReportedPerson[];
  readonly unattributed: readonly { readonly commit: string; readonly role: Role; readonly text: string }[];
}

/** Makes a tally fit to be shown: with no address in it, unless they were asked for. */
export function createReport(tally: Tally, options: { range: string; top: number; emails: boolean }): Report {
  const shown = (text: string): string => showText(text, options.emails);
  const reported = (entry: TallyEntry): ReportedPerson => ({
    name: shown(entry.name),
    login: entry.login,
    email: options.emails ? entry.email.toWellFormed() : null,
    commits: entry.commits,
    roles: Object.fromEntries(roles.flatMap((role) => (entry.roles.has(role) ? [[role, entry.roles.get(role)]] : []))),
  });
  return {
    range: options.range,
    commits: tally.commits,
    people: tally.people.slice(0, options.top).map(reported),
    assistants: tally.assistants.map(reported),
    unattributed: tally.unattributed.map(({ commit, role, text }) => ({ commit, role, text: shown(text) })),
  };
}

/** A text of somebody's as it may be shown. */
export function showText(text: string, emails: boolean): string {
  return emails ? text : hideAddresses(text);
}
