import { expect, test } from "vitest";
import { authorsOfCommit } from "../../../src/domain/credit/authors-of-commit.ts";

const ada = { name: "Ada Example", address: "ada@example.com" };

test.for<[what: string, message: string, addresses: readonly string[]]>([
  ["git's author alone", "Count", ["ada@example.com"]],
  [
    "co-authors, whatever stands below them",
    "Count\n\nCo-authored-by: Grace <grace@example.org>\n\n---------\n\nMore",
    ["ada@example.com", "grace@example.org"],
  ],
  ["each address once", "Count\n\nco-authored-by: Ada <ADA@example.com>", ["ada@example.com"]],
  ["nobody by another trailer", "Count\n\nReported-by: Grace <grace@example.org>", ["ada@example.com"]],
  ["nobody without an address", "Count\n\nCo-authored-by: Grace", ["ada@example.com"]],
])("the authors of a commit are %s", ([, message, addresses]) => {
  expect(authorsOfCommit({ author: ada, message }).map(({ address }) => address)).toEqual(addresses);
});
