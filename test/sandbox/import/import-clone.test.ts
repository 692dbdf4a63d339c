import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOrganization, createPerson, findByAddress } from "../../../src/sandbox/actions/accounts.ts";
import { commitsOf } from "../../../src/sandbox/actions/pulls.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { type Imported, importClone } from "../../../src/sandbox/import/import-clone.ts";
import type { PullRequest } from "../../../src/sandbox/model/issue.ts";
import { latestRelease } from "../../../src/sandbox/model/release.ts";
import { findAccount, findRepository } from "../../../src/sandbox/model/state.ts";
import { countByAccount } from "../../support/count-by-account.ts";
import { depth } from "../../support/depth.ts";
import { makeStream, manyMerges } from "../../support/fast-import.ts";
import { makeForge } from "../../support/make-forge.ts";
import { type CommitToMake, git, makeRepository, temporaryFolder } from "../../support/repository.ts";

const ada = "Ada Example <ada@example.com>";
const grace = "Grace Sample <grace@example.org>";
const hedy = "Hedy Instance <101+hedy-i@users.noreply.github.com>";
const bot = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>";
const assistant = "Claude <noreply@anthropic.com>";

function makeOwner() {
  const forge = makeForge();
  return { forge, owner: createPerson(forge, { login: "owner" }) };
}

async function importCommits(commits: readonly CommitToMake[], mailmap?: string) {
  const { forge, owner } = makeOwner();
  const imported = await importClone(forge, { clone: makeRepository(commits, mailmap), owner, name: "tides" });
  return { forge, imported };
}

function pullOf({ repository }: Imported, number: number): PullRequest {
  const pull = repository.issues.get(number)?.pull;
  if (!pull) throw new Error(`there is no pull request ${number}`);
  return pull;
}

