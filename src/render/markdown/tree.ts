import type rehypeSanitize from "rehype-sanitize";

/** HTML as a tree; https://github.com/syntax-tree/hast describes it. */
export type Root = Parameters<ReturnType<typeof rehypeSanitize>>[0];
export type Content = Root["children"][number];
export type Element = Extract<Content, { type: "element" }>;
export type ElementContent = Element["children"][number];

/** An element with its attributes and children; a text among the children is given as it is. */
export function element(
  tagName: string,
  properties: Element["properties"],
  children: readonly (ElementContent | string)[],
): Element {
  const nodes = children.map((child) => (typeof child === "string" ? { type: "text" as const, value: child } : child));
  return { type: "element", tagName, properties, children: nodes };
}

/** Every element below the tree, each before what is in it. */
export function* elementsOf(tree: Root | Element): Generator<Element> {
  for (const child of tree.children) {
    if (child.type !== "element") continue;
    yield child;
    yield* elementsOf(child);
  }
}

/** The text in an element, without any markup. */
export function textOf(node: Element): string {
  return node.children
    .map((child) => (child.type === "text" ? child.value : child.type === "element" ? textOf(child) : ""))
    .join("");
}
