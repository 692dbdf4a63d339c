import { afterAll, describe, expect, test } from "vitest";
import { createUntrustedRenderer } from "../../src/render/render-untrusted.ts";
import {
  complaintsAbout,
  type FileToMake,
  manifestOf,
  playbookOf,
  renderWith,
  textsOf,
} from "../support/make-playbook.ts";

const renderer = createUntrustedRenderer({ timeout: 30_000 });
afterAll(renderer.close);

async function render(files: Readonly<Record<string, FileToMake>>, answers = "name=tides") {
  const result = await renderWith(renderer, playbookOf(files), answers);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  return result.rendered;
}

async function mistakes(files: Readonly<Record<string, FileToMake>>, answers = "name=tides") {
  const result = await renderWith(renderer, playbookOf(files), answers);
  return "mistakes" in result ? result.mistakes : [];
}

const inputs = [
  "inputs:",
  '  name: { type: string, pattern: "^[a-z][a-z0-9-]*$" }',
  "  title: { type: string, required: false }",
  "  database: { type: choice, options: [none, postgres], default: none }",
  '  topics: { type: list, required: false, pattern: "[a-z]+" }',
  "  owner: { type: team, required: false }",
  "  lead: { type: person, required: false }",
];

describe("the files", () => {
  test("what ends in .hbs is rendered, and all else is copied byte for byte", async () => {
    const bytes = Uint8Array.from([0, 255, 13, 10, 123, 123]);
    const rendered = await render({
      "files/README.md.hbs": "# {{md repository.title}}\n",
      "files/.github/workflows/ci.yml": "run: ${{ github.ref }} {{x}}\n",
      "files/logo.png": bytes,
      "files/twice.md.hbs.hbs": "{{repository.name}}",
      "not-a-file.md": "left where it is",
    });
    expect(textsOf(rendered)).toMatchObject({
      "README.md": "# tides\n",
      ".github/workflows/ci.yml": "run: ${{ github.ref }} {{x}}\n",
      "twice.md.hbs": "tides",
    });
    expect(rendered.files.map(({ path, isRendered }) => [path, isRendered])).toEqual([
      [".github/workflows/ci.yml", false],
      ["README.md", true],
      ["logo.png", false],
      ["twice.md.hbs", true],
    ]);
    expect(rendered.files.find(({ path }) => path === "logo.png")?.bytes).toEqual(bytes);
  });

  test("names are templates, conditions choose, lists repeat, and rules say what can be run", async () => {
    const files = {
      "playbook.yml": manifestOf(
        ...inputs,
        'derived: { package: "{{snake inputs.name}}" }',
        "files:",
        '  - { path: "files/db/**", when: { input: database, is: postgres } }',
        '  - { path: "files/**/*.sh", executable: true }',
        '  - { path: "files/topics/**", each: topics, as: topic }',
        'ignore: ["files/**/*.tmp"]',
      ),
      "files/{{inputs.package}}/main.py.hbs": "print({{json inputs.package}})\n",
      "files/db/schema.sql": "",
      "files/bin/run.sh": "#!/bin/sh\n",
      "files/bin/kept": { mode: "100755", bytes: new Uint8Array() },
      "files/topics/{{inputs.topic}}.md.hbs": '{{inputs.topic}} of {{join inputs.topics "-"}}',
      "files/a.tmp": "",
      "files/.DS_Store": "",
    };
    const without = await render(files, "name=tide-tables");
    expect(without.files.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
      "100755 bin/kept",
      "100755 bin/run.sh",
      "100644 tide_tables/main.py",
    ]);
    const all = await render(files, 'name=tides database=postgres topics="sea, moon"');
    expect(textsOf(all)).toEqual({
      "bin/kept": "",
      "bin/run.sh": "#!/bin/sh\n",
      "db/schema.sql": "",
      "tides/main.py": 'print("tides")\n',
      "topics/moon.md": "moon of sea-moon",
      "topics/sea.md": "sea of sea-moon",
    });
  });

  test("templates see inputs, playbook and repository", async () => {
    const text = [
      "{{inputs.database}} {{playbook.name}} {{playbook.version}} {{playbook.lifecycle}} {{md playbook.license}}",
      '{{md (join playbook.authors ", ")}} {{repository.owner}}/{{repository.name}} {{repository.visibility}} {{year}}',
      "{{md repository.title}}: {{md repository.description}}{{#if inputs.owner}} @{{inputs.owner}}{{/if}}",
    ].join("\n");
    const description = 'repository: { description: "All about {{inputs.title}}" }';
    const files = { "playbook.yml": manifestOf(...inputs, description), "files/about.hbs": text };
    expect(textsOf(await render(files, 'name=tides title="Tide tables" owner=platform'))["about"]).toBe(
      [
        "none tide-tables 1.2.3 production MIT",
        "Ada Example acme/tides private 2026",
        "Tide tables: All about Tide tables @acme/platform",
      ].join("\n"),
    );
  });
});

