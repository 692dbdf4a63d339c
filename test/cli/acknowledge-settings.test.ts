import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { curtainCall } from "../support/curtain-call.ts";
import { type CommitToMake, git, makeTagged, temporaryFolder } from "../support/repository.ts";

const ada = "Ada Example <ada@example.com>";
const grace = "Grace Sample <7+grace@users.noreply.github.com>";
const joan = "Joan Figure <joan@example.org>";
const machine = "release-machine[bot] <9+release-machine[bot]@users.noreply.github.com>";

const work: readonly CommitToMake[] = [
  { author: ada, message: "Begin (#1)\n", files: { "packages/web/a.ts": "1" } },
  {
    author: grace,
    message: "Count (#2)\n\nPaired-with: Joan Figure <joan@example.org>\n",
    files: { "packages/web/b.ts": "1" },
  },
  { author: joan, message: "Explain (#3)\n", files: { "docs/guide.md": "1" } },
  { author: machine, message: "Tidy (#4)\n", files: { "packages/api/a.ts": "1" } },
];

/** A repository with these files beside its work, of which `web-v1` and `v1` are the beginning, and `web-v2` and `v2` the end. */
function makeConfigured(files: Readonly<Record<string, string>>): string {
  const [first, ...others] = work;
  const last = { author: ada, message: "Configure (#5)\n", files };
  return makeTagged([first ?? last, ...others, last], { "web-v1": 0, v1: 0, "web-v2": 4, v2: 4 });
}

function configured(text: string, files: Readonly<Record<string, string>> = {}): string {
  return makeConfigured({ ".github/curtain-call.yml": text, ...files });
}

function run(folder: string, ...args: string[]) {
  return curtainCall(["acknowledge", "--repo", folder, ...args]);
}

interface Told {
  readonly name: string;
  readonly roles: object;
  readonly mention: string | null;
}

function peopleOf(folder: string, ...args: string[]): string[] {
  const { stdout, stderr } = run(folder, "--format", "json", ...args);
  expect(stderr).toBe("");
  const { people, assistants } = JSON.parse(stdout) as { people: Told[]; assistants: Told[] };
  return [...people, ...assistants].map(({ name, roles }) => `${name}: ${Object.keys(roles).join(", ")}`);
}

const all = ["Ada Example: author", "Grace Sample: author", "Joan Figure: author", "release-machine[bot]: author"];

describe("the settings of the repository", () => {
  test.each([
    ["none", "", all],
    ["an order and whom not to list", "acknowledgements: { sort: name, exclude: [grace] }", [all[0], all[2], all[3]]],
    ["accounts without credit", 'credit: { exclude: ["*[bot]"] }', all.slice(0, 3)],
    ["assistants that are not shown", "credit: { assistants: hide }", all.slice(0, 3)],
    [
      "trailers",
      "credit: { trailers: { Paired-with: co-author } }",
      ["Joan Figure: author, co-author", "Ada Example: author", "Grace Sample: author", "release-machine[bot]: author"],
    ],
    [
      "roles by paths",
      'credit: { paths: { docs: ["docs/**"], maintenance: [".github/**"] } }',
      [
        "Ada Example: author, maintenance",
        "Grace Sample: author",
        "Joan Figure: author, docs",
        "release-machine[bot]: author",
      ],
    ],
  ])("%s", (_, text, people) => {
    expect(peopleOf(configured(text), "v2")).toEqual(people);
  });

  test("say what the releases of a tag prefix are made of, and those of others stay whole", () => {
    const folder = configured('acknowledgements: { prefixes: { "web-v": ["packages/web/**"] } }');
    expect(peopleOf(folder, "web-v2")).toEqual(["Grace Sample: author"]);
    expect(peopleOf(folder, "web-v1..HEAD")).toEqual(["Grace Sample: author"]);
    expect(peopleOf(folder, "v2")).toEqual(all);
    expect(peopleOf(folder, "web-v2", "--ignore-config")).toEqual(all);
  });

  test("are those of the end of the range, and not of the work tree", () => {
    const folder = configured("acknowledgements: { exclude: [grace] }");
    writeFileSync(join(folder, ".github/curtain-call.yml"), "nonsense");
    expect(peopleOf(folder, "v2")).toHaveLength(3);
    expect(peopleOf(folder, "v1")).toEqual(["Ada Example: author"]);
  });

  test("give way to what is asked for", () => {
    const folder = configured("acknowledgements: { exclude: [grace], sort: name, template: table }");
    expect(peopleOf(folder, "v2", "--exclude", "Joan *", "--sort", "credits")).toEqual([all[0], all[1], all[3]]);
    expect(run(folder, "v2").stdout).toContain("|---|");
    expect(run(folder, "v2", "--template", "flat").stdout).not.toContain("|---|");
    expect(run(folder, "v2", "--ignore-config").stdout).toContain("**Wrote it:**");
  });

  test("mention only whose login is certain", () => {
    const folder = configured("acknowledgements: { mentions: true, template: flat }");
    expect(run(folder, "v2").stdout).toContain("Ada Example, @grace and Joan Figure.");
    expect(run(configured(""), "v2", "--mentions", "--template", "flat").stdout).toContain("@grace");
  });

  test("that leave out a team are told to be of no use without a network", () => {
    const { status, stdout, stderr } = run(configured('acknowledgements: { exclude: ["@acme/platform"] }'), "v2");
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^curtain-call: @acme\/platform is a team[^\n]*\n$/)]);
    expect(stdout).toContain("3 people made v2.");
  });

  test("that are broken are told with their line", () => {
    const { status, stdout, stderr } = run(configured("acknowledgements:\n  sort: height\n"), "v2");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^curtain-call: \.github\/curtain-call\.yml in \S+, line 2: [^\n]*--ignore-config\n$/);
  });
});

