import { styleText } from "node:util";
import stringWidth from "string-width";
import { roles } from "../domain/credit/roles.ts";
import { oneLine } from "../domain/one-line.ts";
import type { Report, ReportedPerson } from "./report.ts";

const widestCell = 40;
const narrowestRoles = 24;
const unattributedShown = 5;

/** A table for a terminal: as wide as it is, and in colour where it and NO_COLOR allow it. */
export function formatTable(report: Report, stdout: NodeJS.WritableStream & { columns?: number }): string {
  const bold = (text: string): string => styleText("bold", text, { stream: stdout });
  const dim = (text: string): string => styleText("dim", text, { stream: stdout });
  const { people, assistants, unattributed } = report;
  const withEmails = [...people, ...assistants].some((member) => member.email !== null);

  const columns = (member: ReportedPerson): string[] => [
    shorten(member.name || member.login || "(no name)"),
    ...(withEmails ? [oneLine(member.email ?? "")] : []),
    member.commits.toLocaleString("en"),
  ];
  const titles = ["Person", ...(withEmails ? ["Address"] : []), "Commits"];
  const widths = [titles, ...people.map(columns), ...assistants.map(columns)].reduce(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, stringWidth(cell))),
    [] as number[],
  );
  const leftWidth = widths.reduce((sum, width) => sum + width + 2, 0);
  const rolesWidth = Math.max(narrowestRoles, (stdout.columns ?? Number.POSITIVE_INFINITY) - leftWidth);
  const line = (cells: readonly string[], last: readonly string[]): string => {
    const padded = cells.map((cell, column) => {
      const padding = " ".repeat((widths[column] ?? 0) - stringWidth(cell));
      return column === cells.length - 1 ? padding + cell : cell + padding;
    });
    return `${padded.join("  ")}  ${last.join(`\n${" ".repeat(leftWidth)}`)}`;
  };
  const row = (member: ReportedPerson): string => line(columns(member), wrap(describeRoles(member), rolesWidth));

  const lines = [bold(`${count(report.commits, "commit", "commits")} in ${oneLine(report.range)}`)];
  if (people.length > 0) lines.push("", dim(line(titles, ["Roles"])));
  for (const person of people) lines.push(row(person));
  if (assistants.length > 0) lines.push("", bold("Assistants and bots"));
  for (const assistant of assistants) lines.push(row(assistant));
  if (people.length + assistants.length === 0) lines.push("", "Nobody has any of the roles asked for.");
  if (unattributed.length > 0) {
    const heading = `Unattributed, for want of a well-formed name and address: ${unattributed.length.toLocaleString("en")}`;
    lines.push("", bold(heading));
    for (const { commit, role, text } of unattributed.slice(0, unattributedShown)) {
      lines.push(`${commit.slice(0, 10)}  ${role}  ${shorten(text)}`);
    }
    if (unattributed.length > unattributedShown) lines.push(dim("… and more: --format json lists them all"));
  }
  return `${lines.join("\n")}\n`;
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

function describeRoles(member: ReportedPerson): string[] {
  return roles
    .filter((role) => member.roles[role] !== undefined)
    .map((role) => `${role} ${member.roles[role]?.toLocaleString("en")}`);
}

/** Puts words on lines, with a comma behind each but the last. */
function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const [index, word] of words.entries()) {
    const text = index < words.length - 1 ? `${word},` : word;
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= width) lines[lines.length - 1] = `${last} ${text}`;
    else lines.push(text);
  }
  return lines;
}

/** One line that is not too wide. */
function shorten(text: string): string {
  // What is far too long is cut before it is measured, which takes time for each letter.
  const line = oneLine(text.slice(0, widestCell * 16));
  if (stringWidth(line) <= widestCell) return line;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(cut + segment) >= widestCell) break;
    cut += segment;
  }
  return `${cut}…`;
}
