import type { HelperRule } from "./template-language.ts";

/** What templates of comments and releases may call: they make Markdown, in which every value is escaped. */
export const commentLanguage = {
  writer: "md",
  inline: {
    md: { params: 1, gives: "text" },
    code: { params: 1, gives: "text" },
    number: { params: 1, gives: "text" },
    person: { params: 1, gives: "text" },
    people: { params: 1, gives: "text" },
    fence: { params: 1, gives: "text" },
    address: { params: 1, gives: "text" },
    plural: { params: 3, gives: "choice" },
    is: { params: 2, gives: "value" },
    size: { params: 1, gives: "value" },
  } satisfies Readonly<Record<string, HelperRule>>,
  blocks: { if: 1, unless: 1, each: 1, with: 1, quote: 0 },
} as const;
