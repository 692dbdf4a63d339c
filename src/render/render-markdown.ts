import rehypeRaw from "rehype-raw";
import rehypeSanitize from "rehype-sanitize";
import rehypeStringify from "rehype-stringify";
import remarkBreaks from "remark-breaks";
import remarkGemoji from "remark-gemoji";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { isTooHardToParse } from "../domain/is-too-hard-to-parse.ts";
import {
  anchorHeadings,
  finishLinks,
  nameHeadings,
  type RelativeAddress,
  resolveRelative,
} from "./markdown/addresses.ts";
import { markAlerts } from "./markdown/alerts.ts";
import { isTooDeep } from "./markdown/is-too-deep.ts";
import { linkReferences, type ReferenceLinks } from "./markdown/link-references.ts";
import { sanitizeSchema } from "./markdown/sanitize-schema.ts";
import { keepTaskBoxes } from "./markdown/task-lists.ts";
import { element, type Root } from "./markdown/tree.ts";

/** Where a text stands. */
export interface MarkdownPlace {
  /** True for comments and issues, where each newline is a line break; false for files, whose headings get anchors. */
  readonly breaks: boolean;
  /** Keeps the ids of several texts on one page apart; letters, digits and hyphens. */
  readonly name?: string;
  readonly links: ReferenceLinks & {
    /** Is asked for what has no scheme: where it leads from the page. */
    relative: RelativeAddress;
  };
}

/**
 * Renders Markdown as GitHub does, https://github.github.com/gfm/, to HTML that is safe on our pages, whoever wrote it.
 * Our steps that add links, classes and ids stand before the sanitizer; what stands after it adds only fixed values.
 * A text that would take the parser too long, or is nested too deep, comes back as it is, in a `<pre>`.
 */
export function renderMarkdown(text: string, place: MarkdownPlace): string {
  const prefix = place.name === undefined ? "user-content-" : `user-content-${place.name}-`;
  const processor = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkGemoji)
    .use(place.breaks ? [remarkBreaks] : [])
    .use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: "" })
    .use(rehypeRaw)
    .use(() => (tree: Root) => {
      keepTaskBoxes(tree);
      markAlerts(tree);
      resolveRelative(tree, place.links.relative);
      linkReferences(tree.children, place.links);
      if (!place.breaks) nameHeadings(tree);
    })
    .use(rehypeSanitize, { ...sanitizeSchema, clobberPrefix: prefix })
    .use(() => (tree: Root) => {
      finishLinks(tree, prefix);
      if (!place.breaks) anchorHeadings(tree);
    })
    .use(rehypeStringify);
  const tree = isTooHardToParse(text) ? null : processor.parse(text);
  const isReadable = tree !== null && !isTooDeep(tree);
  return processor.stringify(isReadable ? processor.runSync(tree) : plainText(text));
}

function plainText(text: string): Root {
  return { type: "root", children: [element("pre", {}, [text])] };
}
