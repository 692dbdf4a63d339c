import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createClaimRules, readClaims } from "../../src/domain/credit/claims.ts";
import { readCreditMarker } from "../../src/domain/credit/credit-comment.ts";
import { creditPullRequest } from "../../src/domain/credit/pull-request-credits.ts";
import type { Account, PullRequestFacts } from "../../src/domain/credit/pull-request-facts.ts";
import { renderMarkdown } from "../../src/render/render-markdown.ts";
import { commitMessage } from "../support/arbitraries.ts";
import { commentOn } from "../support/compose-comment.ts";
import { depth } from "../support/depth.ts";
import { harmOf } from "../support/html-harm.ts";
import {
  ada,
  calendarDays,
  commit,
  defaults,
  grace,
  hedy,
  issue,
  katherine,
  pullRequest,
  review,
} from "../support/pull-request.ts";

const byAda = "Ada Example <ada@example.com>";
const place = {
  breaks: true,
  links: {
    mention: (login: string) => `/mention/${login}`,
    issue: ({ number }: { number: number }) => `/issue/${number}`,
    commit: (sha: string) => `/commit/${sha}`,
    relative: (url: string) => `/relative/${url}`,
  },
};

test("the story's comment", () => {
  expect(commentOn(calendarDays, { newcomers: [hedy.id] })).toMatchSnapshot();
});

test("the story's comment once a squash has left somebody out", () => {
  const commits = [commit(byAda, "Count a day by the calendar (#5)", { sha: "1b2c3d4".padEnd(40, "0") })];
  const facts = { ...calendarDays, state: "merged" as const, landed: { commits, by: ada, at: new Date(0) } };
  expect(commentOn(facts)).toMatchSnapshot();
});

describe("the comment says", () => {
  const joan: Account = { id: 105, login: "joan", name: "Joan Figure", kind: "person" };
  const prBody = { ...calendarDays.repository, squashMessage: "PR_BODY" as const };
  const copilot = commit(byAda, "Add a\n\nCo-authored-by: Copilot <copilot@github.com>\nTested-by: Grace\n");
  test.each<[string, PullRequestFacts, string]>([
    [
      "who answers for an assistant",
      pullRequest({ commits: [copilot] }),
      "With help from Copilot, for which [Ada Example](https://github.com/ada) answers.",
    ],
    [
      "which trailer names nobody",
      pullRequest({ commits: [copilot] }),
      "> [`4f2a91c`](https://github.com/acme/tides/commit/4f2a91c000000000000000000000000000000000) says “Tested-by: Grace”, which names nobody for certain.",
    ],
    [
      "that all are credited after a merge",
      { ...calendarDays, state: "merged", landed: { commits: calendarDays.commits, by: ada, at: new Date(0) } },
      "All 5 are credited.",
    ],
    [
      "what to do with a description that becomes the message",
      { ...calendarDays, repository: prBody },
      "put the trailers below at the very end of this pull request's description: it becomes the message.",
    ],
    [
      "what to do in the merge queue",
      { ...calendarDays, isInMergeQueue: true },
      "take it out of the queue, put the trailers below at the very end of the last commit's message, and queue it again.",
    ],
    [
      "what GitHub does not say",
      { ...calendarDays, repository: prBody },
      "**2 of 3 may be missing from the commit that lands, if it is squashed:** [Grace Sample](https://github.com/grace) and Joan Figure. GitHub does not say whether it would keep these.",
    ],
    [
      "who would be missing",
      { ...calendarDays, proposedSquash: { title: "a", body: "" } },
      "**2 of 3 would be missing from the commit that lands, if it is squashed:** [Grace Sample](https://github.com/grace) and Joan Figure.",
    ],
    [
      "which trailer links the account of that name",
      { ...calendarDays, reviews: [review(joan)] },
      "If Joan Figure in `9c1d3e0` is the one of that name above, this trailer links the account:\n\n```text\nCo-authored-by: Joan Figure <105+joan@users.noreply.github.com>\n```",
    ],
  ])("%s", (_, facts, text) => {
    expect(commentOn(facts)).toContain(text);
  });

  test("no command that nobody answers", () => {
    expect(commentOn(calendarDays, { hasCommands: false })).not.toContain("/credit ");
  });
});

