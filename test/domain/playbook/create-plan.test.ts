import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { canonicalText } from "../../../src/domain/playbook/create-plan.ts";
import { describePlan } from "../../../src/domain/playbook/describe-plan.ts";
import { keepWhatIsThere } from "../../../src/domain/playbook/keep-what-is-there.ts";
import { lockFile } from "../../../src/domain/playbook/lock-file.ts";
import { type PlanSource, shortHash } from "../../../src/domain/playbook/plan.ts";
import { loadTemplate } from "../../../src/render/load-template.ts";
import { renderPlan } from "../../../src/render/render-plan.ts";
import { createUntrustedRenderer } from "../../../src/render/render-untrusted.ts";
import { type FileToMake, manifestOf, planOf, playbookOf, renderWith } from "../../support/make-playbook.ts";

const renderer = createUntrustedRenderer({ timeout: 30_000 });
afterAll(renderer.close);

const files: Readonly<Record<string, FileToMake>> = {
  "playbook.yml": manifestOf(
    "inputs:",
    "  title: { type: string, required: false }",
    "  owner: { type: team, required: false }",
    "repository:",
    '  description: "{{inputs.title}}"',
    "  topics: [tides]",
    "  features: { wiki: false }",
    "  merge: { squash: true }",
    "  labels: [{ name: type:bug, color: d73a4a }]",
    "  milestones: [{ title: Walking skeleton }]",
    "  protection: { reviews: 1, code-owners: true, checks: [ci] }",
    '  teams: [{ team: "{{inputs.owner}}", permission: maintain, when: { input: owner, given: true } }]',
    "  properties: { tier: gold }",
    "issues:",
    '  - { template: issues/kick-off.md, title: "Kick-off: {{repository.title}}", labels: [kick-off] }',
  ),
  "files/README.md.hbs": "# {{md repository.title}}\n",
  "files/run.sh": { mode: "100755", bytes: new TextEncoder().encode("#!/bin/sh\n") },
  "files/logo.png": Uint8Array.from([0, 1]),
  "issues/kick-off.md": "Hello",
};

async function plan(answers = 'name=tides title="Tide @grace *tables*" owner=platform', more: object = {}) {
  const playbook = playbookOf(files);
  const result = await renderWith(renderer, playbook, answers);
  if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
  return planOf(playbook, result.rendered, more);
}

const source: PlanSource = {
  kind: "repository",
  id: 5,
  name: "acme/playbooks",
  isPrivate: true,
  folder: "tide-tables",
  commit: "4f2a91c".padEnd(40, "0"),
  ref: "v3",
};

test("the same makes the same plan, and anything else another", async () => {
  const first = await plan();
  expect(await plan()).toEqual(first);
  expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(shortHash(first)).toBe(first.hash.slice(0, 8));
  const others = await Promise.all([
    plan("name=tides"),
    plan("name=tides2"),
    plan(undefined, { source }),
    plan(undefined, { requester: { id: 8, login: "grace", name: "Grace Sample" } }),
  ]);
  expect(new Set([first, ...others].map(({ hash }) => hash)).size).toBe(5);
});

test("what is equal is written equally", () => {
  expect(canonicalText({ b: [1, "ü", null], a: { d: undefined, c: true } })).toBe('{"a":{"c":true},"b":[1,"ü",null]}');
});

test("the plan names each file with mode, size and hash, and whom the commit credits", async () => {
  const { plan: made } = await plan();
  expect(made.files).toMatchObject([
    { path: "README.md", mode: "100644", isRendered: true, isBinary: false, size: 28 },
    { path: "logo.png", mode: "100644", isRendered: false, isBinary: true, size: 2 },
    {
      path: "run.sh",
      mode: "100755",
      isRendered: false,
      isBinary: false,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    },
  ]);
  expect(made.commit).toEqual({
    title: "Begin with the playbook tide-tables 1.2.3",
    trailers: [
      "Co-authored-by: Grace Sample <7+grace@users.noreply.github.com>",
      "Playbook-by: Ada Example <101+ada@users.noreply.github.com>",
    ],
  });
});

test("requests: six for files, one for each that is no text, and one for each other thing", async () => {
  // Six for the files, one for the logo, labels looked at, topics, properties, team, protection; two labels, a milestone, an issue.
  expect((await plan()).plan.cost).toEqual({ requests: 12 + 4, seconds: 10 });
});

