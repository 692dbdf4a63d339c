import { type Element, type ElementContent, element, type Root } from "./tree.ts";

const titles: Readonly<Record<string, string>> = {
  NOTE: "Note",
  TIP: "Tip",
  IMPORTANT: "Important",
  WARNING: "Warning",
  CAUTION: "Caution",
};

/**
 * Turns quotes that begin with a line such as `[!NOTE]` into alerts. As on GitHub, an alert is not inside anything else
 * and has something below its first line: https://docs.github.com/get-started/writing-on-github (Alerts).
 */
export function markAlerts(tree: Root): void {
  tree.children = tree.children.map((child) =>
    child.type === "element" && child.tagName === "blockquote" ? (alertOf(child) ?? child) : child,
  );
}

function alertOf(quote: Element): Element | null {
  const start = quote.children.findIndex((child) => child.type === "element");
  const paragraph = quote.children[start];
  if (paragraph?.type !== "element" || paragraph.tagName !== "p") return null;
  const [opening, next, ...others] = paragraph.children;
  const match = opening?.type === "text" ? /^\[!(\w+)\][ \t]*(?:\n|$)/.exec(opening.value) : null;
  const title = titles[match?.[1]?.toUpperCase() ?? ""];
  if (!match || !title || opening?.type !== "text") return null;

  const text = opening.value.slice(match[0].length);
  const isBreak = next?.type === "element" && next.tagName === "br";
  // Something else on the line of the marker makes it an ordinary quote.
  if (next && text === "" && !isBreak && !match[0].endsWith("\n")) return null;
  const rest = text === "" && isBreak ? withoutLineEnd(others) : [text, ...(next ? [next] : []), ...others];
  const isEmpty = rest.every((child) => child === "");
  const below = quote.children.slice(start + 1);
  if (isEmpty && !below.some((child) => child.type === "element")) return null;

  const className = ["markdown-alert", `markdown-alert-${title.toLowerCase()}`];
  return element("div", { className }, [
    "\n",
    element("p", { className: ["markdown-alert-title"] }, [title]),
    ...(isEmpty ? [] : ["\n", element("p", {}, rest)]),
    ...below,
  ]);
}

/** A line break stands before the end of its line. */
function withoutLineEnd([first, ...others]: ElementContent[]): (ElementContent | string)[] {
  if (first === undefined) return [];
  return [first.type === "text" ? first.value.replace(/^\n/, "") : first, ...others];
}
