import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { builtInPlaybooks } from "../../src/render/built-in-playbooks.ts";
import { curtainCall } from "../support/curtain-call.ts";
import { temporaryFolder } from "../support/repository.ts";

function playbook(...args: readonly string[]) {
  return curtainCall(["playbook", ...args], { cwd: temporaryFolder() });
}

/** Makes a built-in playbook of answers, and gives the folders with its files and issues. */
function make(name: string, ...answers: readonly string[]): { readonly files: string; readonly issues: string } {
  const folder = temporaryFolder();
  const [files, issues] = [join(folder, "files"), join(folder, "issues")];
  const sets = answers.flatMap((answer) => ["--set", answer]);
  const made = playbook("render", name, ...sets, "--out", files, "--issues", issues);
  expect(made).toMatchObject({ status: 0, stderr: "" });
  return { files, issues };
}

/** What a package's own tests say, with nothing installed, and no Node but ours. */
function runTests(folder: string): string {
  const env = { PATH: process.env["PATH"] ?? "" };
  return execFileSync(process.execPath, ["--test", "--test-reporter=tap"], { cwd: folder, encoding: "utf8", env });
}

test("there are four", () => {
  expect(builtInPlaybooks()).toEqual(["node-service", "oss-library", "project-kickoff", "working-group"]);
  const { stdout } = playbook("list");
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[0]),
  ).toEqual(builtInPlaybooks());
});

describe.each(builtInPlaybooks())("%s", (name) => {
  test("has nothing wrong, and makes what its cases expect", () => {
    expect(playbook("lint", name)).toMatchObject({ status: 0, stderr: "" });
    expect(playbook("test", name)).toMatchObject({ status: 0, stderr: "", stdout: "2 cases as expected\n" });
  });

  test("needs nothing but a name, and begins with all that a team agrees on", () => {
    const { files, issues } = make(name, "name=harbour");
    const paths = readdirSync(files, { recursive: true, encoding: "utf8" });
    expect(paths).toEqual(
      expect.arrayContaining([
        ".github/CODEOWNERS",
        ".github/ISSUE_TEMPLATE/check-in.md",
        ".github/ISSUE_TEMPLATE/debrief.md",
        "docs/decisions/0000-template.md",
      ]),
    );
    const kickOff = readFileSync(join(issues, "01-kick-off-harbour.md"), "utf8");
    const headings = Array.from(kickOff.matchAll(/^## (.*)/gm), ([, heading]) => heading);
    expect(headings).toEqual(["Why now", "Outcome", "Measures", "Roles", "Scope", "Risks", "Cadence", "Done when"]);
    expect(kickOff).toMatch(/\| measure \| baseline today \| target \| by when \| who reads it/);
    expect(kickOff).toMatch(/\| role \| who \| deputy \|/);
    const debrief = readFileSync(join(files, ".github/ISSUE_TEMPLATE/debrief.md"), "utf8");
    expect(Array.from(debrief.matchAll(/^## (.*)/gm), ([, heading]) => heading)).toEqual([
      "What we wanted, and what came of it",
      "What worked",
      "What to change",
      "What to reuse",
      "Thanks to whom",
    ]);
  });

  test("shows what it asks for, and has an issue form", () => {
    expect(playbook("show", name).stdout).toContain("Asks for:\n  name ");
    expect(playbook("form", name).stdout).toContain('labels:\n  - "playbook"\n');
  });
});

test.each([["name=harbour"], ["name=harbour", "database=postgres", 'title=The "harbour" of O\'Neill & `co` ${x}']])(
  "the service that node-service makes of %s passes its own tests",
  (...answers) => {
    const { files } = make("node-service", ...answers);
    expect(runTests(files)).toMatch(/^# fail 0$/m);
    expect(statSync(join(files, "scripts/check.sh")).mode & 0o111).toBe(0o111);
    expect(JSON.parse(readFileSync(join(files, "package.json"), "utf8"))).toMatchObject({ name: "harbour" });
  },
);

test("the library that oss-library makes passes its own tests", () => {
  const { files } = make("oss-library", "name=tide-tables");
  expect(runTests(files)).toMatch(/^# fail 0$/m);
});