describe("pull requests", () => {
  test("a squash is one merged pull request with the commit that landed, dated as git has it", async () => {
    const { forge, imported } = await importCommits([
      { message: "Begin" },
      {
        message: "Read the gauge (#12)\n\nIt was dark.\n\nCo-authored-by: Ada Example <ada@example.com>\n",
        author: grace,
        date: 1_700_000_500,
      },
    ]);
    expect(imported).toMatchObject({ pullRequests: 1, skipped: 0, commits: 2, people: 2 });
    const pull = pullOf(imported, 12);
    const [commit] = await commitsOf(forge, pull);
    expect(pull.issue).toMatchObject({
      title: "Read the gauge",
      body: "It was dark.\n\nCo-authored-by: Ada Example <ada@example.com>",
      state: "closed",
      createdAt: new Date(1_700_000_500_000),
      closedAt: new Date(1_700_000_500_000),
    });
    expect(pull.issue.author.login).toBe("grace-sample");
    expect(pull.merged?.by.login).toBe("ada-example");
    expect(pull.head).toMatchObject({ branch: "pull-12", commit: commit?.sha });
    expect(pull.merged?.commit).toBe(commit?.sha);
    expect(imported.repository.nextIssueNumber).toBe(13);
    expect(git(gitDirectory(forge, imported.repository), ["rev-parse", "refs/pull/12/head"]).trim()).toBe(commit?.sha);
  });

  test.each([
    ['Revert "Read the gauge (#1)" (#2)', 2, 'Revert "Read the gauge (#1)"'],
    ["Port it (#1) (#2)", 2, "Port it (#1)"],
    ["(#7)", 7, "(#7)"],
  ])("%s is number %i", async (message, number, title) => {
    const { imported } = await importCommits([{ message: "Begin" }, { message }]);
    expect([...imported.repository.issues.keys()]).toEqual([number]);
    expect(pullOf(imported, number).issue.title).toBe(title);
  });

  test.each(["Fix #12", "See (#12) for more", "Count (#0)", "Merge branch 'main' of example.com:tides"])(
    "%s lands none",
    async (message) => {
      const { imported } = await importCommits([{ message: "Begin" }, { message }]);
      expect(imported.pullRequests).toBe(0);
    },
  );

  test("the first commit of a number wins, and one without a parent is skipped", async () => {
    const { imported } = await importCommits([
      { message: "Begin (#1)" },
      { message: "Read the gauge (#2)" },
      { message: "Read the gauge again (#2)" },
    ]);
    expect(imported).toMatchObject({ pullRequests: 1, skipped: 1 });
    expect(pullOf(imported, 2).issue.title).toBe("Read the gauge");
  });

  test("a merge on GitHub's pages is the author's of the branch, and was made by the author of the merge commit", async () => {
    const folder = temporaryFolder();
    git(folder, ["init", "--quiet", "--bare", "--initial-branch=main"]);
    const github = "GitHub <noreply@github.com>";
    const stream = makeStream();
    const begin = stream.commit({ branch: "main", author: ada, message: "Begin\n" });
    const tip = stream.commit({ branch: "topic", author: grace, message: "Read\n", parents: [begin] });
    const merge = { branch: "main", author: ada, committer: github, parents: [begin, tip] };
    stream.commit({ ...merge, message: "Read the gauge (#4)\n\nIt was dark.\n" });
    git(folder, ["fast-import", "--quiet"], stream.text());
    const { forge, owner } = makeOwner();
    const heard: number[] = [];
    const onProgress = (commits: number): void => void heard.push(commits);
    const imported = await importClone(forge, { clone: folder, owner, name: "tides", onProgress });
    const pull = pullOf(imported, 4);
    expect([pull.issue.author.name, pull.merged?.by.name]).toEqual(["Grace Sample", "Ada Example"]);
    expect((await commitsOf(forge, pull)).map(({ message }) => message)).toEqual(["Read\n"]);
    expect(imported.people).toBe(2);
    expect(heard.at(-1)).toBe(3);
  });

  test("each tag of a commit becomes a release where that is asked for, the oldest first, and nobody is told", async () => {
    const clone = makeRepository([{ message: "Begin" }, { message: "Go on" }]);
    git(clone, ["tag", "v1.1.0"]);
    git(clone, ["tag", "v1.1.0-rc.1"]);
    git(clone, ["tag", "v1.0.0", "HEAD~1"]);
    git(clone, ["tag", "v1.0.0-notes", "HEAD:"]);
    const first = git(clone, ["rev-parse", "HEAD~1"]).trim();
    const text = `object ${first}\ntype commit\ntag v0.9.0\ntagger ${ada} 1772366400 +0100\n\nLate\n`;
    git(clone, ["tag", "v0.9.0", git(clone, ["mktag"], text).trim()]);
    const { forge, owner } = makeOwner();
    const imported = await importClone(forge, { clone, owner, name: "tides", releases: true });
    expect([imported.tags, imported.releases, forge.happenings]).toEqual([5, 4, []]);
    const { releases } = imported.repository;
    expect(releases.map(({ tagName, name, body, prerelease }) => [tagName, name, body, prerelease])).toEqual([
      ["v1.0.0", "v1.0.0", "", false],
      ["v1.1.0-rc.1", "v1.1.0-rc.1", "", true],
      ["v1.1.0", "v1.1.0", "", false],
      ["v0.9.0", "v0.9.0", "", false],
    ]);
    expect(releases.at(-1)).toMatchObject({
      publishedAt: new Date(1_772_366_400_000),
      author: { name: "Ada Example" },
    });
    expect(latestRelease(imported.repository)?.tagName).toBe("v1.1.0");
    const { imported: other } = await importCommits([{ message: "Begin" }]);
    expect([other.releases, other.repository.releases]).toEqual([0, []]);
  });

  test("500 merges of 20 commits each keep their numbers, branches, authors and commits", async () => {
    const folder = temporaryFolder();
    git(folder, ["init", "--quiet", "--bare", "--initial-branch=trunk"]);
    git(folder, ["fast-import", "--quiet"], manyMerges(500, 20));
    const { forge, owner } = makeOwner();
    const imported = await importClone(forge, { clone: folder, owner, name: "tides" });

    expect(imported).toMatchObject({ pullRequests: 500, skipped: 0, commits: 1 + 500 * 21, people: 11 });
    expect(imported.repository.defaultBranch).toBe("trunk");
    expect([...imported.repository.issues.keys()]).toEqual(Array.from({ length: 500 }, (_, index) => index + 1));
    expect(forge.happenings).toEqual([]);
    for (const number of [1, 2, 250, 500]) {
      const pull = pullOf(imported, number);
      const commits = await commitsOf(forge, pull);
      expect(commits.map(({ message }) => message)).toEqual(
        Array.from({ length: 20 }, (_, index) => `Step ${index} of ${number}\n`),
      );
      expect(pull.issue.events[0]?.happened).toEqual({ kind: "committed", commits: commits.map(({ sha }) => sha) });
      expect(pull.issue.title).toBe(`Title ${number}`);
      expect(pull.head.branch).toBe(`topic-${number}`);
      expect(pull.issue.author.name).toBe(`Person ${(number + 19) % 10}`);
      expect(pull.merged?.by.name).toBe("Ada Example");
    }
    const refs = git(gitDirectory(forge, imported.repository), ["for-each-ref", "refs/pull"]);
    expect(refs.trim().split("\n")).toHaveLength(500);
  });
});

