import type { Role } from "../domain/credit/roles.ts";
import { type Report, toJson } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** Puts a report in one form. */
export type FormatReport = (report: Report) => string;

/** Loads what one form needs, and only that; it takes as long as git takes to open a clone. */
export async function loadFormat(
  request: { format: "table" | "markdown" | "json" | "csv"; roles: ReadonlySet<Role> },
  stdout: Terminal["stdout"],
): Promise<FormatReport> {
  switch (request.format) {
    case "json":
      return (report) => `${toJson(report, 2)}\n`;
    case "csv": {
      const { formatCsv } = await import("./format-csv.ts");
      return (report) => formatCsv(report, request.roles);
    }
    case "markdown":
      return (await import("../render/load-template.ts")).loadTemplate("reports/credits.md.hbs");
    case "table": {
      const { formatTable } = await import("./format-table.ts");
      return (report) => formatTable(report, stdout);
    }
  }
}
