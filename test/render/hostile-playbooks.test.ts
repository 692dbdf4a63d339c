import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkPlaybook } from "../../src/domain/playbook/check-playbook.ts";
import { renderPlaybook } from "../../src/render/render-playbook.ts";
import { createUntrustedRenderer } from "../../src/render/render-untrusted.ts";
import {
  complaintsAbout,
  type FileToMake,
  manifestOf,
  planOf,
  playbookFiles,
  playbookOf,
  renderWith,
  textsOf,
} from "../support/make-playbook.ts";

const renderer = createUntrustedRenderer({ timeout: 3000 });
afterAll(renderer.close);

type Files = Readonly<Record<string, FileToMake>>;

/** Everything that is said against a playbook, or against what these answers make of it; nothing where it is made. */
async function refusals(files: Files, answers: string): Promise<readonly string[]> {
  const check = checkPlaybook(playbookFiles(files));
  if (!check.ok) return complaintsAbout(files);
  const result = await renderWith(renderer, check.playbook, answers);
  return "mistakes" in result ? result.mistakes : [];
}

const free =
  "inputs: { title: { type: string, required: false }, why: { type: string, required: false, multiline: true }, list: { type: list, required: false } }";
const asked = { "playbook.yml": manifestOf(free) };
const least = "name=tides";
const empty = new Uint8Array();

function template(text: string): Files {
  return { ...asked, "files/a.md.hbs": text };
}

function named(path: string): Files {
  return { ...asked, [path]: "" };
}

function made(title: string): readonly [Files, string] {
  return [{ ...asked, "files/{{inputs.title}}": "" }, `name=tides title=${JSON.stringify(title)}`];
}

function manifest(...lines: readonly string[]): Files {
  return { "playbook.yml": manifestOf(...lines) };
}