describe("a name leads where the check says that it does:", () => {
  test.each([
    ["{{#each inputs.topics}}{{this}}{{@root.inputs.name}}{{/each}}", "seatidesmoontides"],
    ["{{#each inputs.topics}}{{../inputs.name}}{{@index}}{{/each}}", "tides0tides1"],
    ["{{#each inputs.topics as |it at|}}{{it}}{{at}}{{/each}}", "sea0moon1"],
    ["{{#if inputs.topics}}{{#each inputs.topics}}{{../inputs.name}}{{/each}}{{/if}}", "tidestides"],
    ["{{#each inputs.topics}}{{#if @first}}{{../inputs.name}}{{else}}{{this}}{{/if}}{{/each}}", "tidesmoon"],
    [
      "{{#each inputs.topics as |a|}}{{#each @root.inputs.topics as |b|}}{{a}}{{b}} {{/each}}{{/each}}",
      "seasea seamoon moonsea moonmoon ",
    ],
    ["{{#with inputs}}{{name}} {{database}}{{/with}}", "tides none"],
    ["{{#with inputs as |all|}}{{all.name}}{{../repository.name}}{{/with}}", "tidestides"],
    ["{{#with playbook}}{{md ./title}} {{version}}{{/with}}", "Tide tables 1.2.3"],
    ["{{#with inputs.owner}}x{{else}}{{inputs.name}}{{/with}}", "tides"],
    ['{{#if inputs.owner}}a{{else if (eq inputs.database "none")}}{{inputs.name}}{{else}}b{{/if}}', "tides"],
    ["{{inputs.topics.length}}", "2"],
  ])("%s", async (text, expected) => {
    expect(textsOf(await render(withTemplate(text), 'name=tides topics="sea,moon"'))["a"]).toBe(expected);
  });

  test.each([
    ["{{#each inputs.topics}}{{inputs.name}}{{/each}}", "within {{#each}} and {{#with}}, inputs is at @root.inputs."],
    ["{{#with playbook}}{{repository.name}}{{/with}}", "repository is at @root.repository."],
    ["{{#each inputs.name}}{{/each}}", '"inputs.name" is no list.'],
    ["{{inputs.nme}}", "Did you mean name?"],
    ["{{repository.visiblity}}", "Did you mean visibility?"],
    ["{{#if inputs.nothing}}{{/if}}", '"nothing" is not known'],
    ["{{json (join inputs.nothing 1)}}", '"nothing" is not known'],
    ["{{inputs.topics}}", "is a list of values"],
    ["{{playbook}}", "is a group of values"],
  ])("and where it leads nowhere, that is told: %s", (text, message) => {
    expect(complaintsAbout(withTemplate(text))).toContainEqual(expect.stringContaining(message));
  });
});

