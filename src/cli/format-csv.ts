import { stringify } from "csv-stringify/sync";
import { roles } from "../domain/credit/roles.ts";
import type { Report } from "./report.ts";

/** Comma-separated values (RFC 4180 with line feeds): a header, then people, then assistants. */
export function formatCsv(report: Report): string {
  const shownRoles = roles.filter((role) =>
    [...report.people, ...report.assistants].some((person) => person.roles[role]),
  );
  const sections = [
    { kind: "person", members: report.people },
    { kind: "assistant", members: report.assistants },
  ];
  const rows = sections.flatMap(({ kind, members }) =>
    members.map((member) => [
      kind,
      member.name,
      member.login,
      member.email,
      member.commits,
      ...shownRoles.map((role) => member.roles[role] ?? 0),
    ]),
  );
  const header = ["kind", "name", "login", "email", "commits", ...shownRoles];
  // A spreadsheet would run a name that starts with = as a formula.
  return stringify([header, ...rows], { escape_formulas: true });
}
