import { describe, expect, test } from "vitest";
import {
  type ExistingRepository,
  isNothingLeft,
  keepWhatIsThere,
  pathsThatAreThere,
} from "../../../src/domain/playbook/keep-what-is-there.ts";
import type { RenderedPlaybook } from "../../../src/domain/playbook/rendered-playbook.ts";

const existing: ExistingRepository = {
  id: 12,
  owner: "acme",
  name: "tides",
  description: "Tide tables",
  visibility: "public",
  branch: "trunk",
  head: "4f2a91c".padEnd(40, "0"),
  paths: ["README.md", "src/main.ts"],
  labels: ["Bug"],
  milestones: ["Done"],
  issues: ["Kick-off: tides"],
};

const rendered: RenderedPlaybook = {
  inputs: { name: "tides" },
  repository: {
    owner: "acme",
    name: "tides",
    title: "Tides",
    description: "From the playbook",
    homepage: "https://tides.example.org",
    visibility: "private",
    topics: ["tides"],
    features: { wiki: false },
    merge: { squash: true },
    labels: [
      { name: "bug", color: "d73a4a", description: null },
      { name: "risk", color: "d93f0b", description: null },
    ],
    milestones: [
      { title: "Done", description: null },
      { title: "Debrief", description: null },
    ],
    protection: null,
    teams: [{ team: "acme/platform", permission: "maintain" }],
    properties: { tier: "gold" },
  },
  files: ["README.md", "docs/risks.md"].map((path) => {
    return { path, mode: "100644", isRendered: true, bytes: new TextEncoder().encode(path) };
  }),
  issues: ["Kick-off: tides", "First check-in"].map((title) => {
    return { title, body: "Hello", labels: [], milestone: "Done", assignees: [] };
  }),
};

test("a repository gets what it lacks, and its settings, access and protection stay as they are", () => {
  const { rendered: left, target } = keepWhatIsThere(rendered, existing);
  expect(target).toEqual({ kind: "existing", repositoryId: 12, branch: "trunk", kept: ["README.md"] });
  expect(left.files.map(({ path }) => path)).toEqual(["docs/risks.md"]);
  expect(left.issues.map(({ title }) => title)).toEqual(["First check-in"]);
  expect(left.repository).toEqual({
    owner: "acme",
    name: "tides",
    title: "Tides",
    description: "Tide tables",
    homepage: null,
    visibility: "public",
    topics: [],
    features: {},
    merge: {},
    labels: [{ name: "risk", color: "d93f0b", description: null }],
    milestones: [{ title: "Debrief", description: null }],
    protection: null,
    teams: [],
    properties: {},
  });
});

test("a second time nothing is left", () => {
  const whole = {
    ...existing,
    paths: ["README.md", "docs/risks.md"],
    labels: ["bug", "RISK"],
    milestones: ["Done", "Debrief"],
    issues: ["Kick-off: tides", "First check-in"],
  };
  expect(isNothingLeft(keepWhatIsThere(rendered, existing).rendered)).toBe(false);
  expect(isNothingLeft(keepWhatIsThere(rendered, whole).rendered)).toBe(true);
});

describe("a path is there already", () => {
  test.each([
    ["when it is the same", ["docs/a.md"], "docs/a.md", true],
    ["when it differs in case alone", ["Docs/A.md"], "docs/a.md", true],
    ["when a file has the name of its folder", ["docs"], "docs/a.md", true],
    ["when a folder has its name", ["docs/a/b.md"], "docs/a", true],
    ["when letters differ in their form alone", ["caf\u00e9.md"], "cafe\u0301.md", true],
    ["when code owners stand elsewhere, whom it would put out of force", ["CODEOWNERS"], ".github/CODEOWNERS", true],
    ["and not when only its folder is", ["docs/a.md"], "docs/b.md", false],
    ["and not when code owners stand nowhere", ["README.md"], ".github/CODEOWNERS", false],
  ])("%s", (_, paths, path, isThere) => {
    expect(pathsThatAreThere({ paths }, [path])).toEqual(isThere ? [path] : []);
  });
});
