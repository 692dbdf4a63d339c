import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type MarkdownPlace, renderMarkdown } from "../../src/render/render-markdown.ts";
import { depth } from "../support/depth.ts";
import { harmOf } from "../support/html-harm.ts";

const links: MarkdownPlace["links"] = {
  mention: (login) => (login === "nobody" ? null : `/${login}`),
  issue: ({ repository, number }) => `/${repository ?? "acme/tides"}/issues/${number}`,
  commit: (sha) => (sha.startsWith("abc") ? `/acme/tides/commit/${sha}` : null),
  relative: (url, kind) => `/acme/tides/${kind === "image" ? "raw" : "blob"}/main/${url}`,
};
const comment: MarkdownPlace = { breaks: true, links };
const file: MarkdownPlace = { breaks: false, links };
const rel = 'rel="nofollow noopener"';

test.each([
  ["a comment keeps its line breaks", comment, "a\nb", "<p>a<br>\nb</p>"],
  ["a file does not", file, "a\nb", "<p>a\nb</p>"],
  ["text can be struck through", file, "~~a~~", "<p><del>a</del></p>"],
  [
    "a table has its alignment",
    file,
    "|a|\n|-:|\n|1|",
    '<table>\n<thead>\n<tr>\n<th align="right">a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="right">1</td>\n</tr>\n</tbody>\n</table>',
  ],
  [
    "a task list has disabled boxes",
    comment,
    "- [x] a\n- [ ] b",
    '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled checked> a</li>\n<li class="task-list-item"><input type="checkbox" class="task-list-item-checkbox" disabled> b</li>\n</ul>',
  ],
  [
    "a bare address is a link",
    comment,
    "www.example.com",
    `<p><a href="http://www.example.com" ${rel}>www.example.com</a></p>`,
  ],
  ["code has its language", file, "```ts\n@ada\n```", '<pre><code class="language-ts">@ada\n</code></pre>'],
  ["emoji have names", comment, ":tada: `:tada:`", "<p>🎉 <code>:tada:</code></p>"],
  ["comments are dropped", comment, "<!-- credits -->\nthanks<!-- a -->", "\n<p>thanks</p>"],
  ["keys and small text", comment, "<kbd>a</kbd> <sub>b</sub>", "<p><kbd>a</kbd> <sub>b</sub></p>"],
  [
    "details hold Markdown",
    comment,
    "<details><summary>a</summary>\n\n**b**\n\n</details>",
    "<details><summary>a</summary>\n<p><strong>b</strong></p>\n</details>",
  ],
  [
    "an alert has its title",
    comment,
    "> [!warning]\n> a\n> b",
    '<div class="markdown-alert markdown-alert-warning">\n<p class="markdown-alert-title">Warning</p>\n<p>a<br>\nb</p>\n</div>',
  ],
  [
    "an alert may have a blank line below its marker",
    file,
    "> [!TIP]\n>\n> - a",
    '<div class="markdown-alert markdown-alert-tip">\n<p class="markdown-alert-title">Tip</p>\n<ul>\n<li>a</li>\n</ul>\n</div>',
  ],
  ["an unknown alert is a quote", file, "> [!ALARM]\n> a", "<blockquote>\n<p>[!ALARM]\na</p>\n</blockquote>"],
  ["an empty alert is a quote", file, "> [!NOTE]", "<blockquote>\n<p>[!NOTE]</p>\n</blockquote>"],
  ["an alert does not begin within a line", file, "> [!NOTE] a", "<blockquote>\n<p>[!NOTE] a</p>\n</blockquote>"],
  [
    "a heading of a file has an id and a number when the id is taken",
    file,
    "# A `b`, c!\n# a b c\n[d](#a-b-c)",
    `<h1 id="user-content-a-b-c"><a class="anchor" href="#user-content-a-b-c" aria-label="Permalink: A b, c!"></a>A <code>b</code>, c!</h1>\n<h1 id="user-content-a-b-c-1"><a class="anchor" href="#user-content-a-b-c-1" aria-label="Permalink: a b c"></a>a b c</h1>\n<p><a href="#user-content-a-b-c" ${rel}>d</a></p>`,
  ],
  ["a heading of a comment has none", comment, "# a", "<h1>a</h1>"],
  [
    "a relative link and image lead from the page",
    file,
    "[a](b.md) ![c](d.png)",
    `<p><a href="/acme/tides/blob/main/b.md" ${rel}>a</a> <img src="/acme/tides/raw/main/d.png" alt="c"></p>`,
  ],
])("%s", (_, place, text, html) => {
  expect(renderMarkdown(text, place)).toBe(html);
});

test.each([
  ["@ada", `<a class="user-mention" href="/ada" ${rel}>@ada</a>`],
  ["(@ada-lovelace).", `(<a class="user-mention" href="/ada-lovelace" ${rel}>@ada-lovelace</a>).`],
  ["#12", `<a class="issue-link" href="/acme/tides/issues/12" ${rel}>#12</a>`],
  ["GH-12", `<a class="issue-link" href="/acme/tides/issues/12" ${rel}>GH-12</a>`],
  ["acme/moons#3,", `<a class="issue-link" href="/acme/moons/issues/3" ${rel}>acme/moons#3</a>,`],
  ["abcdef1234", `<a class="commit-link" href="/acme/tides/commit/abcdef1234" ${rel}><tt>abcdef1</tt></a>`],
])("%s is a reference", (text, html) => {
  expect(renderMarkdown(text, comment)).toBe(`<p>${html}</p>`);
});

test.each(["@nobody", "@acme/team", "a@ada", "x#1", "#1a", "1234567", "abcdef", "a/b/c#1", "@", "@-a", "/@ada"])(
  "%s is only text",
  (text) => {
    expect(renderMarkdown(text, comment)).toBe(`<p>${text}</p>`);
  },
);