const attacks: readonly (readonly [name: string, attack: readonly [Files, string?], refusal: string])[] = [
  // Templates.
  ["the constructor", [template("{{constructor}}")], "is not a name that leads anywhere here"],
  ["the constructor of a value", [template("{{inputs.name.constructor}}")], "is not a name that leads anywhere here"],
  ["a constructor in brackets", [template("{{inputs.[constructor]}}")], "is not a name that leads anywhere here"],
  ["the prototype", [template("{{inputs.__proto__}}")], "is not a name that leads anywhere here"],
  ["a way to define getters", [template("{{__defineGetter__}}")], "is not a name that leads anywhere here"],
  ["what every object has", [template("{{toString}}")], "is not known"],
  ["what every text has", [template("{{inputs.name.sub}}")], "leads nowhere"],
  ["the helper lookup", [template('{{lookup inputs "constructor"}}')], "is not a helper"],
  ["the helper log", [template("{{log inputs}}")], "is not a helper"],
  [
    "the block for what is missing",
    [template("{{#blockHelperMissing inputs}}{{/blockHelperMissing}}")],
    "is not a block",
  ],
  ["a helper for what is missing", [template("{{helperMissing inputs}}")], "is not a helper"],
  ["a block that calls what it finds", [template("{{#inputs}}{{/inputs}}")], "is not a block"],
  ["the writer, which passes anything", [template("{{plain inputs.title}}")], "is not a helper"],
  ["a value without its helper, by three braces", [template("{{{inputs.title}}}")], "two braces"],
  ["a value without its helper, by an ampersand", [template("{{&inputs.title}}")], "two braces"],
  ["a decorator", [template('{{* inline "x"}}')], "Decorators"],
  ["a partial within", [template('{{#*inline "x"}}{{/inline}}')], "Decorators"],
  ["a partial from elsewhere", [template("{{> comments/credit}}")], "None can be included here"],
  [
    "a partial by a name that is computed",
    [template("{{> (join inputs.list inputs.name)}}")],
    "has to stand in the template",
  ],
  ["a block of a partial", [template("{{#> x}}{{/x}}")], "is not known here"],
  ["a helper by a name that is computed", [template("{{(join inputs.list) 1}}")], "not a template of Handlebars"],
  ["options of a helper", [template('{{json inputs.name lookupProperty="x"}}')], "is not known here"],
  ["a name that hides a helper", [template("{{#each inputs.list as |md|}}{{md}}{{/each}}")], "hides the helper"],
  ["a way out of what it sees", [template("{{../inputs.name}}")], "leads out of the template"],
  ["variables of the machine", [template("{{@process.env.PATH}}")], "is not known here"],
  ["the whole of what it sees", [template("{{@root}}")], "is a group of values"],
  ["a name besides the three", [template("{{process.env}}")], "is not known"],
  ["blocks without an end", [template("{{#if inputs.name}}".repeat(499))], "not a template of Handlebars"],
  [
    "blocks nested five hundred deep",
    [template(`${"{{#if inputs.name}}".repeat(400)}${"{{/if}}".repeat(400)}`)],
    "50 deep",
  ],
  ["parentheses nested deep", [template(`{{json ${"(not ".repeat(30)}1${")".repeat(30)}}}`)], "5 deep"],
  ["a template of 65 kB", [template("x".repeat(65_537))], "may have 64 kB"],
  ["ten thousand pieces", [template("{{year}}".repeat(8000))], "5000 pieces"],
  [
    "a template without an end",
    [template(`${"{{#each @root.inputs.list}}".repeat(8)}x${"{{/each}}".repeat(8)}`), `name=tides list=${letters(50)}`],
    "files/a.md.hbs It takes",
  ],
  [
    "a text without an end",
    [
      template(`${"{{#each @root.inputs.list}}".repeat(3)}${"x".repeat(100)}${"{{/each}}".repeat(3)}`),
      `name=tides list=${letters(50)}`,
    ],
    "more than 1000000 characters",
  ],
  ["a template that is no text", [{ "files/a.hbs": Uint8Array.from([255, 254, 0]) }], "has to be a text in UTF-8"],
  ["free text where it could be anything", [template("* @{{inputs.title}}")], "may hold anything"],
  [
    "a derived value that passes free text on",
    [
      {
        "playbook.yml": manifestOf(free, 'derived: { x: "{{inputs.title}}" }'),
        "files/CODEOWNERS.hbs": "* {{inputs.x}}",
      },
    ],
    "may hold anything",
  ],
  ["free text behind a change of case", [template("{{upper inputs.title}}")], "may hold anything"],
  ["free text of a list", [template("{{#each inputs.list}}{{this}}{{/each}}")], "may hold anything"],
  [
    "free text in a description, on two lines",
    [{ "playbook.yml": manifestOf(free, 'repository: { description: "{{inputs.why}}" }') }, 'name=tides why="a\nb"'],
    "has several lines",
  ],

  // Paths, as they stand and as they come out.
  ["a path that leads out", [named("files/../../etc/passwd")], "leads to another folder by dots"],
  ["a path from the root", [named("/etc/passwd")], "has to begin with a name"],
  ["a path of Windows", [named("files/..\\..\\x")], "holds a backslash"],
  ["a drive of Windows", [named("C:/x")], "has to begin with a name"],
  ["git's own folder", [named("files/.git/hooks/pre-commit")], "belongs to git"],
  ["git's own folder in capitals", [named("files/.GIT/config")], "belongs to git"],
  ["git's own folder by its short name", [named("files/git~1/config")], "belongs to git"],
  ["git's own folder with a dot behind it", [named("files/.git./config")], "ends in a dot or blank"],
  ["git's own folder with an unseen letter", [named("files/.g\u200Cit/config")], "is not seen"],
  ["git's own folder by other letters", [named("files/.ｇｉｔ/config")], "belongs to git"],
  ["git's own folder as a stream", [named("files/.git::$INDEX_ALLOCATION/x")], "which Windows does not take"],
  ["submodules", [named("files/.gitmodules")], "belongs to git"],
  ["a device of Windows", [named("files/aux.md")], "a device of Windows"],
  ["a device by a superscript", [named("files/COM¹")], "a device of Windows"],
  ["a control character", [named("files/a\u0007b")], "holds a control character"],
  ["a name of 300 bytes", [named(`files/${"x".repeat(300)}`)], "more than 200 bytes"],
  ["fifty folders", [named(`files/${"a/".repeat(50)}b`)], "more than 20 folders deep"],
  ["a link", [{ "files/a": { mode: "120000", bytes: empty } }], "is a link"],
  ["a submodule itself", [{ "files/a": { mode: "160000", bytes: empty } }], "is a submodule"],
  ["a name that is nothing without its ending", [named("files/.hbs")], "no name is left"],
  ["an answer that leads out", made(".."), "leads to another folder by dots"],
  ["an answer with folders", made("a/../../b"), "which has a / in it"],
  ["an answer of Windows", made("..\\x"), "holds a backslash"],
  ["an answer that is git's folder", made(".git"), "belongs to git"],
  ["an answer that is a device", made("nul"), "a device of Windows"],
  ["no answer, and so no name", [{ ...asked, "files/{{inputs.title}}": "" }], "A path is empty"],
  [
    "a name that takes another file's place",
    [{ ...asked, "files/README.md": "", "files/{{inputs.title}}": "" }, "name=tides title=readme.MD"],
    "differ in case or letters alone",
  ],
  [
    "a name by other letters",
    [{ ...asked, "files/ﬁle": "", "files/{{inputs.title}}": "" }, "name=tides title=file"],
    "differ in case or letters alone",
  ],
  [
    "a file where a folder is",
    [{ ...asked, "files/docs/a": "", "files/{{inputs.title}}": "" }, "name=tides title=docs"],
    "a file and a folder at once",
  ],
  ["a lock file of its own", [named("files/.github/playbook.lock.yml")], "is made twice"],
  ["a lock file in capitals", [named("files/.github/PLAYBOOK.lock.yml")], "differ in case or letters alone"],
  [
    "a thousand files and one",
    [Object.fromEntries(Array.from({ length: 1001 }, (_, index) => [`files/${index}`, ""]))],
    "may have 1000 files",
  ],
  [
    "forty templates of 60 kB",
    [Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`files/${index}.hbs`, "x".repeat(60_000)]))],
    "may have 2 MB of templates",
  ],
  ["a file of six megabytes", [{ "files/a": new Uint8Array(6_000_000) }], "may have 5 MB"],
  [
    "an issue's text from elsewhere",
    [manifest("issues: [{ template: ../../etc/passwd, title: A }]")],
    "a path within the playbook",
  ],
  [
    "an issue's text from the machine",
    [manifest("issues: [{ template: /etc/passwd, title: A }]")],
    "a path within the playbook",
  ],

  // YAML and the manifest.
  ["aliases that grow", [manifest("inputs: &a { a: &b { type: string } }", `x: [${"*a,".repeat(20)}]`)], "aliases"],
  ["a merge key", [manifest("inputs: { a: { <<: { type: string } } }")], "merge key"],
  [
    "a tag that runs something",
    [manifest('inputs: !!js/function "function () {}"')],
    "A tag (! or !!) is not known here",
  ],
  ["the prototype as a key", [manifest("__proto__: { polluted: true }")], '"__proto__" is not a name'],
  ["a key twice", [manifest("name: other")], "stands here a second time"],
  ["two documents", [manifest("---", "name: b")], "A second document"],
  ["nesting without an end", [manifest(`inputs: ${"[".repeat(500)}`)], "levels deep"],
  ["a manifest of 65 kB", [manifest(`# ${"x".repeat(66_000)}`)], "larger than 64 kB"],
  ["a manifest that is no text", [{ "playbook.yml": Uint8Array.from([0, 255]) }], "no text in UTF-8"],
  ["hooks", [manifest("hooks: { post: rm -rf / }")], '"hooks" is not a setting'],
  ["tasks", [manifest("tasks: [npm install]")], '"tasks" is not a setting'],
  [
    "code as a condition",
    [manifest('files: [{ path: "files/**", when: "process.exit()" }]')],
    "has to be a group of settings",
  ],
  ["a pattern that would never end", [manifest('inputs: { a: { type: string, pattern: "(?:a+)+\\\\1" } }')], "has \\1"],
  [
    "a pattern of any size",
    [manifest('inputs: { a: { type: string, pattern: "((((a{1000}){1000}){1000}){1000})" } }')],
    "repeats too much",
  ],
  [
    "a team of somebody else",
    [manifest("repository: { teams: [{ team: evil/owners, permission: admin }] }")],
    "which is no team of acme",
  ],
  ["an input for a secret", [manifest("inputs: { deploy-token: { type: string } }")], "looks like a secret"],
  [
    "an address as a source of text",
    [manifest("issues: [{ template: 'https://example.com/a.md', title: A }]")],
    "is no file of the playbook",
  ],

  // Answers.
  ["a workflow's expression", [asked, 'name=tides title="${{ secrets.TOKEN }}"'], "holds ${{"],
  ["writing that turns around", [asked, 'name=tides title="a\u202Eb"'], "holds characters that are not seen"],
  ["a second line", [asked, 'name=tides title="a\nowner: evil"'], "has to be a single line"],
  ["a line by another character", [asked, 'name=tides title="a\u2028b"'], "has to be a single line"],
  ["a control character in an answer", [asked, 'name=tides title="a\u001Bb"'], "holds characters that are not seen"],
  [
    "ten thousand characters and one",
    [asked, `name=tides why=${"x".repeat(10_001)}`],
    "may have 10000 characters at most",
  ],
  ["fifty entries and one", [asked, `name=tides list=${letters(51)}`], "may have 50 entries at most"],
  ["the prototype as an answer", [asked, "name=tides __proto__=x"], "is no answer"],
  ["the constructor as an answer", [asked, "name=tides constructor=x"], "constructor is not asked for here"],
  ["a repository that GitHub keeps for itself", [asked, "name=.."], "a name that no repository may have"],
  [
    "a repository of somebody else, by a pattern that takes it",
    [manifest('inputs: { name: { type: string, pattern: ".*" } }'), "name=evil/tides"],
    "a name that no repository may have",
  ],
  ["an entry of ten thousand characters", [asked, `name=tides list=${"x".repeat(10_000)}`], "more than 200 characters"],
  ["a repository of somebody else", [asked, "name=evil/tides"], "name does not match"],
  ["an answer that nobody asks for", [asked, "name=tides visibility=public"], "visibility is not asked for here"],
  ["the same answer twice", [asked, "name=tides name=evil"], "answered twice"],
  [
    "a number without an end",
    [manifest("inputs: { n: { type: number } }"), `name=tides n=${"9".repeat(400)}`],
    "n has to be a number",
  ],
  ["a number in disguise", [manifest("inputs: { n: { type: number } }"), "name=tides n=0x10"], "n has to be a number"],
];