test("a name of a requester cannot end the trailer that it stands in", async () => {
  const requester = { id: 7, login: "grace", name: "Grace <x@example.com>\nSigned-off-by: Joan" };
  const { plan: made } = await plan(undefined, { requester });
  expect(made.commit.trailers[0]).toBe(
    "Co-authored-by: Grace x@example.com Signed-off-by: Joan <7+grace@users.noreply.github.com>",
  );
});

describe("the lock file", () => {
  test("says where everything is from, and what each rendered file was", async () => {
    const named = await plan(undefined, { source });
    const [readme] = named.plan.files;
    expect(parse(lockFile(named))).toEqual({
      schema: 1,
      playbook: "tide-tables",
      version: "1.2.3",
      source: {
        repository: { id: 5, name: "acme/playbooks" },
        folder: "tide-tables",
        commit: "4f2a91c".padEnd(40, "0"),
        ref: "v3",
      },
      authors: [{ login: "ada", id: 101, name: "Ada Example" }],
      inputs: { name: "tides", title: "Tide @grace *tables*", owner: "acme/platform" },
      run: { plan: named.hash, by: { id: 7, login: "grace" } },
      files: [{ path: "README.md", mode: "100644", sha256: readme?.sha256 }],
    });
  });

  test("does not name a private source where anybody may read it", async () => {
    const { plan: made, hash } = await plan(undefined, { source });
    const repository = { ...made.repository, visibility: "public" as const };
    expect(parse(lockFile({ plan: { ...made, repository }, hash }))).toMatchObject({
      source: { repository: { id: 5 }, folder: "tide-tables" },
    });
    expect(lockFile({ plan: { ...made, repository }, hash })).not.toContain("acme/playbooks");
  });
});

describe("the comment", () => {
  const web = "https://github.example.com";

  test("says everything that would happen, and pings nobody", async () => {
    const named = await plan();
    const template = await loadTemplate("comments/plan.md.hbs");
    const text = renderPlan(describePlan(named, { web, use: { runs: 41, teams: 9 } }), template);
    expect(text.replaceAll(shortHash(named), "7f3a9c2e")).toMatchSnapshot();
  });

  test("of a repository that is there says what stays as it is", async () => {
    const playbook = playbookOf(files);
    const result = await renderWith(renderer, playbook, "name=tides");
    if ("mistakes" in result) throw new Error(result.mistakes.join("\n"));
    const about = { id: 12, owner: "acme", name: "tides", description: null, visibility: "private" } as const;
    const there = { paths: ["README.md"], labels: [], milestones: [], issues: [], branch: "trunk", head: "" };
    const { rendered, target } = keepWhatIsThere(result.rendered, { ...about, ...there });
    const named = planOf(playbook, rendered, { target });
    const template = await loadTemplate("comments/plan.md.hbs");
    const text = renderPlan(describePlan(named, { web, use: { runs: 1, teams: 1 } }), template);
    expect(text.replaceAll(shortHash(named), "7f3a9c2e")).toMatchSnapshot();
    expect(named.plan.commit.title).toBe("Apply the playbook tide-tables 1.2.3");
  });

  test("of a playbook in a repository says where that is, and which commit", async () => {
    const template = await loadTemplate("comments/plan.md.hbs");
    const text = renderPlan(
      describePlan(await plan("name=tides", { source }), { web, use: { runs: 0, teams: 0 } }),
      template,
    );
    expect(text).toContain(
      "made by [Ada Example](https://github.example.com/ada) in `acme/playbooks`, `v3` at `4f2a91c`.</sub>",
    );
  });

  test("names fewer files where all of them would not fit", async () => {
    const named = await plan("name=tides");
    const [file] = named.plan.files;
    if (file === undefined) throw new Error("no file");
    const many = Array.from({ length: 900 }, (_, index) => ({ ...file, path: `${"x".repeat(150)}/${index}` }));
    const description = describePlan(
      { ...named, plan: { ...named.plan, files: many } },
      { web, use: { runs: 0, teams: 0 } },
    );
    const text = renderPlan(description, await loadTemplate("comments/plan.md.hbs"));
    expect(text.length).toBeLessThan(65_000);
    expect(text).toContain("**900 files**");
    expect(text).toContain("And 800 more.");
  });
});
