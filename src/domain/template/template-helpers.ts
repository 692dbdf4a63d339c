/** What a helper takes, and what becomes of its text where it is written into Markdown. */
export interface HelperRule {
  readonly params: number;
  /** Safe Markdown, one of the values behind its first, or a value that is escaped like any other. */
  readonly gives: "markdown" | "choice" | "value";
}

/** The helpers that stand for a text or a value. */
export const inlineHelpers = {
  md: { params: 1, gives: "markdown" },
  code: { params: 1, gives: "markdown" },
  number: { params: 1, gives: "markdown" },
  person: { params: 1, gives: "markdown" },
  people: { params: 1, gives: "markdown" },
  fence: { params: 1, gives: "markdown" },
  address: { params: 1, gives: "markdown" },
  plural: { params: 3, gives: "choice" },
  is: { params: 2, gives: "value" },
  size: { params: 1, gives: "value" },
} as const satisfies Readonly<Record<string, HelperRule>>;

/** The helpers that stand around a piece of template, with how many values each takes. */
export const blockHelpers = { if: 1, unless: 1, each: 1, with: 1, quote: 0 } as const satisfies Readonly<
  Record<string, number>
>;

/** The variables that begin with `@`. */
export const dataVariables: readonly string[] = ["root", "index", "first", "last", "key"];

/** The rule of a helper that stands for a text or a value; null for any other name. */
export function inlineRule(name: string): HelperRule | null {
  return new Map<string, HelperRule>(Object.entries(inlineHelpers)).get(name) ?? null;
}

/** How many values a block takes; null for what is none. */
export function blockParams(name: string): number | null {
  return new Map<string, number>(Object.entries(blockHelpers)).get(name) ?? null;
}
