import { styleText } from "node:util";
import stringWidth from "string-width";
import { roles } from "../domain/credit/roles.ts";
import type { Report, ReportedPerson } from "./report.ts";
import type { Terminal } from "./terminal.ts";

const widestName = 40;
const unattributedShown = 5;

/** A table for a terminal, in colour where the terminal and NO_COLOR allow it. */
export function formatTable(report: Report, stdout: Terminal["stdout"]): string {
  const bold = (text: string): string => styleText("bold", text, { stream: stdout });
  const dim = (text: string): string => styleText("dim", text, { stream: stdout });
  const { people, assistants, unattributed } = report;
  const everybody = [...people, ...assistants];
  const withEmails = everybody.some((member) => member.email !== null);
  const rows = (members: readonly ReportedPerson[]): string[][] =>
    members.map((member) => [
      printable(member.name || member.login || "(no name)"),
      ...(withEmails ? [printable(member.email ?? "")] : []),
      member.commits.toLocaleString("en"),
      describeRoles(member),
    ]);
  const header = ["Person", ...(withEmails ? ["Address"] : []), "Commits", "Roles"];
  const widths = header.map((title, column) =>
    rows(everybody).reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? "")), title.length),
  );
  const rightColumn = header.indexOf("Commits");
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => {
        const padding = " ".repeat((widths[column] ?? 0) - stringWidth(cell));
        return column === rightColumn ? padding + cell : cell + padding;
      })
      .join("  ")
      .trimEnd();

  const lines = [bold(`${report.commits.toLocaleString("en")} commits in ${printable(report.range)}`)];
  if (people.length > 0) lines.push("", dim(line(header)), ...rows(people).map(line));
  if (assistants.length > 0) lines.push("", bold("Assistants and bots"), ...rows(assistants).map(line));
  if (unattributed.length > 0) {
    const count = unattributed.length.toLocaleString("en");
    lines.push("", bold(`Unattributed, for want of a well-formed name and address: ${count}`));
    for (const { commit, role, text } of unattributed.slice(0, unattributedShown)) {
      lines.push(`${commit.slice(0, 10)}  ${role}  ${printable(text)}`);
    }
    if (unattributed.length > unattributedShown) lines.push(dim("… and more: --format json lists them all"));
  }
  return `${lines.join("\n")}\n`;
}

function describeRoles(member: ReportedPerson): string {
  return roles
    .filter((role) => member.roles[role] !== undefined)
    .map((role) => `${role} ${member.roles[role]?.toLocaleString("en")}`)
    .join(", ");
}

/** One line with nothing in it that steers a terminal or turns the writing around, and not too wide. */
function printable(text: string): string {
  const line = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, " ");
  if (stringWidth(line) <= widestName) return line;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(cut + segment) >= widestName) break;
    cut += segment;
  }
  return `${cut}…`;
}
