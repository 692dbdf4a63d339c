import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { curtainCall } from "../support/curtain-call.ts";
import { manifestOf } from "../support/make-playbook.ts";
import { temporaryFolder } from "../support/repository.ts";

/** A folder with these files, within one of its own. */
function makeFolder(files: Readonly<Record<string, string>>): { readonly cwd: string; readonly folder: string } {
  const cwd = temporaryFolder();
  const folder = join(cwd, "tide-tables");
  for (const [path, text] of Object.entries({ "playbook.yml": manifestOf(), ...files })) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { cwd, folder };
}

function playbook(cwd: string, ...args: readonly string[]) {
  return curtainCall(["playbook", ...args], { cwd });
}

describe("lint", () => {
  test("tells every mistake with file and line", () => {
    const { cwd, folder } = makeFolder({
      "playbook.yml": manifestOf(
        "inputs: { title: { type: string } }",
        "files: [{ path: files/x/**, executable: true }]",
      ),
      "files/README.md.hbs": "# {{inputs.title}}\n\n{{{inputs.nme}}}\n",
      "files/b.hbs": "{{inputs.nme}}",
    });
    symlinkSync("/etc/passwd", join(folder, "files/link"));
    expect(playbook(cwd, "lint", "tide-tables/")).toEqual({
      status: 1,
      stdout: "",
      stderr:
        "tide-tables/files/link: This is a link: put the file itself in its place.\ncurtain-call: tide-tables has 1 mistake\n",
    });
  });

  test("tells what a playbook has that nothing uses", () => {
    const { cwd } = makeFolder({
      "playbook.yml": manifestOf(
        "inputs:",
        "  depth: { type: number, default: 3 }",
        "files: [{ path: files/x/**, executable: true }]",
      ).replace("id: 101, ", ""),
      "files/a.txt": "",
      "files/a.txt.hbs": "",
      "files/A.txt": "",
    });
    const { status, stderr } = playbook(cwd, "lint", "tide-tables");
    expect({ status, lines: stderr.trim().split("\n") }).toEqual({
      status: 1,
      lines: [
        "tide-tables/playbook.yml:11: This rule is about no file of the playbook.",
        "tide-tables/playbook.yml:10: inputs.depth is asked for and used nowhere.",
        "tide-tables/playbook.yml:8: ada has no id, without which nobody gets credit: gh api users/ada shows it.",
        'tide-tables/files/a.txt: "a.txt" and "A.txt" differ in case or letters alone.',
        'tide-tables/files/a.txt.hbs: "a.txt" and "A.txt" differ in case or letters alone.',
        "curtain-call: tide-tables has 5 mistakes",
      ],
    });
  });

  test("says of a folder that is not there which playbooks there are", () => {
    expect(playbook(temporaryFolder(), "lint", "nothing").stderr).toMatch(
      /^curtain-call: nothing is no folder, and no built-in playbook: those are/,
    );
  });
});

describe("render", () => {
  const files = {
    "playbook.yml": manifestOf(
      "inputs:",
      "  title: { type: string, required: false }",
      "  database: { type: choice, options: [none, postgres] }",
      "files: [{ path: files/run.sh, executable: true }]",
      "issues: [{ template: issues/a.md.hbs, title: Kick-off }]",
    ),
    "files/README.md.hbs": "# {{md repository.title}} {{year}} {{inputs.database}}\n",
    "files/run.sh": "#!/bin/sh\n",
    "issues/a.md.hbs": "{{repository.name}}\n",
  };

  test("writes files and issues into new folders, and never into one that holds anything", () => {
    const { cwd } = makeFolder(files);
    const args = [
      "render",
      "tide-tables",
      "--set",
      "name=tides",
      "--set",
      "title=Tide tables",
      "--set",
      "database=none",
    ];
    const made = playbook(cwd, ...args, "--out", "out", "--issues", "issues", "--year", "2031");
    expect(made).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(cwd, "out/README.md"), "utf8")).toBe("# Tide tables 2031 none\n");
    expect(statSync(join(cwd, "out/run.sh")).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(cwd, "issues/01-kick-off.md"), "utf8")).toContain("---\ntides\n");
    expect(playbook(cwd, ...args, "--out", "out").stderr).toMatch(
      /out is not empty; name a folder that is, or a new one/,
    );
  });

  test("prints the plan where nothing is to be written", () => {
    const { cwd } = makeFolder(files);
    const { stdout } = playbook(cwd, "render", "tide-tables", "--set", "name=tides", "--set", "database=none");
    expect(stdout).toContain("### Plan: acme/tides from tide-tables v1.2.3\nNothing has been done yet.");
    expect(stdout).not.toContain("/playbook confirm");
    expect(readdirSync(cwd)).toEqual(["tide-tables"]);
  });

  test("tells everything that is missing or wrong, with what to write instead", () => {
    const { cwd } = makeFolder(files);
    const { status, stderr } = playbook(cwd, "render", "tide-tables", "--set", "title=O'Neill", "--set", "nme=x");
    expect(status).toBe(1);
    expect(stderr).toBe(
      [
        "tide-tables: nme is not asked for here. Did you mean name? Known are name, title, database",
        "tide-tables: name is missing: Name of the repository",
        "tide-tables: database is missing: one of none, postgres",
        "curtain-call: 3 mistakes in the answers; try --set 'name=<text>' --set 'title=O'\\''Neill' --set 'database=<none|postgres>'",
        "",
      ].join("\n"),
    );
  });

  test.each([
    [["render", "tide-tables", "--set", "tides"], "--set tides is no answer: write it as --set name=tides"],
    [["render", "tide-tables", "--set", "name=a", "--set", "name=b"], "--set name= is there twice: keep one of them"],
    [["rendr"], "'rendr' is no command of playbook: list, show, render, lint, test, form, new"],
    [[], "name a command of playbook: list, show, render, lint, test, form, new"],
  ])("%j is put wrongly", (args, message) => {
    const { cwd } = makeFolder(files);
    expect(playbook(cwd, ...args)).toMatchObject({ status: 2, stderr: `curtain-call: ${message}\n` });
  });
});

