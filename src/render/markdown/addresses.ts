import { element, elementsOf, type Root, textOf } from "./tree.ts";

/** Says where an address that is relative to the text leads, or shows, from the page. */
export type RelativeAddress = (url: string, kind: "link" | "image") => string;

const absolute = /^(?:[a-z][a-z\d+.-]*:|\/\/|#|$)/i;
const headings = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** Gives relative links and images the address that they have from the page. */
export function resolveRelative(tree: Root, relative: RelativeAddress): void {
  for (const { tagName, properties } of elementsOf(tree)) {
    const { href, src } = properties;
    if (tagName === "a" && typeof href === "string" && !absolute.test(href))
      properties["href"] = relative(href, "link");
    if (tagName === "img" && typeof src === "string" && !absolute.test(src)) properties["src"] = relative(src, "image");
  }
}

/**
 * Gives each heading an id made of its text, as GitHub does: lower case, without punctuation, hyphens for spaces, and a
 * number where the id is taken.
 */
export function nameHeadings(tree: Root): void {
  const uses = new Map<string, number>();
  for (const heading of elementsOf(tree)) {
    if (!headings.has(heading.tagName) || heading.properties["id"] !== undefined) continue;
    const words = textOf(heading)
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
      .replaceAll(" ", "-");
    const count = uses.get(words) ?? 0;
    uses.set(words, count + 1);
    heading.properties["id"] = count === 0 ? words : `${words}-${count}`;
  }
}

/** Puts an anchor in front of each heading that has an id. Takes the tree after ids got their prefix. */
export function anchorHeadings(tree: Root): void {
  for (const heading of elementsOf(tree)) {
    const { id } = heading.properties;
    if (!headings.has(heading.tagName) || typeof id !== "string" || id.endsWith("footnote-label")) continue;
    const label = `Permalink: ${textOf(heading)}`;
    heading.children.unshift(element("a", { className: ["anchor"], href: `#${id}`, ariaLabel: label }, []));
  }
}

/**
 * Lets links within the text follow its ids, which have a prefix so that they meet none of the page's, and tells other
 * sites and search engines nothing.
 */
export function finishLinks(tree: Root, prefix: string): void {
  for (const { tagName, properties } of elementsOf(tree)) {
    const { href, srcSet } = properties;
    if (tagName === "a" && typeof href === "string") {
      properties["rel"] = ["nofollow", "noopener"];
      if (/^#./.test(href) && !href.startsWith(`#${prefix}`)) properties["href"] = `#${prefix}${href.slice(1)}`;
    }
    // A list of addresses, of which the allow-list knows the scheme of none.
    if (typeof srcSet === "string" && !/^(?:https?:|[^:])*$/i.test(srcSet)) delete properties["srcSet"];
  }
}
