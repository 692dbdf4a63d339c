import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { type CommandResult, curtainCall } from "../support/curtain-call.ts";
import { type CommitToMake, git, makeTagged, temporaryFolder } from "../support/repository.ts";

const ada = "Ada Example <ada@example.com>";
const grace = "Grace Sample <7+grace@users.noreply.github.com>";
const joan = "Joan Figure <joan@example.org>";
const hedy = "Hedy Instance <hedy@example.org>";

const tides: readonly CommitToMake[] = [
  { author: ada, message: "Begin (#1)\n" },
  { author: joan, message: "Count the moon (#2)\n" },
  {
    author: grace,
    message: `Add tides (#3)\n\nCo-authored-by: ${ada}\nReviewed-by: ${joan}\nReported-by: ${hedy}\n`,
  },
  {
    author: ada,
    message:
      "Add a table (#12)\n\nCo-authored-by: Copilot <copilot@github.com>\nMentored-by: Joan Figure <joan@example.org>\n",
  },
];

const makeTides = () => makeTagged(tides, { "v1.9.0": 0, "v1.10.0": 1, "v1.11.0": 3 });

function acknowledge(folder: string, ...args: string[]): string {
  const { status, stdout, stderr } = curtainCall(["acknowledge", "--repo", folder, ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

function peopleOf(folder: string, ...args: string[]): string[] {
  const { people } = JSON.parse(acknowledge(folder, "--format", "json", ...args)) as {
    people: { name: string; roles: object; isNewcomer: boolean }[];
  };
  return people.map(
    ({ name, roles, isNewcomer }) => `${name}: ${Object.keys(roles).join(", ")}${isNewcomer ? ", new" : ""}`,
  );
}

describe("the words", () => {
  test("by what people did", () => {
    expect(acknowledge(makeTides(), "v1.11.0")).toMatchInlineSnapshot(`
      "## Thank you

      4 people made v1.11.0.

      **Wrote it:** Ada Example (#3, #12), [Grace Sample](https://github.com/grace) (#3)

      **Reviewed it:** Joan Figure (#3)

      **Found what was wrong:** Hedy Instance (#3)

      **Taught and helped:** Joan Figure (#12)

      **First time here:** [Grace Sample](https://github.com/grace) (#3), Hedy Instance (#3). Welcome!

      With help from Copilot.
      "
    `);
  });
  test("as one list", () => {
    expect(acknowledge(makeTides(), "v1.11.0", "--template", "flat")).toMatchInlineSnapshot(`
      "## Thank you

      4 people made v1.11.0.

      Ada Example, Joan Figure, [Grace Sample](https://github.com/grace) and Hedy Instance.

      **First time here:** [Grace Sample](https://github.com/grace) (#3), Hedy Instance (#3). Welcome!

      With help from Copilot.
      "
    `);
  });
  test("as a table", () => {
    expect(acknowledge(makeTides(), "v1.10.0..HEAD", "--template", "table")).toMatchInlineSnapshot(`
      "## Thank you

      4 people made what is new.

      | | | |
      |---|---|---|
      | Ada Example | author, co-author | #3, #12 |
      | Joan Figure | reviewer, mentor | #3, #12 |
      | [Grace Sample](https://github.com/grace) · first time here, welcome! | author | #3 |
      | Hedy Instance · first time here, welcome! | reporter | #3 |

      With help from Copilot.
      "
    `);
  });
  test("where there is nobody", () => {
    expect(acknowledge(makeTides(), "v1.11.0..HEAD")).toMatchInlineSnapshot(`
      "## Thank you

      Nobody is named in v1.11.0..HEAD.
      "
    `);
  });
  test("where it is put the wrong way round, a line says so", () => {
    const { stdout, stderr } = curtainCall(["acknowledge", "v1.11.0..v1.10.0", "--repo", makeTides()]);
    expect(stdout).toContain("Nobody is named in v1.11.0..v1.10.0.");
    expect(stderr).toContain(
      "curtain-call: v1.11.0..v1.10.0 holds no commit, the other way round it does: a range is <older>..<newer>",
    );
  });
  test("as comma-separated values", () => {
    expect(acknowledge(makeTides(), "v1.11.0", "--format", "csv")).toMatchInlineSnapshot(`
      "kind,name,login,profile,newcomer,team,works,author,co-author,reviewer,reporter,idea,tester,helper,mentor,docs,design,maintenance,community,playbook,pulls
      person,Ada Example,,,no,no,2,1,1,0,0,0,0,0,0,0,0,0,0,0,3 12
      person,Joan Figure,,,no,no,2,0,0,1,0,0,0,0,1,0,0,0,0,0,3 12
      person,Grace Sample,grace,https://github.com/grace,yes,no,1,1,0,0,0,0,0,0,0,0,0,0,0,0,3
      person,Hedy Instance,,,yes,no,1,0,0,0,1,0,0,0,0,0,0,0,0,0,3
      assistant,Copilot,,,yes,no,1,0,1,0,0,0,0,0,0,0,0,0,0,0,12
      "
    `);
  });
  test("a name does nothing in Markdown, and no address is shown", () => {
    const author = "@ada [x](y) <!-- /curtain-call:acknowledgements --> #12 a@example.com <a@example.com>";
    const folder = makeTagged([{ author: author.replaceAll(/<!|-->/g, ""), message: "Begin\n" }], { v1: 0 });
    const text = acknowledge(folder, "v1");
    expect(text).not.toMatch(/example\.com|(?<!\\)\[x|@ada|#12/);
  });
});

describe("who is in a release", () => {
  test("everybody since the release before, by version; new are those whom nothing before names", () => {
    const names = ["Ada Example: author, co-author", "Joan Figure: reviewer, mentor", "Grace Sample: author, new"];
    expect(peopleOf(makeTides(), "v1.11.0")).toEqual([...names, "Hedy Instance: reporter, new"]);
    expect(peopleOf(makeTides(), "v1.10.0")).toEqual(["Joan Figure: author, new"]);
  });

  test("everybody from the beginning in the first, and nobody is new there", () => {
    expect(peopleOf(makeTides(), "v1.9.0")).toEqual(["Ada Example: author"]);
  });

  test("by name, and without whom it is not to list", () => {
    expect(peopleOf(makeTides(), "v1.11.0", "--exclude", "grace", "--exclude", "Joan *")).toEqual([
      "Ada Example: author, co-author",
      "Hedy Instance: reporter, new",
    ]);
    expect(peopleOf(makeTides(), "v1.11.0", "--sort", "name")[1]).toMatch(/^Grace/);
  });

  test("a tag counts for its name, not for a branch of that name", () => {
    const folder = makeTides();
    git(folder, ["branch", "v1.10.0", "v1.9.0"]);
    expect(peopleOf(folder, "v1.10.0")).toEqual(["Joan Figure: author, new"]);
    git(folder, ["tag", "--annotate", "--message=x", "v1.12.0", "HEAD"]);
    expect(peopleOf(folder, "v1.10.0..v1.12.0")).toHaveLength(4);
  });

  test("nobody for work that was reverted, nor for its revert", () => {
    const folder = makeTides();
    writeFileSync(join(folder, "rain.md"), "rain");
    git(folder, ["add", "rain.md"]);
    git(folder, ["commit", "--quiet", "--message=Add rain", `--author=${hedy}`]);
    git(folder, ["revert", "--no-edit", "HEAD"]);
    git(folder, ["tag", "v2.0.0"]);
    expect(peopleOf(folder, "v2.0.0")).toEqual([]);
  });

  test("nobody for a merge that was reverted, nor for what it brought, until that is reverted too", () => {
    const folder = makeTides();
    git(folder, ["checkout", "--quiet", "-b", "rain", "v1.10.0"]);
    for (const [name, author] of [
      ["rain", hedy],
      ["hail", joan],
    ] as const) {
      git(folder, ["commit", "--quiet", "--allow-empty", `--message=Add ${name}`, `--author=${author}`]);
      writeFileSync(join(folder, `${name}.md`), name);
      git(folder, ["add", `${name}.md`]);
      git(folder, ["commit", "--quiet", `--message=Write ${name}`, `--author=${author}`]);
    }
    git(folder, ["checkout", "--quiet", "main"]);
    git(folder, ["merge", "--quiet", "--no-ff", "--message=Merge pull request #13 from acme/rain", "rain"]);
    git(folder, ["revert", "--no-edit", "-m", "1", "HEAD"]);
    expect(peopleOf(folder, "v1.11.0..HEAD")).toEqual([]);
    git(folder, ["revert", "--no-edit", "HEAD"]);
    expect(peopleOf(folder, "v1.11.0..HEAD")).toEqual([
      "Hedy Instance: author",
      "Joan Figure: author",
      "Ada Example: author",
    ]);
  });

  test("nobody for a pull request that another one reverts by its number", () => {
    const commits = [...tides, { author: hedy, message: 'Revert "Add a table" (#13)\n\nReverts acme/tides#12\n' }];
    const folder = makeTagged(commits, { "v1.10.0": 1, "v1.11.0": 4 });
    expect(peopleOf(folder, "v1.11.0")).toEqual([
      "Ada Example: co-author",
      "Grace Sample: author, new",
      "Hedy Instance: reporter, new",
      "Joan Figure: reviewer",
    ]);
  });

  test("the author of a pull request that was ported, wherever in the clone it is, and whoever ported it", () => {
    const folder = makeTides();
    git(folder, ["checkout", "--quiet", "-b", "gauges"]);
    git(folder, ["commit", "--quiet", "--allow-empty", "--message=Add gauges", `--author=${joan}`]);
    git(folder, ["checkout", "--quiet", "main"]);
    git(folder, ["merge", "--quiet", "--no-ff", "--message=Merge pull request #14 from acme/gauges", "gauges"]);
    git(folder, ["branch", "--quiet", "--delete", "gauges"]);
    git(folder, ["checkout", "--quiet", "-b", "old", "v1.9.0"]);
    for (const message of [
      "Add tides (#20)\n\nBackport of #3\n",
      "Gauges (#3)\n\nBackports #14, to count.\n",
      "Rain (#22)\n\nBackport of #99\n",
    ]) {
      git(folder, ["commit", "--quiet", "--allow-empty", `--message=${message}`, `--author=${hedy}`]);
    }
    git(folder, ["tag", "v1.9.1"]);
    expect(peopleOf(folder, "v1.9.1")).toEqual([
      "Hedy Instance: author, maintenance, new",
      "Grace Sample: author, new",
      "Joan Figure: author, new",
    ]);
  });

  test("the author of what was picked, and whoever picked it", () => {
    const folder = makeTides();
    git(folder, ["checkout", "--quiet", "-b", "old", "v1.10.0"]);
    for (const who of ["AUTHOR", "COMMITTER"]) {
      vi.stubEnv(`GIT_${who}_NAME`, "Hedy Instance");
      vi.stubEnv(`GIT_${who}_EMAIL`, "hedy@example.org");
    }
    git(folder, ["cherry-pick", "-x", "--allow-empty", "main"]);
    git(folder, ["commit", "--quiet", "--amend", "--allow-empty", "--no-edit", "--reset-author"]);
    git(folder, ["cherry-pick", "-x", "--allow-empty", "main~1"]);
    git(folder, ["tag", "v1.10.1"]);
    expect(peopleOf(folder, "v1.10.1")).toEqual([
      "Ada Example: author, co-author",
      "Hedy Instance: reporter, maintenance, new",
      "Joan Figure: reviewer, mentor",
      "Grace Sample: author, new",
    ]);
  });
});

function write(file: string): CommandResult {
  return curtainCall(["acknowledge", "v1.11.0", "--repo", makeTides(), "--write", file]);
}

describe("--write", () => {
  test("makes the file, or writes to its end, and a second time changes nothing", () => {
    const file = join(temporaryFolder(), "NOTES.md");
    expect(write(file)).toEqual({
      status: 0,
      stdout: "",
      stderr: `${file} has the section for v1.10.0..v1.11.0 now.\n`,
    });
    const first = readFileSync(file, "utf8");
    expect(first).toMatch(/^<!-- curtain-call:acknowledgements v1\.10\.0\.\.v1\.11\.0 [\da-f]{16} -->\n## Thank you\n/);
    const { mtimeMs } = statSync(file);
    expect(write(file).stderr).toBe(`${file} has the section for v1.10.0..v1.11.0 already.\n`);
    expect([readFileSync(file, "utf8"), statSync(file).mtimeMs]).toEqual([first, mtimeMs]);
  });

  test("goes between markers, keeps every other byte, the permissions, and a link to the file", () => {
    const folder = temporaryFolder();
    const file = join(folder, "file.md");
    const [before, after] = ["\uFEFF# Notes\r\n\r\n", "\r\n end \t"];
    const markers = ["<!-- curtain-call:acknowledgements -->", "<!-- /curtain-call:acknowledgements -->"].join("\r\n");
    writeFileSync(file, `${before}${markers}${after}`);
    chmodSync(file, 0o640);
    symlinkSync("file.md", join(folder, "link.md"));
    expect(write(join(folder, "link.md")).status).toBe(0);
    const text = readFileSync(file, "utf8");
    expect([text.startsWith(`${before}<!-- curtain-call:ack`), text.endsWith(`-->${after}`)]).toEqual([true, true]);
    expect(text).toContain("## Thank you\r\n");
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["file.md", "link.md"]);
  });

  test("says so where somebody had edited it, and keeps what is to be kept", () => {
    const file = join(temporaryFolder(), "NOTES.md");
    write(file);
    writeFileSync(file, readFileSync(file, "utf8").replace("Thank you", "Thanks"));
    expect(write(file).stderr).toContain("in place of one that somebody had edited");
    const kept = readFileSync(file, "utf8").replace("## Thank you", "<!-- curtain-call:keep -->\nThanks");
    writeFileSync(file, kept);
    expect(write(file)).toMatchObject({ status: 0, stderr: expect.stringContaining("keeps its section as it is") });
    expect(readFileSync(file, "utf8")).toBe(kept);
  });

  test.each([
    ["is not UTF-8", Buffer.from([0x61, 0xff]), /is not UTF-8/],
    ["ends within code", Buffer.from("```\na\n"), /ends within code/],
  ])("leaves a file alone that %s", (_, bytes, complaint) => {
    const file = join(temporaryFolder(), "NOTES.md");
    writeFileSync(file, bytes);
    expect(write(file)).toMatchObject({ status: 1, stderr: expect.stringMatching(complaint) });
    expect(readFileSync(file)).toEqual(bytes);
  });

  test("says what is wrong with a folder", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "a"));
    expect(write(join(folder, "a"))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/cannot be written \(EISDIR\)/),
    });
    expect(write(join(folder, "b/c.md"))).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/\(ENOENT\); name a file/),
    });
  });
});

