import { defaultSchema, type Options } from "rehype-sanitize";

const attributes = defaultSchema.attributes ?? {};

/** What a text of somebody's may be made of: GitHub's allow-list, and the classes that our own steps set. */
export const sanitizeSchema: Options = {
  ...defaultSchema,
  attributes: {
    ...attributes,
    a: [
      ...(attributes["a"] ?? []).filter((definition) => definition[0] !== "className"),
      ["className", "data-footnote-backref", "user-mention", "issue-link", "commit-link"],
    ],
    div: [
      ...(attributes["div"] ?? []),
      ["className", "markdown-alert", /^markdown-alert-(?:note|tip|important|warning|caution)$/],
    ],
    p: [["className", "markdown-alert-title"]],
    input: [
      ["disabled", true],
      ["type", "checkbox"],
      ["className", "task-list-item-checkbox"],
    ],
  },
  strip: ["script", "style"],
};
