/**
 * What a text may ask of the parser, whose time grows with the square of some things and whose stack is not endless.
 * Each limit is far above what people write, and keeps the slowest text within about two seconds.
 */
const limits = {
  /** As many as GitHub takes in a comment. */
  characters: 65_536,
  /** Markers of quotes and lists at the start of one line. */
  lineMarkers: 50,
  /** Brackets open at once within a paragraph. */
  openBrackets: 50,
  /** The sum, over all runs of lines without a blank one, of the square of the characters that may be markup there. */
  markupSquared: 16_000_000,
  /** Quotes and underlined headings: what the parser looks for again from the start of the document. */
  reparsedBlocks: 1000,
  /** Nodes inside each other. */
  depth: 100,
  /** HTML elements open at once. */
  openElements: 32,
};

/** Whether the text is one that takes the parser too long, seen from its characters alone. */
export function isTooHardToParse(text: string): boolean {
  if (text.length > limits.characters) return true;
  let markupSquared = 0;
  let reparsedBlocks = 0;
  for (const run of text.split(/(?:\r\n|[\r\n])[ \t]*(?=[\r\n])/)) {
    markupSquared += (run.match(/[\r\n[\]*_~&@`]|<[?!]/g)?.length ?? 0) ** 2;
    reparsedBlocks += run.match(/^ {0,3}(?:=+|-+)[ \t]*$|(?<!^[ \t]*>.*[\r\n]+)^[ \t]*>/gm)?.length ?? 0;
    if (mostOpenBrackets(run) > limits.openBrackets) return true;
  }
  if (markupSquared > limits.markupSquared || reparsedBlocks > limits.reparsedBlocks) return true;
  return (text.match(/^(?:[ \t]*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))+/gm) ?? []).some(
    (start) => (start.match(/[>+*.)-]/g)?.length ?? 0) > limits.lineMarkers,
  );
}

function mostOpenBrackets(run: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of run.matchAll(/[[\]]/g)) {
    open = bracket === "[" ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}

/** A node of parsed Markdown. */
interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly MarkdownNode[];
}

/** Whether parsed Markdown, with the HTML in it, is nested deeper than the steps after the parser can follow. */
export function isTooDeep(tree: MarkdownNode): boolean {
  const html: string[] = [];
  const waiting = [{ node: tree, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    if (depth > limits.depth) return true;
    if (node.type === "html") html.push(node.value ?? "");
    for (const child of node.children?.toReversed() ?? []) waiting.push({ node: child, depth: depth + 1 });
  }
  return mostOpenElements(html.join("")) > limits.openElements;
}

/** Elements that are never open, or that the next of their kind closes. */
const neverNested =
  /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|p|li|dt|dd|tr|td|th|thead|tbody|tfoot|option)$/;

/** Only the end of the innermost element counts: others may not close theirs, and what stays open is opened again. */
function mostOpenElements(html: string): number {
  const open: string[] = [];
  let most = 0;
  for (const [, end, tag = ""] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
    const name = tag.toLowerCase();
    if (neverNested.test(name)) continue;
    if (end === "") open.push(name);
    else if (open.at(-1) === name) open.pop();
    most = Math.max(most, open.length);
  }
  return most;
}
