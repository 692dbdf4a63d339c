import { createOpenElements, type OpenElements } from "../command/open-elements.ts";
import { isTooHardToParse } from "../is-too-hard-to-parse.ts";
import { type MarkdownDocument, type Phrasing, parseMarkdown } from "../parse-markdown.ts";

/** Stands for what is no text of the writer's own, so that nothing behind it seems to begin a sentence. */
const gap = "\uFFFC";

/**
 * What a text in Markdown says in its paragraphs and the items of its lists, by sentence and line; not in code, quotes,
 * headings, tables, comments or other HTML, nor what is struck out or stands at a box that is not ticked. A link comes as
 * the address that it leads to. Empty for a text that takes too long to parse.
 */
export function readSentences(text: string): readonly string[] {
  if (isTooHardToParse(text.replaceAll("@", "%"))) return [];
  const paragraphs: string[] = [];
  gather(parseMarkdown(text).children, { paragraphs, open: createOpenElements() });
  return paragraphs.flatMap(splitIntoSentences);
}

/** The sentences of a plain text, each line beginning one, on one line. */
export function splitIntoSentences(text: string): readonly string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(/[ \t]+/g, " ").trim());
  return lines.flatMap((line) => line.split(/(?<=[.!?]) /)).filter((sentence) => sentence !== "");
}

/** The sentences of a title. Whoever ports something often writes `Backport #12 to 1.x` there. */
export function sentencesInTitle(title: string): readonly string[] {
  return splitIntoSentences(title.replace(/^\s*backport:?(?=\s+#)/i, "Backport of"));
}

interface Gathered {
  readonly paragraphs: string[];
  readonly open: OpenElements;
}

function gather(blocks: MarkdownDocument["children"], gathered: Gathered): void {
  for (const block of blocks) {
    if (block.type === "html") gathered.open.follow(block.value);
    else if (block.type === "paragraph") gathered.paragraphs.push(textOf(block.children, gathered.open));
    else if (block.type === "list") {
      for (const item of block.children) if (item.checked !== false) gather(item.children, gathered);
    }
  }
}

function textOf(children: readonly Phrasing[], open: OpenElements): string {
  return children.map((child) => textOfOne(child, open)).join("");
}

function textOfOne(child: Phrasing, open: OpenElements): string {
  if (child.type === "html") {
    open.follow(child.value);
    return /^<br\b/i.test(child.value) ? "\n" : gap;
  }
  if (child.type === "break") return "\n";
  if (child.type === "emphasis" || child.type === "strong") return textOf(child.children, open);
  if (open.isInside()) return gap;
  if (child.type === "text") return child.value;
  return child.type === "link" ? child.url : gap;
}
