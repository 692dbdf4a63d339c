import type { Report } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** Puts a report in the form that was asked for. What only one form needs is loaded for that form alone. */
export async function formatReport(
  report: Report,
  options: { format: "table" | "markdown" | "json" | "csv"; stdout: Terminal["stdout"] },
): Promise<string> {
  switch (options.format) {
    case "json":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "csv":
      return (await import("./format-csv.ts")).formatCsv(report);
    case "markdown":
      return (await import("../render/render-template.ts")).renderTemplate("reports/credits.md.hbs", report);
    case "table":
      return (await import("./format-table.ts")).formatTable(report, options.stdout);
  }
}
