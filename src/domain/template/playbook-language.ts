import type { HelperRule } from "./template-language.ts";

const oneText = { params: 1, gives: "text" } as const satisfies HelperRule;
const oneValue = { params: 1, gives: "value" } as const satisfies HelperRule;
const some = { from: 2, to: 10 };

/**
 * What templates of playbooks may call. They make any kind of file: nothing is escaped by itself, quoting is the
 * helpers' work, and a value that stands by itself has to be a single line.
 */
export const playbookLanguage = {
  writer: "plain",
  inline: {
    json: oneText,
    yaml: oneText,
    sh: oneText,
    md: oneText,
    paragraphs: oneText,
    code: oneText,
    line: oneText,
    kebab: oneText,
    snake: oneText,
    camel: oneText,
    pascal: oneText,
    year: { params: 0, gives: "text" },
    upper: oneValue,
    lower: oneValue,
    title: oneValue,
    join: { params: 2, gives: "value" },
    eq: { params: 2, gives: "value" },
    not: oneValue,
    and: { params: some, gives: "value" },
    or: { params: some, gives: "value" },
  } satisfies Readonly<Record<string, HelperRule>>,
  blocks: { if: 1, unless: 1, each: 1, with: 1 },
} as const;
