import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import type { OwnTemplate } from "./own-template.ts";
import { toJson } from "./report.ts";

/** The templates of acknowledgements that come with the product. */
export const acknowledgementTemplates = ["sections", "flat", "table"] as const;

/** In what form acknowledgements are wanted. */
export interface AcknowledgementsForm {
  readonly format: "markdown" | "json" | "csv";
  /** The template of Markdown. */
  readonly template: (typeof acknowledgementTemplates)[number] | OwnTemplate;
}

/** Puts acknowledgements into a form; loads what that form needs, and only that. Throws a UserError for a broken template. */
export async function formatAcknowledgements(
  acknowledgements: Acknowledgements,
  { format, template }: AcknowledgementsForm,
): Promise<string> {
  switch (format) {
    case "json":
      return `${toJson(acknowledgements, 2)}\n`;
    case "csv":
      return (await import("./format-acknowledgements-csv.ts")).formatAcknowledgementsCsv(acknowledgements);
    case "markdown":
      return typeof template === "string"
        ? formatByOurs(acknowledgements, template)
        : formatByOwn(acknowledgements, template);
  }
}

async function formatByOurs(acknowledgements: Acknowledgements, template: string): Promise<string> {
  const [{ loadTemplate }, { acknowledgementPartials, renderAcknowledgements }] = await Promise.all([
    import("../render/load-template.ts"),
    import("../render/render-acknowledgements.ts"),
  ]);
  const words = await loadTemplate(`releases/${template}.md.hbs`, acknowledgementPartials);
  return renderAcknowledgements(acknowledgements, words);
}

async function formatByOwn(acknowledgements: Acknowledgements, template: OwnTemplate): Promise<string> {
  const [{ useOwnTemplate }, { acknowledgementPartials }, { renderOwnAcknowledgements }] = await Promise.all([
    import("./use-own-template.ts"),
    import("../render/render-acknowledgements.ts"),
    import("../render/render-own-acknowledgements.ts"),
  ]);
  return useOwnTemplate(template, acknowledgementPartials, (render) =>
    renderOwnAcknowledgements(acknowledgements, render),
  );
}
