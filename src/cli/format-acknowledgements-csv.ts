import { stringify } from "csv-stringify/sync";
import { roles } from "../domain/credit/roles.ts";
import { oneLine } from "../domain/one-line.ts";
import type { Acknowledgements } from "../domain/release/acknowledge.ts";

/** Comma-separated values (RFC 4180, with line feeds): a header, then people, then assistants, with a column for each role. */
export function formatAcknowledgementsCsv({ people, assistants }: Acknowledgements): string {
  const sections = [
    { kind: "person", members: people },
    { kind: "assistant", members: assistants },
  ];
  const rows = sections.flatMap(({ kind, members }) =>
    members.map((member) => [
      kind,
      oneLine(member.name),
      oneLine(member.login ?? ""),
      member.url ?? "",
      member.isNewcomer ? "yes" : "no",
      member.isTeam ? "yes" : "no",
      member.works,
      ...roles.map((role) => member.roles[role] ?? 0),
      member.pulls.join(" "),
    ]),
  );
  const header = ["kind", "name", "login", "profile", "newcomer", "team", "works", ...roles, "pulls"];
  // A spreadsheet would run a name that starts with = as a formula.
  return stringify([header, ...rows], { escape_formulas: true });
}
