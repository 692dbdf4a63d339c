import { type Content, type Element, type ElementContent, element } from "./tree.ts";

/** Where the people, issues and commits that a text names have their pages; null where there is none. */
export interface ReferenceLinks {
  mention(login: string): string | null;
  /** The repository is `owner/name`, or null for the one that the text belongs to. */
  issue(reference: { repository: string | null; number: number }): string | null;
  commit(sha: string): string | null;
}

const login = "[a-z\\d](?:[a-z\\d]|-(?=[a-z\\d])){0,38}";
/** None of the forms is part of a word, a path or a longer number; `@org/team` is a team, which has no page. */
const reference = new RegExp(
  [
    `(?<![\\w@/.#&-])@(?<mention>${login})(?![\\w@/-]*[\\w@/])`,
    `(?<![\\w@/.#&-])(?:(?<repository>${login}/[\\w.-]{1,100})?#|GH-)(?<issue>\\d{1,9})(?!\\w)`,
    "(?<![\\w@/.#&=-])(?<commit>[\\da-f]{7,40})(?![\\w@/#=-])",
  ].join("|"),
  "gi",
);
const untouched = new Set(["a", "code", "pre", "kbd", "samp", "tt", "script", "style", "textarea"]);

/**
 * Links mentions (`@ada`), issues (`#1`, `GH-1`, `owner/name#1`) and commits (7 to 40 hexadecimal digits), as in
 * https://docs.github.com/get-started/writing-on-github (Autolinked references), but not in code and links.
 */
export function linkReferences(nodes: Content[], links: ReferenceLinks): void {
  const linked = nodes.flatMap((node): Content[] => {
    if (node.type === "text") return linkText(node.value, links);
    if (node.type === "element" && !untouched.has(node.tagName)) linkReferences(node.children, links);
    return [node];
  });
  nodes.length = 0;
  for (const node of linked) nodes.push(node);
}

function linkText(text: string, links: ReferenceLinks): ElementContent[] {
  const nodes: ElementContent[] = [];
  let end = 0;
  for (const match of text.matchAll(reference)) {
    const link = linkTo(match, links);
    if (!link) continue;
    nodes.push({ type: "text", value: text.slice(end, match.index) }, link);
    end = match.index + match[0].length;
  }
  nodes.push({ type: "text", value: text.slice(end) });
  return nodes.filter((node) => node.type !== "text" || node.value !== "");
}

function linkTo({ 0: text, groups = {} }: RegExpExecArray, links: ReferenceLinks): Element | null {
  const { mention, repository = null, issue, commit } = groups;
  if (mention) return linkOf("user-mention", links.mention(mention), text);
  if (issue) return linkOf("issue-link", links.issue({ repository, number: Number(issue) }), text);
  const sha = commit?.toLowerCase() ?? "";
  return linkOf("commit-link", links.commit(sha), element("tt", {}, [text.slice(0, 7)]));
}

function linkOf(className: string, href: string | null, content: Element | string): Element | null {
  return href === null ? null : element("a", { className: [className], href }, [content]);
}
