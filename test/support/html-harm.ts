import rehypeRaw from "rehype-raw";
import { unified } from "unified";

const elements = new Set(
  "a b blockquote br code dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i img input ins kbd li ol p picture pre q rp rt ruby s samp section source span strike strong sub summary sup table tbody td tfoot th thead tr tt ul var".split(
    " ",
  ),
);
const forbidden = /^(?:on|style$|srcdoc$|formAction$|target$|ping$|is$|slot$)/i;
const classes =
  /^(?:language-.+|task-list-item(?:-checkbox)?|contains-task-list|markdown-alert(?:-\w+)?|user-mention|issue-link|commit-link|anchor|sr-only|footnotes|data-footnote-backref)$/;

/** What a browser that reads the HTML would find in it that people's texts must not hold; a line for each. */
export function harmOf(html: string): string[] {
  const harm: string[] = [];
  const tree = unified()
    .use(rehypeRaw)
    .runSync({ type: "root", children: [{ type: "raw", value: html }] });
  const waiting: unknown[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!isNode(node)) continue;
    waiting.push(...(node.children ?? []));
    if (node.type === "text" || node.type === "root") continue;
    if (!elements.has(node.tagName ?? "")) harm.push(`${node.type} ${node.tagName}`);
    for (const [name, value] of Object.entries(node.properties ?? {})) {
      if (!isHarmless(name, value)) harm.push(`${node.tagName} ${name}=${String(value)}`);
    }
    if (node.tagName === "input" && !(node.properties?.["type"] === "checkbox" && node.properties["disabled"])) {
      harm.push("an input that is no disabled check box");
    }
  }
  return harm;
}

function isHarmless(name: string, value: unknown): boolean {
  if (forbidden.test(name)) return false;
  if (name === "className") return Array.isArray(value) && value.every((one) => classes.test(String(one)));
  if (/^(?:id|name|ariaDescribedBy|ariaLabelledBy)$/.test(name)) {
    return [value].flat().every((one) => String(one).startsWith("user-content-"));
  }
  if (!/^(?:href|src|srcSet|cite|longDesc)$/.test(name)) return true;
  // An address that cannot be read leads nowhere.
  const protocol = URL.parse(String(value).split(/[ ,]/)[0] ?? "", "https://example.com")?.protocol ?? "https:";
  return (
    ["http:", "https:", "mailto:", "irc:", "ircs:", "xmpp:"].includes(protocol) &&
    !(name === "srcSet" && /\bdata:/.test(String(value)))
  );
}

interface ReadNode {
  readonly type: string;
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly unknown[];
}

function isNode(node: unknown): node is ReadNode {
  return typeof node === "object" && node !== null && "type" in node;
}