test.each([
  ["no range", [], 2, /missing required argument 'range'/],
  ["three dots", ["v1...v2"], 2, /three dots/],
  ["one end", ["v1.."], 2, /'v1\.\.' is no range/],
  ["no beginning", ["..v1"], 2, /'\.\.v1' is no range/],
  ["an empty range", [""], 2, /'' is no range/],
  ["four ends", ["a..b..c"], 2, /is no range/],
  ["what is no tag", ["v7"], 1, /'v7' is no tag/],
  ["a branch alone", ["main"], 1, /'main' is no tag/],
  ["a range from nowhere", ["v7..main"], 1, /'v7' names no commit/],
  ["a range to nowhere", ["v1.9.0..v7"], 1, /'v7' names no commit/],
  ["a template that is not there", ["v1.9.0", "--template", "poem"], 2, /there are sections, flat, table, and files/],
  ["a template file that is not there", ["v1.9.0", "--template", "gone.hbs"], 1, /gone\.hbs cannot be read \(ENOENT\)/],
  ["a team of nobody", ["v1.9.0", "--team", " ,"], 2, /--team names nobody/],
  ["a team that is not there", ["v1.9.0", "--team", "@gone.txt"], 1, /gone\.txt cannot be read \(ENOENT\)/],
  ["a template of JSON", ["v1.9.0", "--template", "flat", "--format", "json"], 2, /--template is for Markdown/],
  ["JSON into a file", ["v1.9.0", "--write", "x", "--format", "json"], 2, /--write writes Markdown/],
  ["a file without a name", ["v1.9.0", "--write", ""], 2, /needs the name of a file/],
])("one line tells what is wrong with %s", (_, args, status, complaint) => {
  const result = curtainCall(["acknowledge", ...args, "--repo", makeTides()]);
  expect(result).toMatchObject({ status, stdout: "", stderr: expect.stringMatching(complaint) });
  expect(result.stderr).toMatch(/^curtain-call: [^\n]+\n$/);
});

test("help shows examples", () => {
  expect(curtainCall(["acknowledge", "--help"]).stdout).toContain(
    "curtain-call acknowledge v1.3.0..HEAD --repo ../tides",
  );
});
