import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findByAddress } from "../../../src/sandbox/actions/accounts.ts";
import { closingIssues } from "../../../src/sandbox/actions/change-refs.ts";
import { authorsOf } from "../../../src/sandbox/actions/merge-message.ts";
import { commitsOf, isMergeable } from "../../../src/sandbox/actions/pulls.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { roleOf } from "../../../src/sandbox/identity/access.ts";
import type { Issue } from "../../../src/sandbox/model/issue.ts";
import { tellStory } from "../../../src/sandbox/story/tell-story.ts";
import { makeForge } from "../../support/make-forge.ts";
import { git } from "../../support/repository.ts";

const templates = join(import.meta.dirname, "../../../templates/sandbox/story");

async function tell() {
  const forge = makeForge();
  const story = await tellStory(forge);
  const repository = (name: string) => {
    const found = story.repositories.find((one) => one.name === name);
    if (found === undefined) throw new Error(`there is no repository ${name}`);
    return found;
  };
  return { forge, story, repository };
}

test("the observatory has an owner, two members, and a repository that only they see", async () => {
  const { forge, story, repository } = await tell();
  expect(story.members.map(({ login }) => login)).toEqual(["ada", "grace", "katherine"]);
  expect(story.owner).toBe(story.members[0]);
  expect(story.repositories.map(({ name }) => name)).toEqual(["tides", "playbooks", "tide-gauge-keys", "start-here"]);
  const hedy = findByAddress(forge.state, "hedy@example.org");
  if (hedy === null) throw new Error("Hedy has no account");
  expect(roleOf(hedy, repository("tide-gauge-keys"))).toBe("none");
  expect(roleOf(hedy, repository("tides"))).toBe("read");
});

test("nobody is told, and all of it is in the past, in its order", async () => {
  const { forge, story } = await tell();
  expect(forge.happenings).toEqual([]);
  const now = forge.clock();
  for (const repository of story.repositories) {
    expect(repository.createdAt < repository.pushedAt && repository.pushedAt < now).toBe(true);
    for (const { createdAt, updatedAt, comments, events } of repository.issues.values()) {
      expect(createdAt <= updatedAt && updatedAt < now).toBe(true);
      for (const things of [comments, events]) {
        const dates = things.map((thing) => thing.createdAt);
        expect(dates).toEqual(dates.toSorted((one, other) => one.getTime() - other.getTime()));
        expect(dates.every((date) => date >= createdAt && date < now)).toBe(true);
      }
    }
  }
});

test("the open pull request is by three people, approved by a fourth, and closes the report of a fifth", async () => {
  const { forge, story } = await tell();
  const { pullRequest: pull } = story;
  const commits = await commitsOf(forge, pull);
  const authors = commits.map((commit) => authorsOf(commit).map(({ name }) => name));
  expect(authors).toEqual([["Ada Example"], ["Grace Sample"], ["Ada Example", "Joan Figure"]]);
  const addresses = commits.flatMap(authorsOf).map(({ address }) => address ?? "");
  const strangers = addresses.filter((address) => findByAddress(forge.state, address) === null);
  expect(strangers).toEqual(["joan.figure@example.com"]);

  const [report] = closingIssues(pull);
  expect(report?.author.login).toBe("hedy");
  expect(report?.state).toBe("open");
  expect(report?.labels.map(({ name }) => name)).toEqual(["bug"]);
  expect(report?.comments[0]?.author.login).toBe("katherine");
  expect(pull.reviews.find(({ state }) => state === "APPROVED")?.author.login).toBe("katherine");
  expect(pull.reviewComments.map(({ path, line }) => [path, line])).toEqual([
    ["tides/day.py", 12],
    ["tides/day.py", 12],
  ]);
  expect(pull.reviewComments[0]?.diffHunk).toMatch(/\n\+def midnight\(/);
  expect(pull.issue.body).toMatch(/^- \[x\] /m);
  expect(pull.issue.body).toMatch(/^\| --- \|/m);
  expect(await isMergeable(forge, pull)).toBe(true);
});

test("the merged pull request landed as one commit by the rules, and closed what it said", async () => {
  const { forge, repository } = await tell();
  const tides = repository("tides");
  const states = [...tides.issues.values()].map(({ number, state, pull }) => [number, state, Boolean(pull?.merged)]);
  expect(states).toEqual([
    [1, "closed", false],
    [2, "closed", true],
    [3, "open", false],
    [4, "open", false],
    [5, "open", false],
  ]);
  const directory = gitDirectory(forge, tides);
  expect(git(directory, ["log", "-1", "--format=%B---%n%an <%ae>", "main"])).toMatchInlineSnapshot(`
    "Count heights from chart datum (#2)

    * Count heights from chart datum

    Co-authored-by: Ada Example <ada@example.com>

    * Test that no station falls below chart datum

    ---------

    Co-authored-by: Ada Example <ada@example.com>---
    Grace Sample <grace@example.org>
    "
  `);
  expect(git(directory, ["branch", "--format=%(refname:short)"])).toBe("calendar-days\nmain\n");
  expect(git(directory, ["fsck", "--strict", "--no-dangling"])).toBe("");
});

test("the playbook is there byte for byte, and names its authors by their numbers", async () => {
  const { forge, story, repository } = await tell();
  const directory = gitDirectory(forge, repository("playbooks"));
  const entries = readdirSync(join(templates, "playbooks"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  expect(git(directory, ["ls-tree", "-r", "--name-only", "main"]).trim().split("\n")).toHaveLength(files.length);
  for (const file of files) {
    const path = file.slice(join(templates, "playbooks/").length);
    expect(git(directory, ["show", `main:${path}`])).toBe(readFileSync(file, "utf8"));
  }
  const manifest = git(directory, ["show", "main:node-service/playbook.yml"]);
  const named = [...manifest.matchAll(/\{ login: (\w+), id: (\d+),/g)].map(([, login, id]) => [login, Number(id)]);
  expect(named).toEqual(story.members.slice(0, 2).map(({ login, id }) => [login, id]));
});

test("every text that stands below the templates is told, and names no one by a ping", async () => {
  const { story } = await tell();
  const bodies = story.repositories.flatMap((repository) => [...repository.issues.values()].flatMap(bodiesOf));
  for (const name of readdirSync(join(templates, "tides-conversation"))) {
    const text = readFileSync(join(templates, "tides-conversation", name), "utf8");
    expect(bodies).toContain(text);
    expect(text).not.toContain("@");
  }
});

function bodiesOf({ body, comments, pull }: Issue): (string | null)[] {
  const reviewed = [...(pull?.reviews ?? []), ...(pull?.reviewComments ?? [])];
  return [body, ...comments.map((comment) => comment.body), ...reviewed.map((one) => one.body)];
}
