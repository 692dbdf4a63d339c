import type { Hono } from "hono";

/** A page that links lead to, as it was answered. */
export interface FoundPage {
  readonly path: string;
  /** The page that led here. */
  readonly from: string;
  readonly status: number;
  /** Empty for what is no page of HTML. */
  readonly html: string;
}

/** Follows every link and picture within a site, from the front page and others that nothing leads to. */
export async function crawl(pages: Hono, others: readonly string[] = []): Promise<FoundPage[]> {
  const root = "http://127.0.0.1:4000";
  const found = new Map<string, FoundPage>();
  const waiting = ["/", ...others].map((path) => ({ path, from: "" }));
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, from } = next;
    if (found.has(path)) continue;
    const response = await pages.request(`${root}${path}`);
    const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    const text = await response.text();
    found.set(path, { path, from, status: response.status, html: isPage ? text : "" });
    const location = response.headers.get("location");
    const links = isPage
      ? Array.from(text.matchAll(/\b(?:href|src)="([^"]*)"/g), ([, link = ""]) => unescape(link))
      : [];
    for (const link of location === null ? links : [location]) {
      const { origin, pathname, search } = new URL(link, `${root}${path}`);
      if (origin === root) waiting.push({ path: `${pathname}${search}`, from: path });
    }
  }
  return [...found.values()];
}

function unescape(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text.replace(/&(?:#x([\da-f]+)|(\w+));/gi, (whole, code: string | undefined, name: string | undefined) => {
    return code === undefined ? (named[name ?? ""] ?? whole) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}