describe("what people write does nothing", () => {
  test.each(
    [
      "@ada",
      "@acme/platform",
      "#1 acme/tides#2 GH-3",
      ":tada: :white_check_mark:",
      "deadbeef1234567",
      "0123456789abcdef0123456789abcdef01234567",
      "[x](https://evil.example)",
      "![x](https://evil.example/x.png)",
      "https://evil.example www.evil.example",
      "<b>bold</b> <img src=x onerror=alert(1)>",
      "<!-- curtain-call:credit v1 0000 -->",
      "</details></td></table>",
      "a | b | c",
      "a \\| b \\\\| c",
      "`code` ``` ```` more",
      "~~~",
      "*a* _b_ ~c~ **d** $e$",
      "a\nb\r\nc",
      "\u202Eadaer\u202C \u2066x\u2069",
      "a\u200Bb\u200Dc",
      "\u200B\u3164",
      "&lt;b&gt; &#64;ada",
      "a@evil.example",
      "a＠evil.example",
      "- x",
      "/credit @ada for mentor",
      `Zalgo${"\u0301".repeat(5000)}`,
      "x".repeat(10_000),
      "]( [ ](javascript:alert(1))",
      "\\",
      "| --- |",
    ].map((text) => [text.slice(0, 40), text] as const),
  )("%j", (_, text) => {
    const line = text.replace(/[\r\n<>]/g, " ");
    const message = [
      "Add a",
      "",
      `Co-authored-by: ${line} <a\`\`\`\`b@evil.example>`,
      `Helped-by: ${line}`,
      `Tested-by: ${text.replace(/\r?\n/g, "\n ")} <x`,
      `Reviewed-by: ${line} <7+${line.replace(/[@+\s]/g, "")}@users.noreply.github.com>`,
      "",
    ].join("\n");
    const facts = pullRequest({
      commits: [
        {
          ...commit(byAda, message),
          authors: [{ name: text, address: "ada@example.com", account: { ...ada, name: text } }],
        },
        { ...commit(byAda, "Add b"), authors: [{ name: text, address: text, account: null }] },
      ],
      reviews: [review({ ...katherine, name: text })],
      closingIssues: [issue(3, { ...hedy, name: null })],
      title: text,
      body: text,
    });
    const body = commentOn(facts);
    const html = renderMarkdown(body, place);
    expect(harmOf(html)).toEqual([]);
    const targets = Array.from(html.matchAll(/<(?:a|img)[^>]*(?:href|src)="([^"]*)"/g), ([, target]) => target ?? "");
    expect(targets.filter((target) => !target.startsWith("https://github.com/"))).toEqual([]);
    expect(html).not.toMatch(/<(?:b|img|del|h[124-6]|ul|ol)[ >]|data-/);
    const rows = html.match(/<tr>.*?<\/tr>/gs) ?? [];
    expect(rows.length).toBeGreaterThan(4);
    for (const row of rows) expect(row.match(/<t[dh]/g)).toHaveLength(3);
    expect(html).not.toMatch(/[🎉✅]/u);
    expect(html.match(/<table/g)).toHaveLength(1);
    expect(html.match(/<details/g)).toHaveLength(1);
    expect(html.match(/<pre>/g)).toHaveLength(1);
    expect(html).toMatch(/<sub>[^\n]*<\/sub><\/p>$/);
    expect(body.slice(0, body.indexOf("```")).replaceAll("\u2060", "")).not.toMatch(/\w@evil|＠evil/);
    expect(body.length).toBeLessThan(20_000);
  });
});

function trailersOf(names: readonly string[]): string {
  return names.map((name, index) => `Co-authored-by: ${name} <p${index}@example.com>`).join("\n");
}

/** Facts out of any order, with people of many kinds. */
const person = fc.constantFrom(ada, grace, katherine, hedy);
const anyFacts = fc
  .record({
    messages: fc.array(commitMessage, { maxLength: 4 }),
    reviews: fc.array(fc.tuple(person, fc.nat(3)), { maxLength: 8 }),
    reporters: fc.array(person, { maxLength: 4 }),
    squash: fc.option(commitMessage),
    setting: fc.constantFrom("PR_BODY" as const, "COMMIT_MESSAGES" as const, "BLANK" as const),
  })
  .map(({ messages, reviews, reporters, squash, setting }) =>
    pullRequest({
      commits: messages.map((message, index) => commit(byAda, message, { sha: String(index).repeat(40) })),
      reviews: reviews.map(([author, hour], index) =>
        review(author, {
          submittedAt: new Date(hour * 3_600_000),
          url: `https://github.com/acme/tides/pull/5#${index}`,
        }),
      ),
      closingIssues: reporters.map((author, index) => issue(index + 1, author)),
      proposedSquash: squash === null ? null : { title: "Add a", body: squash },
      repository: { squashMessage: setting },
    }),
  );
