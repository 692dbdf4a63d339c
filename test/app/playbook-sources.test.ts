import { readdirSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { listPlaybooks } from "../../src/app/playbook/list-playbooks.ts";
import { findPlaybook, reopenPlaybook } from "../../src/app/playbook/open-playbook.ts";
import { createOrganization } from "../../src/sandbox/actions/accounts.ts";
import { chooseRepositories } from "../../src/sandbox/actions/apps.ts";
import { deleteRepository } from "../../src/sandbox/actions/delete-repository.ts";
import { changeVisibility, moveRepository } from "../../src/sandbox/actions/repositories.ts";
import { gitDirectory } from "../../src/sandbox/forge.ts";
import { by } from "../support/graphql-sandbox.ts";
import { makeSource, manifestNamed, putFiles, tagMain } from "../support/playbook-source.ts";
import { git } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const { forge, acme, ada, app, installation, requests } = await startTestApp(afterAll);
const { deps } = app;
const globex = createOrganization(forge, { login: "globex", name: "Globex", owner: ada });
const encoder = new TextEncoder();

function search(sources: readonly string[], isPublic = false) {
  return { installationId: installation.id, organisation: "acme", sources, isPublic };
}

/** What is found under a name, or why nothing is. */
async function find(sources: readonly string[], name: string, isPublic = false) {
  const finding = await findPlaybook(deps, search(sources, isPublic), name);
  expect(readdirSync(deps.clonesFolder).filter((entry) => entry.startsWith("playbooks"))).toEqual([]);
  return finding.ok ? finding.found : finding.mistake;
}

function own(name: string, files: Parameters<typeof makeSource>[2], isPrivate = false) {
  return makeSource(forge, { owner: acme, author: ada, name, private: isPrivate }, files);
}

test("a playbook is found at the version that is named, by tag, annotated tag, branch and commit", async () => {
  const repository = await own("versions", { "tides/playbook.yml": manifestNamed("tides") });
  tagMain(forge, repository, "v1");
  const second = manifestNamed("tides").replace("1.2.3", "2.0.0");
  const commit = await putFiles(forge, { repository, author: ada }, { "tides/playbook.yml": second });
  tagMain(forge, repository, "v2", "The second one");
  const expected = { kind: "repository", id: repository.id, name: "acme/versions", isPrivate: false, folder: "tides" };
  for (const [ref, version] of [
    ["v1", "1.2.3"],
    ["v2", "2.0.0"],
    ["main", "2.0.0"],
    [commit, "2.0.0"],
    [commit.slice(0, 10), "2.0.0"],
  ]) {
    expect(await find([`acme/versions@${ref}`], "tides")).toMatchObject({
      playbook: { manifest: { version } },
      source: { ...expected, ref, ...(version === "2.0.0" && { commit }) },
    });
  }
  expect(await find(["ACME/Versions"], "tides")).toMatchObject({ source: { ...expected, commit, ref: "main" } });
});

test("what is asked for again is asked of GitHub by one query, and nothing is fetched", async () => {
  await own("cached", { "tides/playbook.yml": manifestNamed("tides") });
  const first = await find(["acme/cached"], "tides");
  requests.length = 0;
  expect(await find(["acme/cached"], "tides")).toEqual(first);
  await listPlaybooks(deps, search(["acme/cached"]));
  expect(requests.map(({ method, route }) => `${method} ${route}`)).toEqual(["POST /graphql", "POST /graphql"]);
});

test("files keep bytes and mode, and what a playbook is tested by is no part of it", async () => {
  const binary = Buffer.from([0, 159, 146, 150]);
  await own("modes", {
    "playbooks/tides/playbook.yml": manifestNamed("tides"),
    "playbooks/tides/files/run.sh": { mode: "100755", content: "#!/bin/sh\n" },
    "playbooks/tides/files/tide.bin": binary,
    "playbooks/tides/tests/least.yml": "answers: { name: tides }",
  });
  const found = await find(["acme/modes"], "tides");
  if (typeof found === "string") throw new Error(found);
  expect(found.source).toMatchObject({ folder: "playbooks/tides" });
  expect(found.playbook.files.map(({ names, content, isExecutable }) => [names, content, isExecutable])).toEqual([
    [["run.sh"], encoder.encode("#!/bin/sh\n"), true],
    [["tide.bin"], Uint8Array.from(binary), false],
  ]);
});

test("the first source wins, and any source before what is built in", async () => {
  await own("one", {
    "node-service/playbook.yml": manifestNamed("node-service"),
    "a/playbook.yml": manifestNamed("a"),
  });
  await own("two", { "a/playbook.yml": manifestNamed("a").replace("1.2.3", "9.9.9") });
  expect(await find(["acme/one", "acme/two"], "a")).toMatchObject({ source: { name: "acme/one" } });
  expect(await find(["acme/two", "acme/one"], "a")).toMatchObject({ source: { name: "acme/two" } });
  expect(await find(["acme/one"], "node-service")).toMatchObject({ source: { name: "acme/one" } });
  expect(await find(["acme/two"], "node-service")).toMatchObject({ source: { kind: "built-in" } });
  expect(await find([], "node-service")).toMatchObject({ source: { kind: "built-in" } });
});

test("a name that nothing has is told of, with what may have been meant, and steers nothing", async () => {
  await own("names", { "tide-tables/playbook.yml": manifestNamed("tide-tables") });
  expect(await find(["acme/names"], "tide-table")).toBe(
    "There is no playbook `tide-table`. Did you mean `tide-tables`? All there are: `/playbook list`.",
  );
  expect(await find([], "nod-service")).toContain("Did you mean `node-service`?");
  for (const name of ["../names", "names:tide-tables", "`@ada`\n/playbook", "__proto__", "", "x".repeat(10_000)]) {
    expect(await find(["acme/names"], name)).toMatch(/^There is no playbook `[^`\n]{1,40}`\. /);
  }
});

test("where everybody can read, a private source is not there, and its name is told to nobody", async () => {
  await own("hidden-tides", { "secret-plan/playbook.yml": manifestNamed("secret-plan") }, true);
  expect(await find(["acme/hidden-tides"], "secret-plan")).toMatchObject({ source: { isPrivate: true } });
  for (const name of ["secret-plan", "secret-plam"]) {
    expect(await find(["acme/hidden-tides", "acme/nowhere-at-all"], name, true)).toBe(
      `There is no playbook \`${name}\`. All there are: \`/playbook list\`.`,
    );
  }
  const list = await listPlaybooks(deps, search(["acme/hidden-tides", "acme/nowhere-at-all"], true));
  expect(JSON.stringify(list)).not.toMatch(/hidden|secret|nowhere/);
});

