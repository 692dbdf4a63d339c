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
