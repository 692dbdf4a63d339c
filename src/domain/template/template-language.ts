/** What a helper takes, and what becomes of its text where it is written. */
export interface HelperRule {
  /** How many values: exactly so many, or from one number to another. */
  readonly params: number | { readonly from: number; readonly to: number };
  /** A text that is finished, one of the values behind its first, or a value that is written like any other. */
  readonly gives: "text" | "choice" | "value";
}

/** What templates of a kind may call. */
export interface TemplateLanguage {
  /** The helpers that stand for a text or a value. */
  readonly inline: Readonly<Record<string, HelperRule>>;
  /** The helpers that stand around a piece of template, with how many values each takes. */
  readonly blocks: Readonly<Record<string, number>>;
  /** The helper by which each value is written that stands in the text as it is, without having to be asked for. */
  readonly writer: string;
}

/** The variables that begin with `@`. */
export const dataVariables: readonly string[] = ["root", "index", "first", "last", "key"];

/** The rule of a helper that stands for a text or a value; null for any other name. */
export function inlineRule({ inline }: TemplateLanguage, name: string): HelperRule | null {
  return Object.hasOwn(inline, name) ? (inline[name] ?? null) : null;
}

/** How many values a block takes; null for what is none. */
export function blockParams({ blocks }: TemplateLanguage, name: string): number | null {
  return Object.hasOwn(blocks, name) ? (blocks[name] ?? null) : null;
}
