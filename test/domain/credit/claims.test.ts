import { describe, expect, test } from "vitest";
import { createClaimRules, readClaims } from "../../../src/domain/credit/claims.ts";

const author = { name: "Ada Example", address: "ada@example.com" };
const grace = "Grace Sample <grace@example.org>";

/** The claims behind the author's, each as `found role: text`, with a `?` where they name nobody. */
function claimsOf(message: string, parse: "strict" | "tolerant" | "shortlog" = "tolerant"): string[] {
  const [first, ...others] = readClaims({ id: "1", author, message }, createClaimRules({ parse }));
  expect(first).toEqual({
    role: "author",
    key: "author",
    text: "Ada Example <ada@example.com>",
    found: "author",
    identity: author,
  });
  return others.map(({ found, role, text, identity }) => `${found} ${role}: ${text}${identity === null ? " ?" : ""}`);
}

describe("the roles that trailers give", () => {
  test.each([
    ["Co-authored-by", ["co-author"]],
    ["Co-developed-by", ["co-author"]],
    ["Based-on-patch-by", ["co-author"]],
    ["Original-patch-by", ["co-author"]],
    ["Reviewed-by", ["reviewer"]],
    ["Acked-by", ["reviewer"]],
    ["Reported-by", ["reporter"]],
    ["Noticed-by", ["reporter"]],
    ["Found-by", ["reporter"]],
    ["Suggested-by", ["idea"]],
    ["Inspired-by", ["idea"]],
    ["Requested-by", ["idea"]],
    ["Tested-by", ["tester"]],
    ["Helped-by", ["helper"]],
    ["Improved-by", ["helper"]],
    ["Thanks-to", ["helper"]],
    ["Explained-by", ["helper"]],
    ["Diagnosed-by", ["helper"]],
    ["Mentored-by", ["mentor"]],
    ["Co-mentored-by", ["mentor"]],
    ["Playbook-by", ["playbook"]],
    ["Reported-and-tested-by", ["reporter", "tester"]],
    ["REVIEWED-BY", ["reviewer"]],
    ["Signed-off-by", []],
    ["Cc", []],
    ["Fixes", []],
    ["Link", []],
  ])("%s gives %j", (key, roles) => {
    expect(claimsOf(`Add a\n\n${key}: ${grace}\n`)).toEqual(roles.map((role) => `strict ${role}: ${grace}`));
  });

  test("a repository adds keys of its own, and changes what others mean", () => {
    const rules = createClaimRules({
      parse: "strict",
      additional: { "Paired-with": "co-author", "Acked-by": "helper" },
    });
    const message = `Add a\n\nPaired-with: ${grace}\nAcked-by: ${grace}\n`;
    expect(readClaims({ id: "1", author, message }, rules).map(({ role }) => role)).toEqual([
      "author",
      "co-author",
      "helper",
    ]);
  });
});

describe("the tolerant parse", () => {
  test.each<[string, string, string[]]>([
    [
      "finds what a squash has hidden",
      `Add a (#1)\n\n* b\n\nCo-authored-by: ${grace}\n\n---------\n\nFixes: #2\n`,
      ["tolerant co-author"],
    ],
    ["finds a line right under the title", `Add a\nCo-authored-by: ${grace}\n`, ["tolerant co-author"]],
    ["leaves the title itself alone", `Co-authored-by: ${grace}\n`, []],
    [
      "leaves a title below blank lines alone",
      `\n \nCo-authored-by: ${grace}\nHelped-by: ${grace}\n`,
      ["tolerant helper"],
    ],
    ["finds lines with blanks around the colon", `Add a\n\nprose\nReviewed-by\t:${grace}\n`, ["tolerant reviewer"]],
    ["wants the key at column 0", `Add a\n\nprose\n Reviewed-by: ${grace}\n> Reviewed-by: ${grace}\n`, []],
    ["leaves code alone", `Add a\n\n\`\`\`text\nReviewed-by: ${grace}\n\`\`\`\nend\n`, []],
    ["leaves code between tildes alone", `Add a\n\n~~~~\n~~~\nReviewed-by: ${grace}\n~~~~\nend\n`, []],
    ["goes on behind code", `Add a\n\n\`\`\`\ncode\n\`\`\`\nReviewed-by: ${grace}\nend\n`, ["tolerant reviewer"]],
    [
      "takes backticks within a line for no fence",
      `Add a\n\n\`\`\`code\`\`\`\nReviewed-by: ${grace}\nend\n`,
      ["tolerant reviewer"],
    ],
    ["reads lines that end in CR LF", `Add a\r\n\r\nprose\r\nReviewed-by: ${grace}\r\nend\r\n`, ["tolerant reviewer"]],
    [
      "says strict where git finds it too",
      `Add a\n\nReviewed-by: ${grace}\n\nTested-by: ${grace}\n`,
      ["tolerant reviewer", "strict tester"],
    ],
  ])("%s", (_, message, expected) => {
    expect(claimsOf(message)).toEqual(expected.map((claim) => `${claim}: ${grace}`));
  });

  test("is not asked for by a strict reading", () => {
    expect(claimsOf(`Add a\n\nprose\nReviewed-by: ${grace}\n`, "strict")).toEqual([]);
  });
});

describe("a value that names nobody by a well-formed identity", () => {
  test.each([
    "Grace Sample",
    "grace@example.org",
    "Grace Sample <$(git config user.email)>",
    "Grace Sample <grace@example.org>>",
    "Grace Sample <grace@example.org>.",
    "Grace Sample <grace@example.org>, Joan Figure <joan@example.org>",
    "Grace Sample <grace@example.org> (on paper)",
    "Grace Sample <grace>",
    "Grace Sample <>",
    "Grace Sample <grace@example.org",
    "Grace > Sample <grace@example.org>",
  ])("is kept with its text: %s", (text) => {
    expect(claimsOf(`Add a\n\nHelped-by: ${text}\n`)).toEqual([`strict helper: ${text} ?`]);
    expect(claimsOf(`Add a\n\nHelped-by: ${text}\nand prose\n`)).toEqual([`tolerant helper: ${text} ?`]);
  });

  test("does not include one without a name", () => {
    expect(claimsOf("Add a\n\nHelped-by: <grace@example.org>\n")).toEqual(["strict helper: <grace@example.org>"]);
  });

  test("is counted all the same by shortlog, and so when parity with it is asked for", () => {
    expect(claimsOf("Fix: a\nCo-authored-by: Grace Sample\n", "shortlog")).toEqual(["strict co-author: Grace Sample"]);
  });
});

test.each([
  ["shortens", ":", [{ name: "co", key: "Co-authored-by: " }], "co:"],
  ["ends in another character", "#", [], "Co-authored-by#"],
])("keys that the configuration %s still give credit", (_, separators, configured, start) => {
  const grammar = { commentPrefix: ";", separators, configured };
  const message = `Add a\n\n${start} ${grace}\n`;
  const claims = readClaims({ id: "1", author, message }, createClaimRules({ parse: "tolerant", grammar }));
  expect(claims[1]).toMatchObject({ role: "co-author", key: "Co-authored-by", found: "strict" });
});