describe("people", () => {
  test("a private address keeps its number and login, a name makes the others', and the most used name is shown", async () => {
    const { forge, imported } = await importCommits([
      { message: "One", author: hedy },
      { message: "Two", author: "Zoë Ørsted <zoe@example.com>" },
      { message: "Three", author: "Zoe <ZOE@example.com>" },
      { message: "Four", author: "Zoe <zoe@example.com>" },
      { message: "Five", author: "Zoe <other-zoe@example.com>" },
    ]);
    expect(imported.people).toBe(3);
    expect(findAccount(forge.state, "hedy-i")).toMatchObject({ id: 101, name: "Hedy Instance" });
    expect(findByAddress(forge.state, "zoe@example.com")).toMatchObject({ login: "zoe", name: "Zoe" });
    expect(findByAddress(forge.state, "other-zoe@example.com")?.login).toBe("zoe-2");
  });

  test("the mailmap joins addresses, and commits by either are one account's", async () => {
    const commits = [
      { message: "One", author: "G <grace@old.example.org>" },
      { message: "Two", author: grace },
    ];
    const { forge, imported } = await importCommits(commits, `${grace} <grace@old.example.org>\n`);
    expect(imported.people).toBe(1);
    expect(findByAddress(forge.state, "grace@old.example.org")).toBe(findByAddress(forge.state, "grace@example.org"));
  });

  test("an address that the mailmap divides by name stays with whom it leaves there, and is else nobody's", async () => {
    const list = "list@example.org";
    const commits = [
      { message: "One", author: `Ada via list <${list}>` },
      { message: "Two", author: `Grace via list <${list}>` },
      { message: "Three", author: "A robot <grace@example.org>" },
      { message: "Four", author: grace },
    ];
    const mailmap = [
      `${ada} Ada via list <${list}>`,
      `${grace} Grace via list <${list}>`,
      "Hedy Instance <hedy@example.org> A robot <grace@example.org>",
    ];
    const { forge, imported } = await importCommits(commits, `${mailmap.join("\n")}\n`);
    expect(imported.people).toBe(3);
    expect(findByAddress(forge.state, list)).toBeNull();
    expect(findByAddress(forge.state, "grace@example.org")?.name).toBe("Grace Sample");
  });

  test("accounts are as many, with as many commits, as git and its mailmap tell apart", async () => {
    const person = fc.constantFrom(
      "Ada Example <ada@example.com>",
      "Ada <ADA@example.com>",
      "Ada <ada@old.example.org>",
      "Grace Sample <grace@example.org>",
      "Grace Sample <7+grace@users.noreply.github.com>",
      "Grace Sample <8+grace-s@users.noreply.github.com>",
      "葛麗絲 <gls@example.org>",
      "Ada Example <ada@example.net>",
    );
    const history = fc.array(fc.record({ author: person, coAuthors: fc.array(person, { maxLength: 3 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(history, async (commits) => {
        const clone = makeRepository(
          commits.map(({ author, coAuthors }, index) => ({
            author,
            message: [`Commit ${index}`, "", ...coAuthors.map((one) => `Co-authored-by: ${one}`)].join("\n"),
          })),
          "<ada@example.com> <ada@old.example.org>\nG. S. <grace@example.org> <8+grace-s@users.noreply.github.com>\n",
        );
        const { forge, owner } = makeOwner();
        const { repository, people } = await importClone(forge, { clone, owner, name: "tides" });
        const shown = [...countByAddress(clone).values()].toSorted(ascending);
        expect(people).toBe(shown.length);
        expect([...(await countByAccount(forge, repository)).values()].toSorted(ascending)).toEqual(shown);
      }),
      { numRuns: depth({ quick: 5, deep: 100 }) },
    );
  });

  test("a bot becomes a bot, and an assistant nobody", async () => {
    const { forge, imported } = await importCommits([
      { message: "Begin" },
      { message: "Bump the tide (#1)", author: bot },
      { message: "Guess the tide (#2)", author: assistant },
    ]);
    expect(imported.people).toBe(1);
    expect(pullOf(imported, 1).issue.author).toMatchObject({ type: "Bot", login: "dependabot[bot]" });
    expect(pullOf(imported, 2).issue.author).toBe(forge.state.ghost);
    expect(findByAddress(forge.state, "noreply@anthropic.com")).toBeNull();
  });

  test("whoever is there already stays one person, over several imports", async () => {
    const { forge, owner } = makeOwner();
    const known = createPerson(forge, { login: "grace", addresses: ["grace@example.org"] });
    const organization = createOrganization(forge, { login: "tidewater", name: "Tidewater", owner });
    const clone = makeRepository([{ message: "Begin (#1)" }, { message: "Go on (#2)", author: grace }]);
    const first = await importClone(forge, { clone, owner: organization, name: "one" });
    const people = forge.state.accounts.size;
    const second = await importClone(forge, { clone, owner: organization, name: "two" });
    expect(pullOf(first, 2).issue.author).toBe(known);
    expect(pullOf(second, 2).issue.author).toBe(known);
    expect(forge.state.accounts.size).toBe(people);
  });

  test("a number that is still to come is not given twice", async () => {
    const { forge, owner } = makeOwner();
    const soon = forge.state.nextId + 30;
    const author = `Joan Figure <${soon}+joan@users.noreply.github.com>`;
    await importClone(forge, { clone: makeRepository([{ message: "Begin", author }]), owner, name: "tides" });
    for (let count = 0; count < 40; count += 1) createPerson(forge, { login: `later-${count}` });
    expect(forge.state.accounts.get(soon)?.login).toBe("joan");
  });
});

describe("clones", () => {
  test("branches, tags and remote branches without a local one come over", async () => {
    const origin = makeRepository([{ message: "Begin" }]);
    git(origin, ["branch", "remote-only"]);
    git(origin, ["branch", "other"]);
    git(origin, ["tag", "v1"]);
    git(origin, ["tag", "--annotate", "--message=Two", "v2"]);
    const clone = temporaryFolder();
    git(clone, ["clone", "--quiet", origin, "."]);
    git(clone, ["checkout", "--quiet", "-b", "work"]);
    const { forge, owner } = makeOwner();
    const { repository, tags } = await importClone(forge, { clone, owner, name: "tides" });
    const refs = git(gitDirectory(forge, repository), ["for-each-ref", "--format=%(refname)"]);
    expect(refs.trim().split("\n")).toEqual([
      "refs/heads/main",
      "refs/heads/other",
      "refs/heads/remote-only",
      "refs/heads/work",
      "refs/tags/v1",
      "refs/tags/v2",
    ]);
    expect(tags).toBe(2);
    expect(repository.defaultBranch).toBe("work");
  });

  test("a shallow clone comes over as far as it goes", async () => {
    const origin = makeRepository([{ message: "Begin" }, { message: "Go on (#1)" }, { message: "End (#2)" }]);
    const clone = temporaryFolder();
    git(clone, ["clone", "--quiet", "--depth=2", `file://${origin}`, "."]);
    const { forge, owner } = makeOwner();
    const imported = await importClone(forge, { clone, owner, name: "tides" });
    expect(imported).toMatchObject({ pullRequests: 1, skipped: 1, commits: 2 });
    expect(await commitsOf(forge, pullOf(imported, 2))).toHaveLength(1);
  });

  test("a commit that is on no branch becomes main", async () => {
    const clone = makeRepository([{ message: "Begin" }]);
    git(clone, ["checkout", "--quiet", "--detach"]);
    git(clone, ["branch", "--quiet", "-D", "main"]);
    const { forge, owner } = makeOwner();
    const { repository, commits } = await importClone(forge, { clone, owner, name: "tides" });
    expect([repository.defaultBranch, commits]).toEqual(["main", 1]);
  });

  test("a tag of a file comes over, and no commit with it", async () => {
    const clone = makeRepository([{ message: "Begin", files: { "key.txt": "a key\n" } }]);
    git(clone, ["tag", "key", "HEAD:key.txt"]);
    const { forge, owner } = makeOwner();
    expect(await importClone(forge, { clone, owner, name: "tides" })).toMatchObject({ commits: 1, tags: 1 });
  });

  test("a folder that is no clone, an empty clone and a broken one are refused in one line, and leave nothing", async () => {
    const { forge, owner } = makeOwner();
    const empty = temporaryFolder();
    git(empty, ["init", "--quiet"]);
    const broken = makeRepository([{ message: "Begin", files: { "a.txt": "a\n" } }]);
    const lost = git(broken, ["rev-parse", "HEAD:a.txt"]).trim();
    rmSync(join(broken, ".git/objects", lost.slice(0, 2), lost.slice(2)));
    for (const [clone, reason] of [
      ["/nowhere/at/all", /there is no folder/],
      [temporaryFolder(), /is not in a git repository/],
      [empty, /has no commit yet/],
      [broken, /^git cannot copy .+; git fsck tells more$/],
    ] as const) {
      await expect(importClone(forge, { clone, owner, name: "tides" })).rejects.toThrow(reason);
    }
    expect(findRepository(forge.state, "owner", "tides")).toBeNull();
    expect(forge.state.repositories.size).toBe(0);
  });
});

function ascending(one: number, other: number): number {
  return one - other;
}

/** What git counts, a commit once for each address after the mailmap without regard to case. */
function countByAddress(folder: string): Map<string, number> {
  const format = "--format=format:%H%x09<%aE>%n%(trailers:key=Co-authored-by,valueonly,unfold,separator=%x0a)";
  const counts = new Map<string, number>();
  for (const commit of git(folder, ["log", format, "-z"]).split("\0")) {
    const people = commit
      .split("\n")
      .map((line) => line.replace(/^[0-9a-f]{40}\t/, ""))
      .filter(Boolean);
    const mapped = git(folder, ["check-mailmap", "--stdin"], `${people.join("\n")}\n`);
    const addresses = mapped.toLowerCase().matchAll(/<(.*)>/g);
    for (const address of new Set(Array.from(addresses, ([, found]) => found ?? ""))) {
      counts.set(address, (counts.get(address) ?? 0) + 1);
    }
  }
  return counts;
}
