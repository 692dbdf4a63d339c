import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { formatTable } from "../../src/cli/format-table.ts";

const report = {
  range: "HEAD",
  commits: 1234,
  people: [
    { name: "Ada Example", login: null, email: null, commits: 1200, roles: { author: 1200, reviewer: 12, mentor: 3 } },
    { name: "高".repeat(50), login: null, email: null, commits: 1, roles: { tester: 1 } },
    { name: "", login: "grace", email: null, commits: 1, roles: { tester: 1 } },
  ],
  assistants: [],
  unattributed: [],
};

test("a table shows the first few of what is unattributed, and says that there is more", () => {
  const unattributed = Array.from({ length: 6 }, (_, index) => ({
    commit: `${index}`,
    role: "helper" as const,
    text: "Hedy",
  }));
  expect(formatTable({ ...report, people: [], unattributed }, new PassThrough())).toMatchInlineSnapshot(`
    "1,234 commits in HEAD

    Nobody has any of the roles asked for.

    Unattributed, for want of a well-formed name and address: 6
    0  helper  Hedy
    1  helper  Hedy
    2  helper  Hedy
    3  helper  Hedy
    4  helper  Hedy
    … and more: --format json lists them all
    "
  `);
});

test("a table is as wide as its terminal: long names are cut and roles go on below", () => {
  const terminal = Object.assign(new PassThrough(), { columns: 80 });
  expect(formatTable(report, terminal)).toMatchInlineSnapshot(`
    "1,234 commits in HEAD

    Person                                   Commits  Roles
    Ada Example                                1,200  author 1,200, reviewer 12,
                                                      mentor 3
    高高高高高高高高高高高高高高高高高高高…        1  tester 1
    grace                                          1  tester 1
    "
  `);
});
