import { stringify } from "csv-stringify/sync";
import type { Contributors } from "../domain/contributors/list-contributors.ts";
import { oneLine } from "../domain/one-line.ts";

/** Comma-separated values (RFC 4180, with line feeds): a header, then people, then assistants. */
export function formatContributorsCsv({ people, assistants }: Contributors): string {
  const sections = [
    { kind: "person", members: people },
    { kind: "assistant", members: assistants },
  ];
  const rows = sections.flatMap(({ kind, members }) =>
    members.map(({ name, login, url, roles }) => [
      kind,
      oneLine(name),
      oneLine(login ?? ""),
      oneLine(url ?? ""),
      roles.join(" "),
    ]),
  );
  // A spreadsheet would run a name that starts with = as a formula.
  return stringify([["kind", "name", "login", "url", "roles"], ...rows], { escape_formulas: true });
}