test.each(["`@ada #1`", "<code>@ada</code>", "    @ada", "<pre>@ada</pre>", "[@ada #1 abcdef1](https://example.com)"])(
  "nothing in %s is a reference",
  (text) => {
    expect(renderMarkdown(text, comment)).not.toMatch(/user-mention|issue-link|commit-link/);
  },
);

test("footnotes lead there and back, and apart from those of other texts on the page", () => {
  const html = renderMarkdown("a[^1]\n\n[^1]: b", { ...comment, name: "7" });
  expect(html).toContain('href="#user-content-7-fn-1" id="user-content-7-fnref-1"');
  expect(html).toContain('<li id="user-content-7-fn-1">');
  expect(html).toContain('href="#user-content-7-fnref-1"');
});

describe("whoever wrote it", () => {
  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>a</p>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#x6A;avascript&colon;alert(1))",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<a href='java&#9;script:alert(1)'>a</a>",
    "<a href=' &#1;javascript:alert(1)'>a</a>",
    "<a href='data:text/html,a'>a</a>",
    "<a href='vbscript:a'>a</a>",
    "![a](data:image/svg+xml;base64,AA)",
    "<picture><source srcset='data:image/png,a 1x, https://example.com 2x'></picture>",
    "<form action=https://example.com><input name=password><button>a</button><textarea>a</textarea></form>",
    "- [ ] <input type=text value=a>",
    "<li class=task-list-item><input type=image src=x onclick=a() name=a></li>",
    "<div class='header fixed' id=app><h1 name=location id=cookie>a</h1></div>",
    "<base href=https://example.com><meta http-equiv=refresh content=0><link rel=stylesheet href=a>",
    "<object data=a><embed src=a><video src=a onplay=a()><audio src=a>",
    "<!-- <script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?a <script>alert(1)</script>",
    "<details open ontoggle=alert(1)><details><summary onclick=a()>a",
    "<a href=\"https://example.com\" onclick='a()' target=_top rel=opener ping=a>",
    "`<script>alert(1)</script>`",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template><plaintext>",
    "<td></td></div></body></html><tr><td onclick=a()>a",
    "<x-element is=a slot=a><slot name=a>",
    "[a](https://example.com \"' onclick='a()\")",
    "```a\"onclick=a() class='b'\na\n```",
    "# <img alt='\"><script>' src=x>",
    '@ada"><script> [^<script>]\n\n[^<script>]: a',
  ])("%s does no harm", (text) => {
    for (const place of [comment, file]) {
      // What nothing resolves is what people wrote.
      const asWritten = { ...place, links: { ...links, relative: (url: string) => url } };
      expect(harmOf(renderMarkdown(text, asWritten))).toEqual([]);
    }
  });

  test("whatever they mix does no harm", () => {
    const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "grapheme", maxLength: 6 }));
    const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(""));
    const asWritten = { ...file, links: { ...links, relative: (url: string) => url } };
    fc.assert(
      fc.property(text, fc.boolean(), (written, breaks) => {
        expect(harmOf(renderMarkdown(written, { ...asWritten, breaks }))).toEqual([]);
      }),
      { numRuns: depth({ quick: 300, deep: 20_000 }) },
    );
  });
});

test.each([
  ["10,000 nested quotes", ">".repeat(10_000)],
  ["10,000 nested lists", "- ".repeat(10_000)],
  ["10,000 nested brackets", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
  ["10,000 nested images", `${"![".repeat(10_000)}${"](a)".repeat(10_000)}`],
  ["10,000 nested elements", "<div>".repeat(10_000)],
  ["10,000 open elements over paragraphs", "<b>a\n\n".repeat(10_000)],
  ["10,000 quotes", "> a\n\n".repeat(10_000)],
  ["10,000 underlined headings", "a\n=\n\n".repeat(10_000)],
  ["opening emphasis", "*a**b".repeat(10_000)],
  ["closing brackets", "]".repeat(65_536)],
  ["more than 65,536 characters", "a".repeat(65_537)],
])("%s are shown as they are", (_, text) => {
  const html = renderMarkdown(text, comment);
  expect(html.startsWith("<pre>")).toBe(true);
  expect(html).not.toMatch(/<(?!\/?pre>)/);
});

test.each(["[", "*", "<", "`", "_", "~", "a ", "\\", "|", ":", "<!--", "#", "\t", "\n"])(
  "65,536 characters of %j are rendered",
  (piece) => {
    const text = piece.repeat(65_536 / piece.length);
    expect(harmOf(renderMarkdown(text, comment))).toEqual([]);
  },
);

/** Fragments that, next to each other, might open what the sanitizer took for closed. */
const pieces = [
  ..."<|>|</|/>|\"|'|`|*|_|~~|[|]|(|)|![|](|>|-|# |&|;|=|\n|\n\n|    |@ada|#1|abcdef1|[^a]|[^a]: |: ".split("|"),
  ..."<a href=|<img src=|javascript:|data:text/html,|java&#115;cript:|https://example.com|<a href='javascript:a'>".split(
    "|",
  ),
  ..."<b>|</b>|<p>|<table>|<td>|<tr>|<svg>|<math>|<style>|</style>|<script>|</script>|<!--|-->|<![CDATA[|]]>".split(
    "|",
  ),
  ..."<template>|<title>|<textarea>|<noscript>|<select>|<form>|<input |<iframe>|<details>|<summary>|</details>".split(
    "|",
  ),
  ..." onclick=a()| style=a| id=a| class=a| name=a|> [!NOTE]\n|- [x] |```|```a\n|<picture><source srcset=".split("|"),
];
