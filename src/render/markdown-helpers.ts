import type Handlebars from "handlebars";
import { isLogin, linkTarget, type NamedPerson } from "../domain/credit/named-person.ts";
import type { Some } from "../domain/credit/some.ts";
import { oneLine } from "../domain/one-line.ts";
import type { commentLanguage } from "../domain/template/comment-language.ts";
import { escapeMarkdown, markdownCode } from "./escape-markdown.ts";

const numbers = new Intl.NumberFormat("en");
const lists = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** What templates of Markdown can call, besides what Handlebars brings. Those for a value throw for one that they cannot show. */
export const markdownHelpers = {
  md: writeValue,
  code: markdownCode,
  number: (value: number): string => numbers.format(value),
  plural: (value: number, one: string, many: string): string => (value === 1 ? one : many),
  is: (left: unknown, right: unknown): boolean => left === right,
  person: linkPerson,
  people: listPeople,
  size: ({ shown, more }: Some<unknown>): number => shown.length + more,
  fence: fenceLines,
  address: writeAddress,
  quote: quoteBlock,
} satisfies Record<
  keyof typeof commentLanguage.inline | Exclude<keyof typeof commentLanguage.blocks, BuiltIn>,
  unknown
>;

type BuiltIn = "if" | "unless" | "each" | "with";

/** Puts a `>` before each line, so that none of them leaves the quote. */
function quoteBlock(this: unknown, options: Pick<Handlebars.HelperOptions, "fn">): string {
  return `${options.fn(this).trimEnd().replace(/^/gm, "> ").replace(/ +$/gm, "")}\n`;
}

/** A value as text that does nothing; nothing where there is none. */
function writeValue(value: unknown): string {
  if (value === null) return "";
  if (typeof value === "string") return escapeMarkdown(value);
  if (typeof value === "number" || typeof value === "boolean") return escapeMarkdown(String(value));
  throw new TypeError("a group of values is not a text");
}

/**
 * The address of a page, for the target of a link; empty for anything else. Where it stands in a text, it neither
 * mentions anybody nor refers to anything.
 */
function writeAddress(address: string): string {
  if (!/^https?:\/\/[a-z\d.-]+(?::\d+)?(?:[/?#]|$)/i.test(address)) return "";
  return linkTarget(address)
    .replaceAll("@", "%40")
    .replace(/&(?=#?\w+;)/g, "%26")
    .replace(/#(?=\d)/g, "%23");
}

/** A link to the profile, a mention only where one is asked for; plain text where there is no account. */
function linkPerson({ name, url, mention = null }: NamedPerson): string {
  if (mention !== null && isLogin(mention)) return `@${mention}`;
  const text = name === "" ? "*somebody without a name*" : escapeMarkdown(name);
  return url === null ? text : `[${text}](${url})`;
}

function listPeople({ shown, more }: Some<NamedPerson>): string {
  if (shown.length === 0) return `${numbers.format(more)} ${more === 1 ? "person" : "people"}`;
  return lists.format([...shown.map(linkPerson), ...(more === 0 ? [] : [`${numbers.format(more)} more`])]);
}

/** Lines as a block of code, which none of them can end. */
function fenceLines(lines: readonly string[]): string {
  const text = lines.map(oneLine).join("\n");
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}