describe("a template of one's own", () => {
  const words =
    "Thanks to {{#each people.shown}}{{#unless @first}}, {{/unless}}{{name}}{{> releases/pulls}}{{/each}}!\n";

  test("stands in the repository, or in a file", () => {
    const folder = configured("acknowledgements: { template: thanks.hbs }", {
      ".github/curtain-call/thanks.hbs": words,
    });
    const thanks = "Thanks to Ada Example (#5), Grace Sample (#2), Joan Figure (#3)!\n";
    expect(run(folder, "v2")).toEqual({ status: 0, stdout: thanks, stderr: "" });
    const file = join(temporaryFolder(), "mine.hbs");
    writeFileSync(file, words);
    expect(run(configured(""), "v2", "--template", file).stdout).toBe(thanks);
  });

  test.each([
    ["is not there", {}, /names the template \.github\/curtain-call\/thanks\.hbs, which is not in/],
    ["runs what is not known", { words: "\n{{lookup people 'a'}}" }, /thanks\.hbs, line 2: .*lookup/],
    ["asks for what is not there", { words: "a\n\n{{nobody}}" }, /thanks\.hbs, line 3: A value is asked for/],
    [
      "never ends",
      {
        words: `{{#each people.shown}}${"{{#each @root.people.shown}}".repeat(20)}x${"{{/each}}".repeat(20)}{{/each}}`,
      },
      /thanks\.hbs: It (takes|makes)/,
    ],
  ])("one that %s is one clear line", (_, { words: text }: { words?: string }, complaint) => {
    const files: Record<string, string> = text === undefined ? {} : { ".github/curtain-call/thanks.hbs": text };
    const { status, stdout, stderr } = run(configured("acknowledgements: { template: thanks.hbs }", files), "v2");
    expect([status, stdout, stderr]).toEqual([1, "", expect.stringMatching(complaint)]);
    expect(stderr).toMatch(/^curtain-call: [^\n]+\n$/);
  });
});

describe("a team", () => {
  test("is apart, from the line or from a file", () => {
    const folder = configured("");
    const file = join(temporaryFolder(), "team.txt");
    writeFileSync(file, "# The team\n@Grace  # since the beginning\n\nAda Example\n");
    for (const team of ["grace, Ada Example", `@${file}`]) {
      const { stdout } = run(folder, "v2", "--team", team);
      expect(stdout).toContain(
        "**Wrote it:** Joan Figure (#3); from the team: Ada Example (#5), [Grace Sample](https://github.com/grace) (#2)\n",
      );
    }
    expect(run(folder, "v2", "--team", "grace", "--format", "csv").stdout).toContain(
      "person,Grace Sample,grace,https://github.com/grace,yes,yes,1,",
    );
  });

  test("is in JSON beside the community", () => {
    const { stdout } = run(configured(""), "v2", "--team", "grace", "--format", "json");
    const { team, community, people } = JSON.parse(stdout) as Record<"team" | "community" | "people", Told[]>;
    expect([team, community, people].map((list) => list.length)).toEqual([1, 2, 3]);
  });
});

test("a bare repository has its settings too", () => {
  const bare = join(temporaryFolder(), "bare.git");
  git(configured("acknowledgements: { exclude: [grace] }"), ["clone", "--quiet", "--bare", ".", bare]);
  expect(peopleOf(bare, "v2")).toEqual([all[0], all[2], all[3]]);
});

test("a partial clone says that it has no settings of then, and goes on", () => {
  const origin = configured("acknowledgements: { exclude: [grace] }");
  git(origin, ["rm", "--quiet", "-r", ".github"]);
  git(origin, ["commit", "--quiet", "--message=Forget"]);
  git(origin, ["config", "uploadpack.allowFilter", "true"]);
  const folder = join(temporaryFolder(), "partial");
  git(".", ["clone", "--quiet", "--filter=blob:none", `file://${origin}`, folder]);
  const { status, stdout, stderr } = run(folder, "v2", "--template", "flat");
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^curtain-call: \S+ at v2 is not in [^\n]+\n$/)]);
  expect(stdout).toContain("3 people made v2.");
  expect(run(folder, "v2", "--ignore-config").stderr).toBe("");
});
