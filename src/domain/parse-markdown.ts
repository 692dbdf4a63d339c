import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { type Processor, unified } from "unified";

/** A document of GitHub's Markdown, with where each part stands in the source. */
export type MarkdownDocument = ReturnType<typeof parser.parse>;
type Block = MarkdownDocument["children"][number];
export type Paragraph = Extract<Block, { type: "paragraph" }>;
export type Phrasing = Paragraph["children"][number];

const parser = unified().use(remarkParse).use(remarkGfm).use(withoutAutolinks).freeze();

/**
 * Reads Markdown as GitHub does, https://github.github.com/gfm/, but for bare addresses, which stay text; an `@` is a `%` in
 * what comes back. The text is one that `isTooHardToParse` lets through.
 */
export function parseMarkdown(text: string): MarkdownDocument {
  // An @ has no part in how a text is built, but addresses are looked for around each.
  return parser.parse(text.replaceAll("@", "%"));
}

/** Looking for bare addresses takes time that grows with the square of a text. */
function withoutAutolinks(this: Processor): void {
  const data = this.data();
  const names = ["wwwAutolink", "protocolAutolink", "emailAutolink"];
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: names } }];
  data.fromMarkdownExtensions = (data.fromMarkdownExtensions ?? []).flat().map((extension) => {
    return { ...extension, transforms: [] };
  });
}
