import type { Role } from "../domain/credit/roles.ts";

/** One per role; each stands out from a light page and from a dark one (3:1, WCAG 2.2, 1.4.11). */
export const roleColours: Readonly<Record<Role, string>> = {
  author: "#3b7dd8",
  "co-author": "#1f958a",
  reviewer: "#cc6a14",
  reporter: "#d1495b",
  idea: "#9a8208",
  tester: "#5f8f2a",
  helper: "#8a6fd1",
  mentor: "#c04fa5",
  docs: "#4f8aa8",
  design: "#a5724c",
  maintenance: "#7a7f87",
  community: "#2f9a56",
  playbook: "#9a5fb0",
};

/** The colours for the stylesheet, as classes such as `role-co-author`. */
export function roleRules(): string {
  return Object.entries(roleColours)
    .map(([role, colour]) => `.role-${role} {\n  --role: ${colour};\n}\n`)
    .join("");
}