function letters(count: number): string {
  return Array.from({ length: count }, (_, index) => `e${index}`).join(",");
}

describe("nothing is made of", () => {
  test.each(attacks)("%s", async (_, [files, answers = least], refusal) => {
    const lines = await refusals(files, answers);
    expect(lines).toContainEqual(expect.stringContaining(refusal));
    // What is said is a line, whatever was quoted in it.
    for (const line of lines) expect(line).not.toMatch(/[\p{Cc}\u202E\u2028]/u);
  });

  test("a hundred and more ways, at least", () => {
    expect(attacks.length).toBeGreaterThanOrEqual(100);
  });
});

describe("an answer is a value wherever a helper writes it:", () => {
  const hostile = "a\": x # {{inputs.name}}' $(reboot) `id` @everybody #1 <img src=x> [l](https://example.com) *b* \\";
  const files = {
    ...asked,
    "files/a.yml.hbs": "title: {{yaml inputs.title}}\nwhy: {{yaml inputs.why}}\nlist: {{yaml inputs.list}}\n",
    "files/a.json.hbs": '{"title": {{json inputs.title}}, "why": {{json inputs.why}} }\n',
    "files/a.sh.hbs": "printf %s {{sh inputs.title}}\n",
    "files/a.md.hbs": "{{md inputs.title}}\n\n{{paragraphs inputs.why}}\n",
    "files/CODEOWNERS.hbs": "* @acme/{{kebab inputs.title}}\n",
  };
  const why = "one\nowner: evil\n\n/credit @everybody\n- #1\n# title\n> quote\n```\ncode";

  async function make(): Promise<Readonly<Record<string, string>>> {
    const answers = `name=tides title=${JSON.stringify(hostile)} why=${JSON.stringify(why)} list=a,b`;
    const result = await renderWith(renderer, playbookOf(files), answers);
    if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
    return textsOf(result.rendered);
  }

  test("in YAML and JSON it adds no key", async () => {
    const texts = await make();
    expect(parse(texts["a.yml"] ?? "")).toEqual({ title: hostile, why, list: ["a", "b"] });
    expect(JSON.parse(texts["a.json"] ?? "")).toEqual({ title: hostile, why });
  });

  test("in a shell it is one word", async () => {
    expect((await make())["a.sh"]).toBe(`printf %s '${hostile.replaceAll("'", `'\\''`)}'\n`);
  });

  test("in Markdown it mentions nobody, refers to nothing and gives no command", async () => {
    const text = (await make())["a.md"] ?? "";
    expect(text).not.toMatch(/@\w|#\d|^\/|^[->]|^# |^`{3}|(?<!\\)<|(?<!\\)\]\(|https:/m);
  });

  test("as an owner of code it is one name", async () => {
    expect((await make())["CODEOWNERS"]).toMatch(/^\* @acme\/[a-z0-9-]+\n$/);
  });
});

