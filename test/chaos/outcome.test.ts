import { afterAll, expect, test } from "vitest";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createLabel, createMilestone } from "../../src/sandbox/actions/labels.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam, setTeamRepository } from "../../src/sandbox/actions/teams.ts";
import { by } from "../support/graphql-sandbox.ts";
import { canonical } from "../support/outcome/canonical.ts";
import { readSandbox } from "../support/outcome/read-outcome.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";
import { differencesOf } from "./differences.ts";

const { forge, acme, ada, tokenOf } = await startTestSandbox({}, afterAll);

/** As a run of a playbook would have left it. */
const tides = await createRepository(forge, { owner: acme, name: "tides", autoInit: true }, by(ada));
const platform = createTeam(forge, { organization: acme, name: "Platform" });
setTeamRepository(platform, tides, "maintain");
await createLabel(
  forge,
  { repository: tides, name: "check-in", color: "c5def5", description: "Where we are" },
  by(ada),
);
const fields = { description: null, state: "open", dueOn: null } as const;
await createMilestone(forge, { repository: tides, title: "Done", ...fields }, by(ada));
for (const title of ["Kick-off", "Debrief"]) {
  await openIssue(forge, { repository: tides, title, body: "Hello" }, by(ada));
}

async function write(text: string): Promise<void> {
  const author = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
  const files = [{ path: "README.md", mode: "100644", content: Buffer.from(text) }];
  await writeFiles(forge, { repository: tides, branch: "main", files, message: "Say so", author }, by(ada));
}

async function readIt(): Promise<string[]> {
  return canonical(await readSandbox({ api: forge.api, organization: "acme", token: tokenOf(ada) }));
}

const protectMain = {
  id: 1,
  name: "Protect main",
  target: "branch",
  enforcement: "active",
  bypassActors: [],
  conditions: null,
  rules: [],
  createdAt: forge.clock(),
  updatedAt: forge.clock(),
} as const;

test.for<[string, () => unknown, RegExp[]]>([
  ["nothing where nothing is otherwise", () => {}, []],
  [
    "a label that is there twice",
    () => tides.labels.push(...tides.labels.filter(({ name }) => name === "check-in")),
    [/^\+ .*"label":"check-in"/],
  ],
  [
    "an issue's label",
    () => tides.issues.get(1)?.labels.push(...tides.labels.slice(0, 1)),
    [/^- .*"labels":\[\]/, /^\+ .*"labels":\["/],
  ],
  ["an issue that is not there", () => tides.issues.delete(2), [/^- .*"title":"Debrief"/]],
  ["a milestone that is not there", () => tides.milestones.pop(), [/^- .*"milestone":"Done"/]],
  [
    "what a team may do",
    () => setTeamRepository(platform, tides, "read"),
    [/^- .*"permission":"maintain"/, /^\+ .*"permission":"pull"/],
  ],
  ["protection", () => tides.rulesets.push({ ...protectMain }), [/^\+ .*"ruleset":{"name":"Protect main"/]],
  ["a setting", () => (tides.features.wiki = false), [/^- .*"has_wiki":true/, /^\+ .*"has_wiki":false/]],
])("the outcome tells of %s", async ([, change, differences]) => {
  const wanted = await readIt();
  change();
  expect(differencesOf(wanted, await readIt())).toEqual(differences.map((one) => expect.stringMatching(one)));
});

test("the outcome tells of a file that says something else", async () => {
  const wanted = await readIt();
  await write("# Moons\n");
  const files = differencesOf(wanted, await readIt()).filter((line) => line.includes('"file"'));
  expect(files.map((line) => line.slice(0, 1))).toEqual(["-", "+"]);
});
