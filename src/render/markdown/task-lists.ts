import { type Element, elementsOf, type Root } from "./tree.ts";

/** Leaves of all form elements only the check boxes of task lists, the one that begins each of their items. */
export function keepTaskBoxes(tree: Root): void {
  const boxes = new Set<Element>();
  for (const node of elementsOf(tree)) {
    const box = isTask(node) ? taskBox(node) : null;
    if (box) boxes.add(box);
    node.children = node.children.filter(
      (child) => child.type !== "element" || child.tagName !== "input" || boxes.has(child),
    );
  }
  tree.children = tree.children.filter((child) => child.type !== "element" || child.tagName !== "input");
  for (const { properties } of boxes) {
    const checked = properties["checked"] !== undefined && properties["checked"] !== false;
    for (const name of Object.keys(properties)) delete properties[name];
    Object.assign(properties, {
      type: "checkbox",
      className: ["task-list-item-checkbox"],
      disabled: true,
      ...(checked && { checked }),
    });
  }
}

function isTask({ tagName, properties }: Element): boolean {
  const { className } = properties;
  return tagName === "li" && Array.isArray(className) && className.includes("task-list-item");
}

/** In a list with blank lines, the box is in the item's first paragraph. */
function taskBox(item: Element): Element | null {
  const first = item.children.find((child) => child.type === "element");
  if (first?.type !== "element") return null;
  return first.tagName === "input" ? first : first.tagName === "p" ? taskBox(first) : null;
}