test("a public source of somebody else's is used, and a private one never", async () => {
  const files = { "tides/playbook.yml": manifestNamed("tides") };
  await makeSource(forge, { owner: globex, author: ada, name: "open" }, files);
  await makeSource(forge, { owner: globex, author: ada, name: "closed", private: true }, files);
  expect(await find(["globex/open"], "tides", true)).toMatchObject({ source: { name: "globex/open" } });
  expect(await find(["globex/closed"], "tides")).toMatch(/^I can't see `globex\/closed`, which `playbooks.sources`/);
});

test("a source of one's own that the app is not installed on is told of, and nothing after it is taken in its place", async () => {
  const apart = await own("apart", { "tides/playbook.yml": manifestNamed("tides") }, true);
  const others = [...forge.state.repositories.values()].filter((one) => one.owner === acme && one !== apart);
  await chooseRepositories(forge, { installation, repositories: others }, by(ada));
  expect(await find(["acme/apart"], "node-service")).toContain("I am not installed on it");
  await chooseRepositories(forge, { installation, repositories: null }, by(ada));
  expect(await find(["acme/apart"], "tides")).toMatchObject({ source: { id: apart.id } });
});

test("a version that is not there is told of, and no text is more than a name", async () => {
  await own("refs", { "tides/playbook.yml": manifestNamed("tides") });
  for (const ref of ["v9", "main/tides", "HEAD", "..", "refs/heads/main", "1".repeat(40), "heads/main", "-x"]) {
    expect(await find([`acme/refs@${ref}`], "tides")).toContain("has no such tag, branch or commit");
  }
});

test("a broken playbook is told of by its first mistake, and nothing of that name is taken in its place", async () => {
  const broken = manifestNamed("node-service", "lables: []", "ownr: x").replace("schema: 1", "schema: 2");
  await own("broken", { "node-service/playbook.yml": broken });
  expect(await find(["acme/broken"], "node-service")).toMatch(
    /^The playbook `node-service` of `acme\/broken` is broken: `playbook\.yml:1: [^`]+`\. It has 2 more; /,
  );
});

test("a plan's playbook is opened at its commit, though its tag has moved and the repository has another name", async () => {
  const repository = await own("moving", { "tides/playbook.yml": manifestNamed("tides") }, true);
  tagMain(forge, repository, "v1");
  const found = await find(["acme/moving@v1"], "tides");
  if (typeof found === "string") throw new Error(found);
  const wanted = { installationId: installation.id, source: found.source, name: "tides" };
  await putFiles(forge, { repository, author: ada }, { "tides/playbook.yml": "broken: true" });
  tagMain(forge, repository, "v1");
  expect(await find(["acme/moving@v1"], "tides")).toContain("is broken");
  await moveRepository(forge, { repository, owner: acme, name: "moved" }, by(ada));
  expect(await reopenPlaybook(deps, wanted)).toEqual(found.playbook);
  const fresh = { ...deps, playbookCache: { ...deps.playbookCache, checks: { get: () => undefined, set: () => {} } } };
  expect(await reopenPlaybook(fresh, wanted)).toEqual(found.playbook);
  // Another one takes its name, with something else in it.
  await own("moving", { "tides/playbook.yml": manifestNamed("tides").replace("Tide tables", "Trap") });
  expect(await reopenPlaybook(fresh, wanted)).toEqual(found.playbook);
  expect(await reopenPlaybook(fresh, { ...wanted, name: "other" })).toBeNull();
  await deleteRepository(forge, repository, by(ada));
  expect(await reopenPlaybook(fresh, wanted)).toBeNull();
});

test("a plan's playbook cannot be opened any more once its source is private and somebody else's", async () => {
  const files = { "tides/playbook.yml": manifestNamed("tides") };
  const repository = await makeSource(forge, { owner: globex, author: ada, name: "closing" }, files);
  const found = await find(["globex/closing"], "tides");
  if (typeof found === "string") throw new Error(found);
  await changeVisibility(forge, { repository, isPrivate: true }, by(ada));
  const wanted = { installationId: installation.id, source: found.source, name: "tides" };
  expect(await reopenPlaybook(deps, wanted)).toBeNull();
});

const bomb = [
  "a: &a [x, x]",
  ...Array.from({ length: 20 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? "a" : `b${i - 1}`}]`),
];

test.for<[what: string, files: Parameters<typeof makeSource>[2], mistake: RegExp]>([
  ["a link", { "files/passwd": { mode: "120000", content: "/etc/passwd" } }, /files\/passwd: This is a link/],
  [
    "a link as manifest",
    { "playbook.yml": { mode: "120000", content: "/etc/passwd" } },
    /playbook\.yml: This is a link/,
  ],
  ["a file of 6 MB", { "files/big": Buffer.alloc(6_000_000) }, /files\/big: A file may have 5 MB/],
  ["YAML that unfolds", { "playbook.yml": manifestNamed("tides", ...bomb) }, /playbook\.yml:\d+: /],
  ["YAML nested deep", { "playbook.yml": `a: ${"[".repeat(100_000)}` }, /playbook\.yml/],
  ["a manifest that is no text", { "playbook.yml": Buffer.from([0, 255]) }, /no text in UTF-8/],
  ["another name than its folder's", { "playbook.yml": manifestNamed("other") }, /The name is other, and the folder/],
  ["a template that reaches out", { "files/a.hbs": "{{constructor.constructor}}" }, /files\/a\.hbs:1: /],
  ["mentions and HTML", { "files/@ada`<img src=x>\n": { mode: "120000", content: "x" } }, /`files\/@ada'<img src=x> /],
])("a playbook with %s is refused", async ([what, files, mistake]) => {
  const all = { "playbook.yml": manifestNamed("tides"), ...files };
  const inFolder = Object.fromEntries(Object.entries(all).map(([path, file]) => [`tides/${path}`, file]));
  const name = `hostile-${what.replaceAll(/\W/g, "-")}`;
  await own(name, inFolder);
  const said = await find([`acme/${name}`], "tides");
  expect(said).toMatch(/^The playbook `tides` of `[^`\n]*` is broken: `[^`\n]*`\.[^\n]*$/);
  expect(said).toMatch(mistake);
});

/** Puts lines of git-fast-import into a playbook of that repository: what no request of GitHub's would take, or many. */
async function ownImported(name: string, lines: readonly string[]): Promise<void> {
  const repository = await own(name, { "tides/playbook.yml": manifestNamed("tides") });
  const author = "Ada Example <ada@example.com> 0 +0000";
  const head = ["commit refs/heads/main", `committer ${author}`, "data 0", "from refs/heads/main^0"];
  git(gitDirectory(forge, repository), ["fast-import", "--quiet"], `${[...head, ...lines].join("\n")}\n\n`);
}

test("a submodule is refused, and never fetched", async () => {
  await ownImported("submodules", [`M 160000 ${"1".repeat(40)} tides/files/more`]);
  expect(await find(["acme/submodules"], "tides")).toContain("files/more: This is a submodule");
});

test("far too many files are refused before any of them is read", async () => {
  const empty = ["data 0", ""];
  const files = Array.from({ length: 1001 }, (_, index) => [`M 100644 inline tides/files/${index}`, ...empty]);
  await ownImported("many-files", files.flat());
  expect(await find(["acme/many-files"], "tides")).toContain("A playbook may have 1000 files; this one has 1002.");
});

test("the list has each playbook as it would be found, those that are broken, and sources that cannot be read", async () => {
  await own("listed", {
    "zebra/playbook.yml": manifestNamed("zebra"),
    "oss-library/playbook.yml": manifestNamed("oss-library"),
    "playbooks/mole/playbook.yml": "schema: 7",
    "docs/README.md": "No playbook",
  });
  await own("listed-later", { "zebra/playbook.yml": manifestNamed("zebra").replace("1.2.3", "9.9.9") });
  const sources = ["acme/listed", "acme/listed-later@main", "acme/gone", "acme/listed@v9"];
  const { playbooks, mistakes, more } = await listPlaybooks(deps, search(sources));
  expect(playbooks.map(({ name, from, about }) => [name, from, about?.version ?? null])).toEqual([
    ["mole", "acme/listed", null],
    ["node-service", null, expect.any(String)],
    ["oss-library", "acme/listed", "1.2.3"],
    ["project-kickoff", null, expect.any(String)],
    ["working-group", null, expect.any(String)],
    ["zebra", "acme/listed", "1.2.3"],
  ]);
  expect(playbooks[0]?.mistake).toMatch(/^The playbook `mole` of `acme\/listed` is broken: `playbook\.yml/);
  expect(mistakes).toEqual([
    expect.stringContaining("I can't see `acme/gone`"),
    expect.stringContaining("`acme/listed@v9`, which"),
  ]);
  expect(more).toBe(0);
});

test("more sources than anybody looks in are told of, and what is built in is not taken in their place", async () => {
  await own("some", { "tides/playbook.yml": manifestNamed("tides") });
  const sources = Array.from({ length: 21 }, (_, index) => `acme/some@${index === 20 ? "v21" : "main"}`);
  expect(await find(sources, "tides")).toMatchObject({ source: { name: "acme/some" } });
  expect(await find(sources, "node-service")).toContain("`acme/some@v21` is the first that I don't look in");
  expect(await find(sources, "node-service", true)).toMatchObject({ source: { kind: "built-in" } });
});

test("a list has an end", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
  await own("many", Object.fromEntries(names.map((name) => [`${name}/playbook.yml`, manifestNamed(name)])));
  const { playbooks, more } = await listPlaybooks(deps, search(["acme/many"]));
  expect(playbooks.filter(({ from }) => from === "acme/many")).toHaveLength(50);
  expect(more).toBe(10);
});