const numRuns = depth({ quick: 200, deep: 10_000 });

describe("whatever the facts", () => {
  test("reviews and issues in another order make the same comment, and so does rendering twice", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const reversed = {
          ...facts,
          reviews: facts.reviews.toReversed(),
          closingIssues: facts.closingIssues.toReversed(),
        };
        const body = commentOn(facts, { comment: "always" });
        expect(commentOn(reversed, { comment: "always" })).toBe(body);
        expect(commentOn(facts, { comment: "always" })).toBe(body);
        expect(readCreditMarker(body)).not.toBe(null);
      }),
      { numRuns },
    );
  });

  test("no address stands outside the trailers to paste, and there only one of the commits' or a noreply one", () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const body = commentOn(facts, { comment: "always" });
        const fences = /^```text\n.*?^```$/gms;
        expect(body.replace(fences, "").replaceAll("@login", "").replaceAll("@\u2060", "@")).not.toMatch(
          /[^\s]@|@\S*\./,
        );
        const commits = JSON.stringify(facts.commits).toLowerCase();
        for (const [, address = ""] of (body.match(fences) ?? []).join("\n").matchAll(/<(.*)>$/gm)) {
          expect(address.endsWith("@users.noreply.github.com") || commits.includes(address.toLowerCase())).toBe(true);
        }
      }),
      { numRuns },
    );
  });

  test("the credits of a commit are those of the command line's core", () => {
    const rules = createClaimRules({ parse: "tolerant" });
    fc.assert(
      fc.property(commitMessage, (message) => {
        const facts = pullRequest({ commits: [{ ...commit(byAda, message), authors: commit(byAda, "").authors }] });
        const claims = readClaims(
          { id: "1", author: { name: "Ada Example", address: "ada@example.com" }, message },
          rules,
        );
        const { credits, unattributed } = creditPullRequest(facts, defaults);
        const claimed = claims.flatMap(({ role, identity }) =>
          identity === null || (role !== "author" && identity.address?.toLowerCase() === "ada@example.com")
            ? []
            : [role],
        );
        const credited = credits.map(({ role }) => role);
        // An address with Ada's number is hers, so that a trailer with it is no credit.
        expect(claimed).toEqual(expect.arrayContaining(credited));
        expect(unattributed).toHaveLength(claims.filter(({ identity }) => identity === null).length);
        const found = new Map(
          credits.flatMap(({ role, evidence }) => evidence.map((one) => [role, one.found] as const)),
        );
        for (const [role, parse] of found) {
          expect(claims.some((claim) => claim.role === role && claim.found === parse)).toBe(true);
        }
      }),
      { numRuns },
    );
  });
});

describe("3,000 people", () => {
  const names = fc.string({
    unit: fc.constantFrom("|", "*", "`", "a", "\u0301", "😀", "#", " "),
    minLength: 1,
    maxLength: 300,
  });
  test("fit into a comment that can be rendered, and are counted", () => {
    fc.assert(
      fc.property(fc.array(names, { minLength: 3000, maxLength: 3000 }), (list) => {
        const commits = [commit(byAda, `Add a\n\n${trailersOf(list)}\n`), commit(byAda, "Add b")];
        const body = commentOn(pullRequest({ commits }));
        expect(body.length).toBeLessThanOrEqual(65_536);
        expect(body).toMatch(/And 2,9\d\d more people/);
        expect(renderMarkdown(body, place)).toContain("<table>");
      }),
      { numRuns: depth({ quick: 2, deep: 30 }) },
    );
  });

  test("who are all lost, are counted too", () => {
    const list = Array.from({ length: 3000 }, () => "x".repeat(200));
    const commits = [commit(byAda, `Add a\n\n${trailersOf(list)}\n`), commit(byAda, "Add b")];
    const body = commentOn(pullRequest({ commits, proposedSquash: { title: "Add a", body: "" } }));
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/3,000 of 3,001 would be missing .* and 2,9\d\d more\./);
  });
});
