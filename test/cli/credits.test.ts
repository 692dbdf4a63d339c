import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, existsSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { curtainCall } from "../support/curtain-call.ts";
import { git, makeRepository, temporaryFolder } from "../support/repository.ts";

const trio = [
  { message: "Begin\n", files: { "src/a.ts": "a" } },
  {
    author: "Grace Sample <grace@example.org>",
    message: "Add b\n\nCo-authored-by: Ada Example <ada@example.com>\nReviewed-by: Joan Figure <joan@example.org>\n",
    files: { "docs/b.md": "b" },
  },
  {
    message:
      "Add c (#3)\n\nHelped-by: 高橋 <takahashi@example.org>\nReported-by: Hedy\n\n---------\n\nCo-authored-by: Copilot <copilot@github.com>\n",
    files: { "src/c.ts": "c" },
  },
];

/** What `--format json` gives. */
function creditsOf(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = curtainCall(["credits", "--repo", folder, "--format", "json", ...args]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return JSON.parse(stdout);
}

/** The people of a report, as `name commits`. */
function peopleOf(folder: string, ...args: string[]): string[] {
  return creditsOf(folder, ...args).people.map(
    (one: { name: string; commits: number }) => `${one.name} ${one.commits}`,
  );
}

describe("the formats", () => {
  test("json has everything", () => {
    const folder = makeRepository(trio);
    const head = git(folder, ["rev-parse", "HEAD"]).trim();
    expect(creditsOf(folder)).toEqual({
      range: "HEAD",
      commits: 3,
      people: [
        { name: "Ada Example", login: null, email: null, commits: 3, roles: { author: 2, "co-author": 1 } },
        { name: "Grace Sample", login: null, email: null, commits: 1, roles: { author: 1 } },
        { name: "Joan Figure", login: null, email: null, commits: 1, roles: { reviewer: 1 } },
        { name: "高橋", login: null, email: null, commits: 1, roles: { helper: 1 } },
      ],
      assistants: [{ name: "Copilot", login: null, email: null, commits: 1, roles: { "co-author": 1 } }],
      unattributed: [{ commit: head, role: "reporter", text: "Hedy" }],
    });
  });

  test("a table is aligned, wide names included", () => {
    const { stdout } = curtainCall(["credits", "--repo", makeRepository(trio), "--format", "table"]);
    expect(stdout.replace(/[0-9a-f]{10}/, "0123456789")).toMatchInlineSnapshot(`
      "3 commits in HEAD

      Person        Commits  Roles
      Ada Example         3  author 2, co-author 1
      Grace Sample        1  author 1
      Joan Figure         1  reviewer 1
      高橋                1  helper 1

      Assistants and bots
      Copilot             1  co-author 1

      Unattributed, for want of a well-formed name and address: 1
      0123456789  reporter  Hedy
      "
    `);
  });

  test.runIf(existsSync("/usr/bin/script"))("a terminal gets a table, in colour unless NO_COLOR says no", () => {
    const command = `"${process.execPath}" src/cli.ts credits --repo "${makeRepository(trio)}"`;
    const inTerminal = (env: Record<string, string>): string => {
      // What else decides about colours: a terminal in CI has none.
      const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...inherited } = process.env;
      const options = { env: { ...inherited, TERM: "xterm", ...env }, encoding: "utf8" } as const;
      return execFileSync("/usr/bin/script", ["-qec", command, "/dev/null"], options);
    };
    expect(inTerminal({})).toContain("\u001B[1m3 commits in HEAD\u001B[22m");
    expect(inTerminal({ NO_COLOR: "1" })).toMatch(/^3 commits in HEAD\r\n/m);
    expect(inTerminal({ NO_COLOR: "1" })).not.toContain("\u001B[1m");
  });

  test("table and markdown say so where nobody is found", () => {
    const folder = makeRepository([{ message: "Begin\n" }]);
    const args = ["credits", "--repo", folder, "--role", "mentor"];
    expect(curtainCall([...args, "--format", "table"]).stdout).toBe(
      "1 commit in HEAD\n\nNobody has any of the roles asked for.\n",
    );
    expect(curtainCall(args).stdout).toBe(
      "### Credit in HEAD\n\n1 commit.\n\nNobody has any of the roles asked for.\n\n",
    );
  });

  test("markdown is what a pipe gets", () => {
    const { stdout } = curtainCall(["credits", "--repo", makeRepository(trio)]);
    expect(stdout.replace(/[0-9a-f]{40}/, "0123456789")).toMatchInlineSnapshot(`
      "### Credit in HEAD

      3 commits.

      | | commits | roles |
      |---|---:|---|
      | Ada Example | 3 | author 2, co-author 1 |
      | Grace Sample | 1 | author 1 |
      | Joan Figure | 1 | reviewer 1 |
      | 高橋 | 1 | helper 1 |

      Assistants and bots: Copilot (1).

      <details><summary>Unattributed, for want of a well-formed name and address: 1</summary>

      - 0123456789 reporter: Hedy

      </details>
      "
    `);
  });

  test("csv has a line each", () => {
    const { stdout } = curtainCall(["credits", "--repo", makeRepository(trio), "--format", "csv", "--emails"]);
    expect(stdout).toMatchInlineSnapshot(`
      "kind,name,login,email,commits,author,co-author,reviewer,reporter,idea,tester,helper,mentor,docs,design,maintenance,community,playbook
      person,Ada Example,,ada@example.com,3,2,1,0,0,0,0,0,0,0,0,0,0,0
      person,Grace Sample,,grace@example.org,1,1,0,0,0,0,0,0,0,0,0,0,0,0
      person,Joan Figure,,joan@example.org,1,0,0,1,0,0,0,0,0,0,0,0,0,0
      person,高橋,,takahashi@example.org,1,0,0,0,0,0,0,1,0,0,0,0,0,0
      assistant,Copilot,,copilot@github.com,1,0,1,0,0,0,0,0,0,0,0,0,0,0
      "
    `);
  });

  test("evidence has a JSON line for each credit, newest first", () => {
    const folder = makeRepository(trio);
    const [third, second, first] = git(folder, ["rev-list", "HEAD"]).split("\n");
    const { stdout } = curtainCall(["credits", "--repo", folder, "--evidence", "--emails"]);
    const copilot = { name: "Copilot", email: "copilot@github.com" };
    const ada = { name: "Ada Example", email: "ada@example.com" };
    const grace = { name: "Grace Sample", email: "grace@example.org" };
    const joan = { name: "Joan Figure", email: "joan@example.org" };
    const takahashi = { name: "高橋", email: "takahashi@example.org" };
    expect(
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { commit: third, role: "author", key: "author", ...ada, found: "author", text: identityLine(ada) },
      {
        commit: third,
        role: "helper",
        key: "Helped-by",
        ...takahashi,
        found: "tolerant",
        text: identityLine(takahashi),
      },
      {
        commit: third,
        role: "co-author",
        key: "Co-authored-by",
        ...copilot,
        found: "strict",
        text: identityLine(copilot),
      },
      { commit: second, role: "author", key: "author", ...grace, found: "author", text: identityLine(grace) },
      { commit: second, role: "co-author", key: "Co-authored-by", ...ada, found: "strict", text: identityLine(ada) },
      { commit: second, role: "reviewer", key: "Reviewed-by", ...joan, found: "strict", text: identityLine(joan) },
      { commit: first, role: "author", key: "author", ...ada, found: "author", text: identityLine(ada) },
    ]);
  });

  test("without --emails no format prints an address, wherever people wrote one", () => {
    const folder = makeRepository([
      {
        author: "ada@example.com <ada@example.com>",
        message:
          "Add a\n\nHelped-by: grace@example.org <grace@example.org>\nHelped-by: joan@example.org\nTested-by: A <a@b.c>, B <b@b.c>\n",
      },
    ]);
    for (const args of [
      ["--format", "json"],
      ["--format", "csv"],
      ["--format", "table"],
      ["--format", "markdown"],
      ["--evidence"],
      ["--as-git"],
    ]) {
      const { status, stdout } = curtainCall(["credits", "--repo", folder, ...args]);
      expect(status).toBe(0);
      expect(stdout).toContain("hidden");
      expect(stdout).not.toContain("@");
    }
  });

  test("what people wrote steers neither terminal nor spreadsheet nor GitHub", () => {
    const folder = makeRepository([
      { author: "=\u001B[31m| @ada #1 `a` &lt; \u202Eadn <ada@example.com>", message: "a" },
    ]);
    const { stdout } = curtainCall(["credits", "--repo", folder, "--format", "table"]);
    expect(stdout).not.toContain("\u001B");
    expect(stdout).not.toContain("\u202E");
    const csv = curtainCall(["credits", "--repo", folder, "--format", "csv"]).stdout;
    expect(csv).toContain("person,'=");
    expect(csv).not.toContain("\u001B");
    const json = curtainCall(["credits", "--repo", folder, "--format", "json"]).stdout;
    expect(json).toContain("\\u202e");
    expect(json).not.toContain("\u202E");
    expect(curtainCall(["credits", "--repo", folder, "--format", "markdown"]).stdout).toContain(
      "| = \\[31m\\| @\u2060ada #\u20601 \\`a\\` \\&\u2060lt; ",
    );
  });
});

