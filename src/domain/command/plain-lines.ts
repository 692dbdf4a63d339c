import { type Paragraph, type Phrasing, parseMarkdown } from "../parse-markdown.ts";
import { createOpenElements, type OpenElements } from "./open-elements.ts";

/** A line of a comment that stands there as ordinary text. */
export interface PlainLine {
  /** From 1, as in the source. */
  readonly number: number;
  /** As in the source, without the line's end. */
  readonly text: string;
}

/**
 * The lines that start as ordinary text of a paragraph which is in nothing else: not in code, a quote, a list, a table,
 * a heading, a footnote, a link or HTML, as GitHub reads Markdown, https://github.github.com/gfm/. The text is one that
 * `isTooHardToParse` lets through.
 */
export function plainLines(text: string): readonly PlainLine[] {
  const tree = parseMarkdown(text);
  const lines = text.split(/\r\n|[\r\n]/);
  const open = createOpenElements();
  const plain: PlainLine[] = [];
  for (const node of tree.children) {
    if (node.type === "html") open.follow(node.value);
    if (node.type !== "paragraph") continue;
    const numbers = plainNumbers(node, lines, open);
    for (const number of numbers) plain.push({ number, text: lines[number - 1] ?? "" });
  }
  return plain;
}

/** The numbers of the lines whose first character is text of the paragraph itself, where no HTML element is open. */
function plainNumbers(paragraph: Paragraph, lines: readonly string[], open: OpenElements): readonly number[] {
  const numbers: number[] = [];
  for (const child of paragraph.children) {
    if (child.type !== "text") {
      followWithin(child, open);
      continue;
    }
    const { start, end } = child.position ?? {};
    if (open.isInside() || start === undefined || end === undefined) continue;
    if (start.column <= startOf(lines[start.line - 1])) numbers.push(start.line);
    for (let number = start.line + 1; number <= end.line; number += 1) {
      // What follows a text on its last line may be the first thing there.
      if (number < end.line || end.column > startOf(lines[number - 1])) numbers.push(number);
    }
  }
  return numbers;
}

/** The column of the first character that is not a blank of Markdown's. */
function startOf(line = ""): number {
  return line.length - line.replace(/^[ \t]+/, "").length + 1;
}

function followWithin(outermost: Phrasing, open: OpenElements): void {
  const waiting = [outermost];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "html") open.follow(node.value);
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
}
