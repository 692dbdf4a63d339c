import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { toJson } from "./report.ts";

/** In what form acknowledgements are wanted. */
export interface AcknowledgementsForm {
  readonly format: "markdown" | "json" | "csv";
  /** The template of Markdown. */
  readonly template: "sections" | "flat" | "table";
}

/** Loads what one form needs, and only that. */
export async function loadAcknowledgementsFormat({
  format,
  template,
}: AcknowledgementsForm): Promise<(acknowledgements: Acknowledgements) => string> {
  switch (format) {
    case "json":
      return (acknowledgements) => `${toJson(acknowledgements, 2)}\n`;
    case "csv":
      return (await import("./format-acknowledgements-csv.ts")).formatAcknowledgementsCsv;
    case "markdown": {
      const [{ loadTemplate }, { renderAcknowledgements }] = await Promise.all([
        import("../render/load-template.ts"),
        import("../render/render-acknowledgements.ts"),
      ]);
      const included = ["opening", "closing", "pulls"].map((name) => `releases/${name}.md.hbs`);
      const words = await loadTemplate(`releases/${template}.md.hbs`, included);
      return (acknowledgements) => renderAcknowledgements(acknowledgements, words);
    }
  }
}