test("new writes a playbook that passes its checks and tests, whose tests tell of each change", () => {
  const cwd = temporaryFolder();
  expect(playbook(cwd, "new", "our-service")).toMatchObject({ status: 0, stderr: "" });
  expect(playbook(cwd, "lint", "our-service").stdout).toBe(
    "our-service 0.1.0: 2 files, 3 inputs, 1 issue, nothing wrong\n",
  );
  expect(playbook(cwd, "test", "our-service").stdout).toBe("1 case as expected\n");
  expect(playbook(cwd, "new", "our-service").stderr).toContain("is not empty");

  const readme = join(cwd, "our-service/files/README.md.hbs");
  writeFileSync(readme, readFileSync(readme, "utf8").replace("Begun", "Started"));
  writeFileSync(join(cwd, "our-service/files/more.txt"), "");
  const failed = playbook(cwd, "test", "our-service");
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('our-service/tests/least/files/README.md:3: "Begun 2026');
  expect(failed.stderr).toContain("our-service/tests/least/files/more.txt: is made, and not expected.\n");
  expect(failed.stderr).toContain("2 files of our-service not as expected; --update keeps them as they are now");
  expect(playbook(cwd, "test", "our-service", "--update").stdout).toBe("1 case kept\n");
  expect(playbook(cwd, "test", "our-service").status).toBe(0);
});

test("form writes an issue form that asks for every input, and never overwrites one", () => {
  const { cwd } = makeFolder({
    "playbook.yml": manifestOf(
      "inputs:",
      "  why: { type: string, multiline: true, required: false, help: Why now? }",
      "  database: { type: choice, options: [none, postgres], default: none }",
      "  size: { type: choice, options: [small, large], when: { input: database, is: postgres } }",
      "  ci: { type: boolean, default: true }",
      "  topics: { type: list, required: false }",
      "  owner: { type: team }",
    ),
  });
  expect(playbook(cwd, "form", "tide-tables", "--out", "forms/tides.yml")).toMatchObject({ status: 0, stderr: "" });
  const form: { body: { id?: string; type: string; attributes: object; validations?: object }[] } = parse(
    readFileSync(join(cwd, "forms/tides.yml"), "utf8"),
  );
  expect(form).toMatchObject({ name: "Tide tables", labels: ["playbook"] });
  expect(form.body.slice(1).map(({ id, type, validations }) => ({ id, type, ...validations }))).toEqual([
    { id: "playbook", type: "dropdown", required: true },
    { id: "name", type: "input", required: true },
    { id: "why", type: "textarea", required: false },
    { id: "database", type: "dropdown", required: false },
    { id: "size", type: "dropdown", required: false },
    { id: "ci", type: "dropdown", required: false },
    { id: "topics", type: "textarea", required: false },
    { id: "owner", type: "input", required: true },
  ]);
  expect(form.body[4]?.attributes).toMatchObject({ options: ["postgres"], description: "One of none, postgres." });
  expect(playbook(cwd, "form", "tide-tables", "--out", "forms/tides.yml").status).toBe(1);
});
