import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultConfiguration } from "../../../src/domain/config/configuration-schema.ts";
import { readConfiguration } from "../../../src/domain/config/read-configuration.ts";
import { depth } from "../../support/depth.ts";

function lines(...text: readonly string[]): string {
  return text.join("\n");
}

/** The errors as somebody sees them: line, column, message. */
function errorsOf(text: string): readonly string[] {
  const reading = readConfiguration(text);
  return reading.ok ? [] : reading.errors.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe("nothing has to be set", () => {
  test.each([
    ["an empty file", ""],
    ["a file of blanks", " \n\n"],
    ["a file of comments", "# nothing yet\n"],
    ["a byte order mark alone", "\uFEFF"],
    ["groups without settings", "credit:\nplaybooks: ~\n"],
    ["settings without values", "credit:\n  comment:\n  exclude: # nobody\n  paths:\n"],
    ["Windows line ends", "credit:\r\n  comment: auto\r\n"],
  ])("%s gives the defaults", (_, text) => {
    expect(readConfiguration(text)).toEqual({ ok: true, configuration: defaultConfiguration });
  });
});

test("every setting can be set", () => {
  const reading = readConfiguration(
    lines(
      "credit:",
      "  comment: always",
      "  check: off",
      "  assistants: forbid",
      "  commenters: true",
      "  trailers: { Paired-with: co-author }",
      '  paths: { docs: ["docs/**", "**/*.md"], design: ["**/*.svg"] }',
      '  exclude: ["*[bot]", "release-machine"]',
      "acknowledgements:",
      "  releases: false",
      "  template: thanks.hbs",
      '  prefixes: { "web-v": ["packages/web/**"] }',
      "  sort: name",
      "  mentions: true",
      '  exclude: [ada, "@acme/platform"]',
      '  team: [grace, "@acme/*"]',
      "  files: { contributors: CONTRIBUTORS.md }",
      "playbooks:",
      '  sources: ["acme/playbooks@v3"]',
      '  where: ["acme/start-here"]',
      '  approvers: ["@acme/platform"]',
      "  approval: always",
    ),
  );
  expect(reading).toEqual({
    ok: true,
    configuration: {
      credit: {
        comment: "always",
        check: "off",
        assistants: "forbid",
        commenters: true,
        trailers: { "Paired-with": "co-author" },
        paths: { docs: ["docs/**", "**/*.md"], design: ["**/*.svg"], maintenance: [] },
        exclude: ["*[bot]", "release-machine"],
      },
      acknowledgements: {
        releases: false,
        template: "thanks.hbs",
        prefixes: { "web-v": ["packages/web/**"] },
        sort: "name",
        mentions: true,
        exclude: ["ada", "@acme/platform"],
        team: ["grace", "@acme/*"],
        files: { contributors: "CONTRIBUTORS.md" },
      },
      playbooks: {
        sources: ["acme/playbooks@v3"],
        where: ["acme/start-here"],
        approvers: ["@acme/platform"],
        approval: "always",
      },
    },
  });
});

test("all errors are told at once, in the order of the file, each with its place and the near miss", () => {
  const text = lines(
    "credti: 1",
    "comment: always",
    "credit:",
    "  coment: auto",
    "  comment: allways",
    "  check: true",
    "  commenters: yes",
    "  trailers:",
    "    Signed by: author",
    "    Paired-with: mentr",
    "    Thanked-by:",
    "  paths:",
    "    docs: docs",
    "    dsign: []",
    "    design:",
    "      - images/**",
    "      - /abs/**",
    "  exclude: ['@ada', 7]",
    "acknowledgements:",
    "  template: fancy",
    "  files: { contributors: ../x.md }",
    "playbooks: later",
  );
  expect(errorsOf(text)).toMatchInlineSnapshot(`
    [
      "1:1 "credti" is not a setting that is known. Did you mean "credit"? Known are credit, acknowledgements, playbooks.",
      "2:1 "comment" is not a setting that is known. Did you mean "credit.comment"? Known are credit, acknowledgements, playbooks.",
      "4:3 "coment" is not a setting that is known in credit. Did you mean "comment"? Known are comment, check, assistants, commenters, trailers, paths, exclude.",
      "5:12 credit.comment has to be auto, always or never, and not "allways". Did you mean "always"?",
      "6:10 credit.check has to be off, advise or require, and not true.",
      "7:15 credit.commenters has to be true or false, and not "yes".",
      "9:5 credit.trailers.Signed by has to be a key such as "Paired-with": letters, digits and -.",
      "10:18 credit.trailers.Paired-with has to be author, co-author, reviewer, reporter, idea, tester, helper, mentor, docs, design, maintenance, community or playbook, and not "mentr". Did you mean "mentor"?",
      "11:5 credit.trailers.Thanked-by has to be author, co-author, reviewer, reporter, idea, tester, helper, mentor, docs, design, maintenance, community or playbook, and not an empty value.",
      "13:11 credit.paths.docs has to be a list of paths such as ["docs/**"].",
      "14:5 "dsign" is not a setting that is known in credit.paths. Did you mean "design"? Known are docs, design, maintenance.",
      "17:9 credit.paths.design[1] has to be a path from the repository's root such as "docs/**", with *, ** and ? and without a slash around it, "{", "}" or "!".",
      "18:13 credit.exclude[0] has to be a login without "@", such as "ada" or "*[bot]".",
      "18:21 credit.exclude[1] has to be a login without "@", such as "ada" or "*[bot]", written in quotes.",
      "20:13 acknowledgements.template has to be sections, flat, table, or a file in .github/curtain-call/ such as "thanks.hbs".",
      "21:26 acknowledgements.files.contributors has to be a file in the repository such as "CONTRIBUTORS.md".",
      "22:12 playbooks has to be a group of settings, one per line, and not "later".",
    ]
  `);
});

test("an error names the path of its setting", () => {
  const reading = readConfiguration("credit:\n  paths:\n    docs: [a/**, 1]\n  chek: off\n");
  expect(reading.ok ? [] : reading.errors.map(({ path, line }) => [line, path])).toEqual([
    [3, "credit.paths.docs[1]"],
    [4, "credit.chek"],
  ]);
});

describe("a hostile or broken file", () => {
  const bomb = ['a: &a ["x"]', ...Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [*a, *a, *a, *a]`)].join("\n");
  test.each([
    ["a billion laughs", bomb, "4:18 More than 10 aliases"],
    ["flow lists nested deeply", `credit: ${"[".repeat(60_000)}`, "1:29 This is nested more than 20 levels deep"],
    ["lists and groups nested deeply", "[{".repeat(30_000), "1:21 This is nested more than 20 levels deep"],
    ["lists nested on one line", "- ".repeat(30_000), "1:41 This is nested more than 20 levels deep"],
    ["complex keys nested deeply", "? ".repeat(30_000), '1:1 A key that starts with "?"'],
    ["complex keys in lists", "- ? a\n", '1:3 A key that starts with "?"'],
    [
      "groups nested line by line",
      Array.from({ length: 300 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      "21:21 This is nested more than 20 levels deep",
    ],
    ["a huge key", `${"k".repeat(60_000)}: 1`, "1:1 This cannot be read as YAML"],
    ["a huge file", "#".repeat(64 * 1024 + 1), "1:1 The file is larger than 64 kB"],
    ["a file that is huge in bytes", `# ${"é".repeat(40_000)}`, "1:1 The file is larger than 64 kB"],
    ["__proto__ as a group", "credit:\n__proto__: { comment: never }", '2:1 "__proto__" is not a name'],
    ["__proto__ as a trailer", "credit:\n  trailers:\n    __proto__: author", '3:5 "__proto__" is not a name'],
    ["constructor as a group", "constructor: {}", '1:1 "constructor" is not a setting'],
    ["NUL", "credit:\n  comment: a\0", "2:13 An invisible control character"],
    ["half a character", "# \uD83D", "1:3 An invisible control character"],
    ["an escaped control character", 'credit:\n  exclude: ["a\\0"]', "2:13 credit.exclude[0] has to be a login"],
    ["a tab for indentation", "credit:\n\tcomment: auto", "2:1 A tab stands where only spaces may"],
    ["a mistake after a byte order mark", "\uFEFFcredti: 1", '1:1 "credti" is not a setting'],
    ["a mistake between Windows line ends", "\r\ncredit:\r\n  comment: x\r\n", "3:12 credit.comment has to be"],
    ["an alias without an anchor", "credit:\n  exclude: *nobody", '2:12 No anchor above is named "nobody"'],
    ["an anchor within itself", "credit: &a\n  exclude: [*a]", "2:13 credit.exclude[0] has to be a login"],
    ["an unknown tag", "credit:\n  comment: !foo auto", "2:17 A tag"],
    ["a known tag", "credit:\n  comment: !!str auto", "2:18 A tag"],
    ["a tag on a group", "credit: !!map\n  comment: auto", "2:3 A tag"],
    ["a merge key", "credit:\n  <<: { comment: never }", "2:3 A merge key"],
    ["a directive", "%YAML 1.1\n---\ncredit: {}", '1:1 A line that starts with "%"'],
    [
      "a setting that is there twice",
      "credit:\n  check: off\n  check: advise",
      '3:3 "check" stands here a second time',
    ],
    ["a group that is there twice", "credit: {}\ncredit: {}", '2:1 "credit" stands here a second time'],
    ["a second document", "credit: {}\n---\ncredit: {}", "2:1 A second document"],
    ["a list for a key", "{[a]: b}", "1:2 A key has to be a plain text"],
    ["a bracket that stays open", "credit:\n  exclude: [a\n", "This cannot be read as YAML"],
    ["a list", "- credit", "1:1 The file has to be a group of settings"],
    ["a word", "hello", "1:1 The file has to be a group of settings"],
  ])("with %s is refused in one clear line", (_, text, start) => {
    const [first = ""] = errorsOf(text);
    expect(first).toContain(start);
    expect(first).not.toMatch(/[\n\0]/);
    expect(first.length).toBeLessThan(400);
  });

  test("changes no prototype", () => {
    readConfiguration("__proto__: { polluted: true }\ncredit: { __proto__: { polluted: true } }");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("with thousands of mistakes tells the first hundred", () => {
    const keys = Array.from({ length: 9000 }, (_, at) => `a${at}:`).join("\n");
    const errors = errorsOf(keys);
    expect(errors).toHaveLength(100);
    expect(errors.at(-1)).toMatch(/^100:1 "a99" is not a setting/);
  });

  test("may have an anchor and a few aliases", () => {
    const reading = readConfiguration("credit: { exclude: &them [ada] }\nacknowledgements: { exclude: *them }");
    expect(reading).toMatchObject({ ok: true, configuration: { acknowledgements: { exclude: ["ada"] } } });
  });
});

describe("no text whatsoever throws, and every error has a place in the text", () => {
  const word = fc.constantFrom(
    ..."credit comment trailers paths docs exclude auto __proto__ << ada a* *a &a !a !!map | > - ? : , [ ] { } \" ' # --- ... % ~ @ ` \\ \0 \uFEFF \uD83D 1e9 0x1"
      .split(" ")
      .concat(" ", "  ", "\n", "\n  ", "\n    ", "\t", "\r\n", ": ", "- "),
  );
  const yamlLike = fc.array(word, { maxLength: 60 }).map((words) => words.join(""));
  const repeated = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 2000 }))
    .map(([words, times]) => words.join("").repeat(times));
  const anything = fc.string({ unit: "binary", maxLength: 300 });

  test.each([
    ["like YAML", yamlLike, depth({ quick: 2000, deep: 100_000 })],
    ["repeated", repeated, depth({ quick: 100, deep: 2000 })],
    ["of any characters", anything, depth({ quick: 500, deep: 50_000 })],
  ])("%s", (_, text, numRuns) => {
    fc.assert(
      fc.property(text, (written) => {
        const reading = readConfiguration(written);
        const count = written.split("\n").length;
        for (const { line, column, message } of reading.ok ? [] : reading.errors) {
          expect(line >= 1 && line <= count && column >= 1).toBe(true);
          expect(message).toMatch(/^[^\n\r]{10,500}[.?]$/u);
        }
      }),
      { numRuns },
    );
  });
});