describe("what is counted", () => {
  test("a range, dates and paths, as git log has them", () => {
    const folder = makeRepository(trio);
    expect(creditsOf(folder, "HEAD~2..HEAD~1").commits).toBe(1);
    expect(creditsOf(folder, "HEAD^!").commits).toBe(1);
    expect(creditsOf(folder, "HEAD..HEAD")).toMatchObject({ commits: 0, people: [] });
    expect(creditsOf(folder, "--since", "2023-11-14T22:13:21Z").commits).toBe(2);
    expect(creditsOf(folder, "--until", "2023-11-14T22:13:21Z").commits).toBe(2);
    expect(creditsOf(folder, "--", "src").commits).toBe(2);
    expect(creditsOf(folder, "--", "docs", ":(glob)**/c.ts").commits).toBe(2);
    expect(creditsOf(folder, "HEAD~1", "--", "src").commits).toBe(1);
  });

  test("a path that some commit touched, even if none of those asked for", () => {
    const folder = makeRepository(trio);
    expect(creditsOf(folder, "HEAD~1..HEAD", "--", "src/a.ts").commits).toBe(0);
    git(folder, ["checkout", "--quiet", "-b", "side", "HEAD~1"]);
    writeFileSync(join(folder, "lost"), "lost");
    git(folder, ["add", "lost"]);
    git(folder, ["commit", "--quiet", "--message=Lost"]);
    git(folder, ["checkout", "--quiet", "main"]);
    git(folder, ["merge", "--quiet", "--strategy=ours", "--message=Merge", "side"]);
    expect(creditsOf(folder, "--", "lost")).toMatchObject({ commits: 0 });
  });

  test("trailers as the repository's configuration has them", () => {
    const folder = makeRepository([{ message: "a\n\nhelp= Grace Sample <grace@example.org>\n" }]);
    git(folder, ["config", "trailer.separators", ":="]);
    git(folder, ["config", "trailer.helped.key", "Helped-by: "]);
    expect(peopleOf(folder)).toEqual(["Ada Example 1", "Grace Sample 1"]);
  });

  test("paths count from the folder that was given", () => {
    expect(creditsOf(join(makeRepository(trio), "docs"), "--", "b.md").commits).toBe(1);
  });

  test("only the chosen roles, and only the first people", () => {
    const folder = makeRepository(trio);
    expect(peopleOf(folder, "--role", "reviewer", "--role", "helper")).toEqual(["Joan Figure 1", "高橋 1"]);
    expect(peopleOf(folder, "--top", "2")).toEqual(["Ada Example 3", "Grace Sample 1"]);
    const { stdout } = curtainCall([
      "credits",
      "--repo",
      folder,
      "--evidence",
      "--top",
      "1",
      "--role",
      "co-author",
      "--assistants",
      "hide",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "Ada Example", role: "co-author" });
  });

  test("only what git's own parse finds, where that is asked for", () => {
    expect(peopleOf(makeRepository(trio), "--parse", "strict")).toEqual([
      "Ada Example 3",
      "Grace Sample 1",
      "Joan Figure 1",
    ]);
  });

  test("trailers of one's own", () => {
    const folder = makeRepository([{ message: "a\n\nPaired-with: Grace Sample <grace@example.org>\n" }]);
    expect(peopleOf(folder, "--trailer", "Paired-with=co-author")).toEqual(["Ada Example 1", "Grace Sample 1"]);
  });

  test("with --as-git, everybody apart and everything as it stands", () => {
    const folder = makeRepository([
      { message: "a\n\nCo-authored-by: Ada Example <ADA@example.com>\nCo-developed-by: Grace <grace@example.org>\n" },
      {
        message: "b\n\nCo-authored-by: Ada Example <ada@example.com>\nCo-authored-by: Hedy\n",
        author: "x[bot] <bot@example.com>",
      },
    ]);
    const { people, assistants, unattributed } = creditsOf(folder, "--as-git", "--emails");
    expect(
      people.map(
        (one: { name: string; email: string; commits: number }) => `${one.name} <${one.email}> ${one.commits}`,
      ),
    ).toEqual([
      "Ada Example <ada@example.com> 2",
      "Ada Example <ADA@example.com> 1",
      "Hedy <> 1",
      "x[bot] <bot@example.com> 1",
    ]);
    expect([...assistants, ...unattributed]).toEqual([]);
  });

  test("with --as-git, trailers that name the author too, and names as git prints them", () => {
    const author = Buffer.from("J\u00FCrgen <j@example.org>", "latin1");
    const folder = makeRepository([{ author, message: "a\n\nCo-authored-by: J\uFFFDrgen <j@example.org>\n" }]);
    expect(peopleOf(folder, "--as-git", "--role", "co-author")).toEqual(["J\uFFFDrgen 1"]);
    const { stdout } = curtainCall(["credits", "--repo", folder, "--as-git", "--evidence", "--role", "co-author"]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "J\uFFFDrgen", found: "strict" });
  });
});

