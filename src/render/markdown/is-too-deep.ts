/** What the steps after the parser can follow, far above what people write. */
const limits = {
  /** Nodes inside each other. */
  depth: 100,
  /** HTML elements open at once. */
  openElements: 32,
};

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
