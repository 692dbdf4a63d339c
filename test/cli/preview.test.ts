import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type PreviewRequest, runPreview } from "../../src/cli/run-preview.ts";
import { sampleRelease } from "../../src/cli/sample-release.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { renderMarkdown } from "../../src/render/render-markdown.ts";
import { curtainCall } from "../support/curtain-call.ts";
import { harmOf } from "../support/html-harm.ts";
import { temporaryFolder } from "../support/repository.ts";

const ours = ["releases/sections", "releases/flat", "releases/table", "comments/credit", "comments/credit-check"];

async function preview(template: string, more: Partial<PreviewRequest> = {}): Promise<string> {
  let written = "";
  const stdout = {
    write: (text: string) => {
      written += text;
      return true;
    },
  };
  const request = { template, directory: "/nowhere", data: null, people: null, subject: null, ...more };
  await runPreview(request, { stdout } as unknown as Terminal);
  return written;
}

/** What is said where it fails. */
function complaint(template: string, more: Partial<PreviewRequest> = {}): Promise<unknown> {
  return preview(template, more).catch((error: unknown) => (error instanceof Error ? error.message : error));
}

function fileWith(name: string, text: string): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, text);
  return path;
}

describe.each(ours)("the sample by %s", (name) => {
  test("does nothing, whatever people are called", async () => {
    const place = {
      breaks: true,
      links: { mention: () => "/mention", issue: () => "/issue", commit: () => "/commit", relative: () => "/relative" },
    };
    const html = renderMarkdown(await preview(name), place);
    expect(harmOf(html)).toEqual([]);
    expect(html).not.toContain("/mention");
    expect(html).not.toContain('href="https://example.com"');
  });

  test("fits, with 3,000 people as well", async () => {
    const most = name.startsWith("releases/") ? 125_000 : 65_536;
    const text = await preview(name, { people: 3000 });
    expect(text.length).toBeLessThan(most);
    expect(text).toMatch(/3,000 people made|And 2,[\d,]+ more|This is in part/);
  });
});

test("the sample of a release has every section, somebody new, a team and assistants", () => {
  const { sections, newcomers, team, community, assistants } = sampleRelease(0);
  expect(sections).toHaveLength(11);
  for (const list of [newcomers, team, community, assistants]) expect(list.length).toBeGreaterThan(1);
});

describe("a template of one's own", () => {
  test.for<[file: string, subject: PreviewRequest["subject"], text: string, expected: string]>([
    ["thanks.hbs", null, "{{number (size people)}} made {{release}}", "11 made v1.4.0\n"],
    ["credit.md.hbs", null, "{{number (size rows)}} people, {{code landed.commit}}", "11 people, `4f2a91c`\n"],
    ["credit-check.md.hbs", null, "{{number people}} people", "11 people\n"],
    ["words.hbs", "comment", "{{> comments/evidence rows.shown.[2]}}", "[2 reviews]"],
    ["words.hbs", "release", "{{> releases/closing}}", "**First time here:**"],
  ])("in %s is for the %s that it is for", async ([name, subject, text, expected]) => {
    expect(await preview(fileWith(name, text), { subject })).toContain(expected);
  });

  test.for<[what: string, text: string, complaint: RegExp]>([
    ["writes our marker", "<!-- curtain-call:keep -->\nMerci", /marker of Curtain Call's by itself/],
    ["says nothing", "{{#if release}}{{/if}}", /It makes an empty section/],
    ["a helper that is not known", "a\n{{lookup people 'a'}}", /thanks\.hbs, line 2: "lookup" is not a helper\./],
    ["a block that does not close", "{{#each people.shown}}", /thanks\.hbs, line 1: /],
    ["a value that is not there", "a\nb\n{{nobody}}", /thanks\.hbs, line 3: A value is asked for that is not there/],
    [
      "a text that never ends",
      "{{#each people.shown}}".concat("{{#each @root.people.shown}}".repeat(9), "x", "{{/each}}".repeat(10)),
      /thanks\.hbs: It (takes|makes)/,
    ],
    ["several mistakes", "{{a b}}\n{{{c}}}", /line 1: .* \(and 1 more\)$/],
  ])("with %s is told of by file and line", async ([, text, line]) => {
    const said = await complaint(fileWith("thanks.hbs", text));
    expect(said).toMatch(line);
    expect(String(said).split("\n")).toHaveLength(1);
  });
});

describe("data from a file", () => {
  test("is a release as acknowledge prints it", async () => {
    const data = fileWith("release.json", JSON.stringify({ ...sampleRelease(0), release: "v2.0.0" }));
    expect(await preview("releases/flat", { data })).toContain("11 people made v2.0.0.");
    expect(await preview(fileWith("thanks.hbs", "{{release}}"), { data })).toBe("v2.0.0\n");
  });

  test("is what a comment says", async () => {
    const data = fileWith("comment.json", JSON.stringify({ people: 3, warning: null, hasCommands: false }));
    expect(await preview("comments/credit-check", { data })).toMatch(/^All 3 are credited/);
  });

  test.for<[what: string, template: string, text: string, complaint: RegExp]>([
    ["is no JSON", "releases/flat", '{\n"a": 1\n"b": 2}', /data\.json is no JSON: .*line 3/],
    ["is no release", "releases/flat", '{"release":"v1"}', /data\.json: range: .*; write one with/],
    ["is a list", "comments/credit", "[]", /data\.json: the whole: has to be an object; /],
    [
      "lacks what is asked for",
      "comments/credit",
      '{"rows":{}}',
      /^templates\/comments\/credit\.md\.hbs(, line \d+)?: /,
    ],
  ])("that %s is told of", async ([, template, text, line]) => {
    expect(await complaint(template, { data: fileWith("data.json", text) })).toMatch(line);
  });
});

test.for<[what: string, template: string, more: Partial<PreviewRequest>, complaint: RegExp]>([
  [
    "a template that is not there",
    "releases/tabel",
    {},
    /is neither a file nor one of .* Did you mean releases\/table\?$/,
  ],
  ["a file that is a folder", "/", {}, /cannot be read \(EISDIR\)/],
  ["data that is not there", "releases/flat", { data: "/nowhere/data.json" }, /data\.json cannot be read \(ENOENT\)/],
  ["people beside data", "releases/flat", { data: "/nowhere/data.json", people: 3 }, /--people is for the sample/],
  [
    "another subject",
    "releases/flat",
    { subject: "check" },
    /releases\/flat is for the release: leave --for check away/,
  ],
])("one line tells what is wrong with %s", async ([, template, more, line]) => {
  expect(await complaint(template, more)).toMatch(line);
});

test("the whole command", () => {
  const file = fileWith("thanks.hbs", "Thanks to {{number (size people)}}");
  expect(curtainCall(["preview", file, "--people", "20"])).toEqual({ status: 0, stdout: "Thanks to 20\n", stderr: "" });
  expect(curtainCall(["preview", file, "--people", "many"])).toMatchObject({ status: 2, stdout: "" });
  expect(curtainCall(["preview", "--help"]).stdout).toContain("curtain-call preview releases/table");
});