test("the repository and its issues are what manifest and answers say", async () => {
  const files = {
    "playbook.yml": manifestOf(
      ...inputs,
      "repository:",
      '  description: "{{inputs.title}}"',
      '  topics: [tides, "{{inputs.database}}"]',
      "  features: { wiki: false }",
      "  labels: [{ name: bug, color: D73A4A }, { name: data, when: { input: database, is: postgres } }]",
      '  milestones: [{ title: "First {{repository.title}}", when: { input: database, is: none } }]',
      "  protection: { reviews: 1, checks: [ci], when: { input: owner, given: true } }",
      '  teams: [{ team: "{{inputs.owner}}", permission: maintain, when: { input: owner, given: true } }, { team: readers, permission: pull }]',
      '  properties: { owner: "{{inputs.owner}}" }',
      "issues:",
      '  - { template: issues/kick-off.md.hbs, title: "Kick-off: {{repository.title}}", labels: [kick-off, Bug], milestone: "First {{repository.title}}", assignees: ["{{inputs.lead}}"] }',
      "  - { template: issues/plain.md, title: Data, when: { input: database, is: postgres } }",
    ),
    "issues/kick-off.md.hbs": "Led by {{#if inputs.lead}}{{code inputs.lead}}{{else}}nobody yet{{/if}}.",
    "issues/plain.md": "{{as it is}}",
  };
  const { repository, issues } = await render(files, 'name=tides title="Tide tables" owner=platform lead=ada');
  expect(repository).toEqual({
    owner: "acme",
    name: "tides",
    title: "Tide tables",
    description: "Tide tables",
    homepage: null,
    visibility: "private",
    topics: ["tides", "none"],
    features: { wiki: false },
    merge: {},
    labels: [
      { name: "bug", color: "d73a4a", description: null },
      { name: "kick-off", color: "ededed", description: null },
    ],
    milestones: [{ title: "First Tide tables", description: null }],
    protection: {
      branch: "main",
      as: "ruleset",
      reviews: 1,
      "code-owners": false,
      "dismiss-stale": false,
      checks: ["ci"],
      conversations: false,
      linear: false,
    },
    teams: [
      { team: "acme/platform", permission: "maintain" },
      { team: "acme/readers", permission: "pull" },
    ],
    properties: { owner: "acme/platform" },
  });
  expect(issues).toEqual([
    {
      title: "Kick-off: Tide tables",
      body: "Led by `ada`.",
      labels: ["kick-off", "Bug"],
      milestone: "First Tide tables",
      assignees: ["ada"],
    },
  ]);
  const bare = await render(files, "name=tides database=postgres");
  expect(bare.repository).toMatchObject({ description: null, protection: null, properties: {}, milestones: [] });
  expect(bare.issues[0]?.milestone).toBe(null);
  expect(bare.repository.teams).toEqual([{ team: "acme/readers", permission: "pull" }]);
  expect(bare.issues.map(({ title, body }) => `${title}: ${body}`)).toEqual([
    "Kick-off: tides: Led by nobody yet.",
    "Data: {{as it is}}",
  ]);
});

test("everything that is wrong with these answers is told at once", async () => {
  const files = {
    "playbook.yml": manifestOf(...inputs),
    "files/{{inputs.title}}/a": "",
    "files/b.hbs": "{{kebab inputs.title}}",
    "files/c.hbs": "\n{{snake inputs.title}}",
  };
  expect(await mistakes(files, 'name=tides title="! /"')).toEqual([
    'files/{{inputs.title}}/a Its name becomes "! /", which has a / in it.',
    "files/b.hbs:1 No letter from a to z and no digit is left to make a name of.",
    "files/c.hbs:2 No letter from a to z and no digit is left to make a name of.",
  ]);
});

function withTemplate(text: string): Readonly<Record<string, FileToMake>> {
  return { "playbook.yml": manifestOf(...inputs), "files/a.hbs": text };
}