test("many templates that each take long are ended together", async () => {
  const playbook = playbookOf({ ...asked, "files/a.hbs": "{{year}}", "files/b.hbs": "{{year}}" });
  const values = new Map([["name", "tides"]]);
  const rendering = await renderPlaybook(
    { playbook, values, organisation: "acme", year: 2026, patience: -1 },
    renderer,
  );
  expect(rendering).toEqual({
    ok: false,
    errors: [{ path: "files/a.hbs", line: null, message: "All of it takes longer than -1 milliseconds." }],
  });
});

test("what a template does to its data is seen by no other", async () => {
  const files = {
    ...asked,
    "files/a.hbs": '{{join inputs.list "-"}}'.replace("{{join", "{{md (join").replace("}}", ")}}"),
    "files/b.hbs": "{{json inputs.list}}",
  };
  const result = await renderWith(renderer, playbookOf(files), "name=tides list=a,b");
  expect("rendered" in result && textsOf(result.rendered)).toEqual({ a: "a-b", b: '["a","b"]' });
});

test("a plan of one repository is not the plan of another, whatever their names are put together to", async () => {
  const playbook = playbookOf(asked);
  const hashes = await Promise.all(
    ['name=tides title="a,b"', 'name=tides title="a" why=b', "name=tidesa title=b"].map(async (answers) => {
      const result = await renderWith(renderer, playbook, answers);
      if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
      return planOf(playbook, result.rendered).hash;
    }),
  );
  expect(new Set(hashes).size).toBe(3);
});
