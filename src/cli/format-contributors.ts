import type { Contributors } from "../domain/contributors/list-contributors.ts";
import type { ContributorsWords } from "../domain/contributors/write-contributors.ts";
import { toJson } from "./report.ts";

export type ContributorsFormat = "markdown" | "json" | "csv";

/** Contributors as they are printed. What one form needs is loaded with it. */
export async function formatContributors(contributors: Contributors, format: ContributorsFormat): Promise<string> {
  switch (format) {
    case "json":
      return `${toJson(contributors, 2)}\n`;
    case "csv":
      return (await import("./format-contributors-csv.ts")).formatContributorsCsv(contributors);
    case "markdown":
      return (await loadContributorsWords(contributors)).list;
  }
}

/** The words of the file that names them. */
export async function loadContributorsWords(contributors: Contributors): Promise<ContributorsWords> {
  const { loadContributorsTemplates, renderContributors } = await import("../render/render-contributors.ts");
  return renderContributors(contributors, await loadContributorsTemplates());
}
