import { markdownHelpers } from "./markdown-helpers.ts";
import { createPlaybookHelpers } from "./playbook-helpers.ts";

/** The language of a template, with what its helpers need to know besides their values. */
export type TemplateKind =
  | { readonly language: "comment" }
  | {
      readonly language: "playbook";
      /** What {{year}} is. */
      readonly year: number;
    };

/** The helpers of a language that stand for a value, and the block that quotes Markdown, which no playbook's template gets past its check with. */
export function createHelpers(kind: TemplateKind): {
  readonly inline: Readonly<Record<string, (...values: never[]) => unknown>>;
  readonly quote: typeof markdownHelpers.quote;
} {
  const { quote, ...inline } = markdownHelpers;
  return { inline: kind.language === "playbook" ? createPlaybookHelpers(kind.year) : inline, quote };
}