describe("where npm runs it", () => {
  test("paths count from the folder that npm was called in", () => {
    const folder = makeRepository(trio);
    const env = { npm_lifecycle_event: "cli", INIT_CWD: folder };
    const { stdout } = curtainCall(["credits", "--format", "json"], { cwd: temporaryFolder(), env });
    expect(JSON.parse(stdout).commits).toBe(3);
  });

  test("the variables of another repository are not taken for the clone's", () => {
    const env = { GIT_DIR: join(makeRepository([{ message: "a" }]), ".git") };
    const { stdout } = curtainCall(["credits", "--repo", makeRepository(trio), "--format", "json"], { env });
    expect(JSON.parse(stdout).commits).toBe(3);
  });
});

test("it tells its version", () => {
  expect(curtainCall(["--version"])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
});

describe("help", () => {
  test.each([["--help"], ["help"], ["credits", "--help"], ["help", "credits"]])("%s %s", (...args) => {
    const { status, stdout, stderr } = curtainCall(args.filter((arg) => arg !== undefined));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/Usage: curtain-call[^]*Example/);
  });
});

describe("bad input gets one line and a status", () => {
  const misuses: [string, string[], RegExp][] = [
    ["no command", [], /name a command/],
    ["an unknown command", ["credit"], /unknown command 'credit'.*credits/],
    ["an unknown option", ["credits", "--formt", "json"], /'--formt'.*--format/],
    ["an unknown role", ["credits", "--role", "mentr"], /'mentr' is invalid.*Did you mean mentor/],
    ["an unknown format", ["credits", "--format", "xml"], /'xml' is invalid.*table, markdown, json, csv/],
    ["an option without its value", ["credits", "--top"], /argument missing/],
    ["a number that is none", ["credits", "--top", "0"], /whole number/],
    ["a trailer without a role", ["credits", "--trailer", "Paired-with"], /key.*role/],
    ["two ranges", ["credits", "HEAD", "HEAD"], /too many arguments/],
    ["an empty range", ["credits", ""], /range is empty/],
    ["evidence in a format", ["credits", "--evidence", "--format", "json"], /leave --format away/],
    ["git's count in another parse", ["credits", "--as-git", "--parse", "tolerant"], /leave --parse/],
    ["git's count with trailers of one's own", ["credits", "--as-git", "--trailer", "A=helper"], /leave --trailer/],
    ["git's count without assistants", ["credits", "--as-git", "--assistants", "hide"], /leave --assistants hide/],
  ];
  test.each(misuses)("misuse: %s", (_, args, line) => {
    expectOneLine(curtainCall(args, { cwd: makeRepository(trio) }), { status: 2, line });
  });

  test("a folder that is no repository, or not there", () => {
    const folder = temporaryFolder();
    const env = { GIT_CEILING_DIRECTORIES: join(folder, "..") };
    expectOneLine(curtainCall(["credits", "--repo", folder], { env }), { status: 1, line: /not in a git repository/ });
    expectOneLine(curtainCall(["credits", "--repo", `${folder}/no`], { env }), {
      status: 1,
      line: /there is no folder/,
    });
  });

  test("a repository without a commit", () => {
    const folder = temporaryFolder();
    git(folder, ["init", "--quiet"]);
    expectOneLine(curtainCall(["credits", "--repo", folder]), { status: 1, line: /no commit yet/ });
  });

  test.each([
    ["an unknown range", ["nosuch"], /'nosuch' names no commit/],
    ["a range that looks like an option", ["--format", "json", "--", "x"], /the path 'x' is in no commit/],
    ["a folder for a range", ["HEAD:src"], /'HEAD:src' names no commit/],
    ["an unknown path", ["--", "src", "nosuch"], /the path 'nosuch' is in no commit/],
    ["a path elsewhere", ["--", "../nosuch"], /outside repository/],
  ])("%s", (_, args, line) => {
    expectOneLine(curtainCall(["credits", ...args], { cwd: makeRepository(trio) }), { status: 1, line });
  });

  test("a clone that somebody else owns", () => {
    const env = { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    const result = curtainCall(["credits"], { cwd: makeRepository(trio), env });
    expectOneLine(result, { status: 1, line: /somebody else owns it.*safe\.directory/ });
  });

  test.runIf(existsSync("/dev/full"))("a disk that is full", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, ["src/cli.ts", "credits", "--repo", makeRepository(trio)], {
      stdio: ["ignore", full, "pipe"],
    });
    let stderr = "";
    child.stderr?.on("data", (text: Buffer) => {
      stderr += text.toString();
    });
    const [status] = await once(child, "close");
    closeSync(full);
    expectOneLine({ status, stdout: "", stderr }, { status: 1, line: /cannot be written/ });
  });

  test("a machine without git", () => {
    const result = curtainCall(["credits"], { cwd: makeRepository(trio), env: { PATH: temporaryFolder() } });
    expectOneLine(result, { status: 1, line: /install git/ });
  });

  test("a history with a damaged commit, whatever the format: and nothing on standard output", () => {
    const folder = makeRepository(trio);
    const id = git(folder, ["rev-parse", "HEAD~2"]).trim();
    const object = join(folder, ".git/objects", id.slice(0, 2), id.slice(2));
    chmodSync(object, 0o644);
    writeFileSync(object, "damaged");
    for (const args of [[], ["--evidence"], ["--format", "json"], ["--format", "csv"]]) {
      expectOneLine(curtainCall(["credits", "--repo", folder, ...args]), {
        status: 1,
        line: /could not read all.*corrupt.*git fsck/,
      });
    }
  });

  test("a configuration that git does not understand", () => {
    const folder = makeRepository(trio);
    writeFileSync(join(folder, ".git/config"), "[core\n");
    expectOneLine(curtainCall(["credits", "--repo", folder]), { status: 1, line: /bad config/ });
  });
});

describe("a reader that has seen enough", () => {
  test.each([["--evidence"], ["--format=json"]])("ends it quietly with status 0: %s", async (arg) => {
    const folder = makeRepository(
      Array.from({ length: 3000 }, (_, index) => ({ author: `P ${index} <p${index}@example.com>`, message: "x" })),
    );
    const child: ChildProcess = spawn(process.execPath, ["src/cli.ts", "credits", "--repo", folder, arg], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let complaints = "";
    child.stderr?.on("data", (text: Buffer) => {
      complaints += text.toString();
    });
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await once(child, "close")).toEqual([0, null]);
    expect(complaints).toBe("");
  });
});

function identityLine({ name, email }: { name: string; email: string }): string {
  return `${name} <${email}>`;
}

function expectOneLine(
  result: { status: number | null; stdout: string; stderr: string },
  expected: { status: number; line: RegExp },
): void {
  expect(result).toEqual({
    status: expected.status,
    stdout: "",
    stderr: expect.stringMatching(/^curtain-call: [^\n]+\n$/),
  });
  expect(result.stderr).toMatch(expected.line);
}
