import { stringify } from "csv-stringify/sync";
import { type Role, roles } from "../domain/credit/roles.ts";
import { oneLine } from "../domain/one-line.ts";
import type { Report } from "./report.ts";

/**
 * Comma-separated values (RFC 4180, with line feeds): a header, then people, then assistants. There is a column for
 * each chosen role, whether anybody has it or not.
 */
export function formatCsv(report: Report, chosenRoles: ReadonlySet<Role>): string {
  const columns = roles.filter((role) => chosenRoles.has(role));
  const sections = [
    { kind: "person", members: report.people },
    { kind: "assistant", members: report.assistants },
  ];
  const rows = sections.flatMap(({ kind, members }) =>
    members.map((member) => [
      kind,
      oneLine(member.name),
      member.login,
      oneLine(member.email ?? ""),
      member.commits,
      ...columns.map((role) => member.roles[role] ?? 0),
    ]),
  );
  const header = ["kind", "name", "login", "email", "commits", ...columns];
  // A spreadsheet would run a name that starts with = as a formula.
  return stringify([header, ...rows], { escape_formulas: true });
}
