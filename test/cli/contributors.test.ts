import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { curtainCall } from "../support/curtain-call.ts";
import { type CommitToMake, git, makeRepository, temporaryFolder } from "../support/repository.ts";

const ada = "Ada Example <ada@example.com>";
const grace = "Grace Sample <7+grace@users.noreply.github.com>";
const joan = "Joan Figure <joan@example.org>";

const tides: readonly CommitToMake[] = [
  { author: joan, message: "Begin\n" },
  { author: joan, message: "Count the moon\n" },
  { author: grace, message: `Add tides\n\nCo-authored-by: ${ada}\nReviewed-by: ${joan}\n` },
  {
    author: ada,
    message:
      "Add a table\n\nCo-authored-by: Copilot <copilot@github.com>\nPaired-with: Hedy Instance <hedy@example.org>\n",
  },
];

function aroundList(list: string): string {
  return `# Us\n\n<!-- curtain-call:contributors -->\n${list}<!-- /curtain-call:contributors -->\nAnd the sea.\n`;
}

function contributors(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = curtainCall(["contributors", "--repo", folder, ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

describe("what is printed", () => {
  test("everybody by name, with their roles, without an address and with nobody mentioned", () => {
    expect(contributors(makeRepository(tides))).toMatchInlineSnapshot(`
      "- Ada Example – author, co-author
      - [Grace Sample](https://github.com/grace) – author
      - Joan Figure – author, reviewer

      With help from Copilot.
      "
    `);
  });

  test("the same as JSON", () => {
    expect(JSON.parse(contributors(makeRepository(tides), "--format", "json"))).toEqual({
      people: [
        { name: "Ada Example", login: null, url: null, roles: ["author", "co-author"] },
        { name: "Grace Sample", login: "grace", url: "https://github.com/grace", roles: ["author"] },
        { name: "Joan Figure", login: null, url: null, roles: ["author", "reviewer"] },
      ],
      assistants: [{ name: "Copilot", login: null, url: null, roles: ["co-author"] }],
    });
  });

  test("the same as comma-separated values", () => {
    expect(contributors(makeRepository(tides), "--format", "csv")).toMatchInlineSnapshot(`
      "kind,name,login,url,roles
      person,Ada Example,,,author co-author
      person,Grace Sample,grace,https://github.com/grace,author
      person,Joan Figure,,,author reviewer
      assistant,Copilot,,,co-author
      "
    `);
  });

  test("without those who are not to be listed", () => {
    const text = contributors(makeRepository(tides), "--exclude", "GRACE", "--exclude", "ada*", "--exclude", "copilot");
    expect(text).toBe("- Joan Figure – author, reviewer\n");
  });

  test("nobody, where everybody is left out", () => {
    expect(contributors(makeRepository(tides), "--exclude", "*")).toBe("Nobody is named yet.\n");
  });

  test("a name that does nothing in Markdown", () => {
    const author = "@ada [x](y) #12 a@example.com <!-- /curtain-call:contributors <ada@example.com>";
    const text = contributors(makeRepository([{ author: author.replace("<!", "!"), message: "Begin\n" }]));
    expect(text).not.toMatch(/example\.com|(?<!\\)\[x|@ada|#12/);
    expect(text.trim().split("\n")).toHaveLength(1);
  });
});

describe("the clone's settings", () => {
  const settings = "credit:\n  trailers: { Paired-with: co-author }\n  exclude: [grace]\n  assistants: hide\n";

  test.each(["a work tree", "a bare repository"])("count, in %s", (kind) => {
    const folder = makeRepository([
      ...tides,
      { author: ada, message: "Set it up\n", files: { ".github/curtain-call.yml": settings } },
    ]);
    if (kind === "a bare repository") git(folder, ["config", "core.bare", "true"]);
    const place = kind === "a bare repository" ? join(folder, ".git") : folder;
    expect(contributors(place)).toBe(
      "- Ada Example – author, co-author\n- Hedy Instance – co-author\n- Joan Figure – author, reviewer\n",
    );
  });

  test("are asked for where they are broken", () => {
    const folder = makeRepository([
      { message: "Begin\n", files: { ".github/curtain-call.yml": "credit:\n  exlude: []\n" } },
    ]);
    const { status, stdout, stderr } = curtainCall(["contributors", "--repo", folder]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("is broken in line 2: ");
  });
});

describe("--write", () => {
  test("makes a file, and a second time writes nothing and says so", () => {
    const path = join(temporaryFolder(), "CONTRIBUTORS.md");
    const folder = makeRepository(tides);
    const first = curtainCall(["contributors", "--repo", folder, "--write", path]);
    expect(first).toEqual({ status: 0, stdout: "", stderr: `${path} has the section now.\n` });
    const text = readFileSync(path, "utf8");
    expect(text).toMatchInlineSnapshot(`
      "# Contributors

      Thank you to everybody who made this project.

      <!-- curtain-call:contributors -->
      - Ada Example – author, co-author
      - [Grace Sample](https://github.com/grace) – author
      - Joan Figure – author, reviewer

      With help from Copilot.
      <!-- /curtain-call:contributors -->
      "
    `);
    const second = curtainCall(["contributors", "--repo", folder, "--write", path]);
    expect(second).toEqual({ status: 0, stdout: "", stderr: `${path} has the section already.\n` });
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  test("touches nothing outside the markers", () => {
    const path = join(temporaryFolder(), "CREDITS.md");
    writeFileSync(path, aroundList("- somebody\n"));
    const { status } = curtainCall(["contributors", "--repo", makeRepository(tides.slice(0, 1)), "--write", path]);
    expect(status).toBe(0);
    expect(readFileSync(path, "utf8")).toBe(aroundList("- Joan Figure – author\n"));
  });

  test("is for Markdown alone", () => {
    const { status, stderr } = curtainCall(["contributors", "--format", "csv", "--write", "x"]);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: "curtain-call: --write writes Markdown: leave --format csv away\n",
    });
  });
});

test("there is help with examples", () => {
  const { status, stdout } = curtainCall(["contributors", "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("curtain-call contributors --write CONTRIBUTORS.md");
});
