import { hideAddresses } from "../domain/credit/hide-addresses.ts";
import { type Role, roles } from "../domain/credit/roles.ts";
import type { Tally, TallyEntry } from "../domain/credit/tally.ts";
import { oneLine } from "../domain/one-line.ts";

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
    login: entry.login === null ? null : oneLine(entry.login),
    email: options.emails ? entry.email.toWellFormed() : null,
    commits: entry.commits,
    roles: Object.fromEntries(roles.flatMap((role) => (role in entry.roles ? [[role, entry.roles[role]]] : []))),
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
  return (emails ? text : hideAddresses(text)).toWellFormed();
}

/** JSON that shows a terminal nothing but text: what could steer one is escaped. */
export function toJson(value: unknown, indentation = 0): string {
  return JSON.stringify(value, null, indentation).replace(
    /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
