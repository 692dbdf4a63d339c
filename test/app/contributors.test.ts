import { afterAll, expect, test } from "vitest";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { closeIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { gitDirectory } from "../../src/sandbox/forge.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { PullRequest } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { git } from "../support/repository.ts";
import { startTestApp } from "../support/start-test-app.ts";

const sandbox = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, installation, quiet, complaints, requests, commentsOn } = sandbox;

const branch = "curtain-call/contributors";
const settings = "acknowledgements:\n  files: { contributors: CONTRIBUTORS.md }\n";

/** Writes a file as somebody does at their keyboard. */
async function write(
  repository: Repository,
  { path, text, on = "main", author = ada }: { path: string; text: string; on?: string; author?: Account },
): Promise<void> {
  const files = [{ path, mode: "100644", content: Buffer.from(text) }];
  const [email = ""] = author.addresses;
  const signature = { name: author.name ?? "", email, date: forge.clock(), offset: "+0000" };
  await writeFiles(forge, { repository, branch: on, files, message: `Write ${path}`, author: signature }, by(author));
}

/** A repository that asks for the file, when all that follows from that is done. */
async function makeRepository(name: string, more: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const repository = await createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
  for (const [path, text] of Object.entries(more)) await write(repository, { path, text });
  await quiet();
  await write(repository, { path: ".github/curtain-call.yml", text: settings });
  await quiet();
  expect(complaints).toEqual([]);
  return repository;
}

function proposals({ issues }: Repository): PullRequest[] {
  return [...issues.values()].flatMap(({ pull }) => (pull?.head.branch === branch ? pull : []));
}

/** The only pull request of the app's. */
function proposalOf(repository: Repository): PullRequest {
  const [only, ...others] = proposals(repository);
  if (only === undefined || others.length > 0) throw new Error(`there are ${others.length} proposals more than one`);
  return only;
}

function fileOn(repository: Repository, name: string): string {
  return git(gitDirectory(forge, repository), ["show", `${name}:CONTRIBUTORS.md`]);
}

function namesOn(repository: Repository, name = branch): string[] {
  const lines = fileOn(repository, name).split("\n");
  return lines.filter((line) => line.startsWith("- ")).map((line) => line.replace(/\(http.*?\)/, ""));
}

/** Somebody's commit, by itself. */
async function join(repository: Repository, author: Account): Promise<void> {
  await commitTo(forge, repository, { branch: "main", author, message: "Count the tides" });
  await quiet();
}

/** What was written to GitHub since it was last asked. */
function written(): string[] {
  return requests.splice(0).flatMap(({ method, route }) => (method === "GET" ? [] : `${method} ${route}`));
}

test("one pull request proposes the file, in its own words and by the app itself", async () => {
  const repository = await makeRepository("opened");
  const pull = proposalOf(repository);
  expect(pull.issue.title).toBe("Thank everybody in CONTRIBUTORS.md");
  expect(pull.issue.body).toMatchInlineSnapshot(`
    "This adds \`CONTRIBUTORS.md\`: everybody who has credit in this repository, by name, with what they did.

    - **Until it is merged**, it is kept up to date here. Whatever stands outside the two markers in the file is yours: change it on \`main\`.
    - **Once it is merged**, the next change opens another one.
    - **Close it**, and nothing is proposed again until the list would be another one.
    - **Push to this branch**, and it is yours: it is left as it is.
    - **To stop all of it**, take \`contributors\` out of \`acknowledgements.files\` in \`.github/curtain-call.yml\`.

    Whoever wants to be named nowhere says \`/credit never-me\` in a comment."
  `);
  expect(pull.issue.author.login).toBe("curtain-call[bot]");
  expect(pull.base.branch).toBe("main");
  expect(fileOn(repository, branch).replaceAll(forge.web, "https://github.example")).toMatchInlineSnapshot(`
    "# Contributors

    Thank you to everybody who made this project.

    <!-- curtain-call:contributors -->
    - [Ada Example](https://github.example/ada) – author
    <!-- /curtain-call:contributors -->
    "
  `);
  const directory = gitDirectory(forge, repository);
  expect(git(directory, ["diff", "--name-only", "main", branch])).toBe("CONTRIBUTORS.md\n");
  expect(git(directory, ["log", "--format=%an: %s", `main..${branch}`])).toBe(
    "curtain-call[bot]: Thank everybody in CONTRIBUTORS.md\n",
  );
  expect(commentsOn(pull.issue)).toEqual([]);
});

test("nothing is written the second time, nor for a push by whom it names already", async () => {
  const repository = await makeRepository("twice");
  const tip = await tipOf(forge, repository, branch);
  written();
  await join(repository, ada);
  expect(await tipOf(forge, repository, branch)).toBe(tip);
  // A look at the branch, its new commits, and one query about the file.
  expect(written()).toEqual(["POST /graphql", "POST /graphql", "POST /graphql"]);
  expect(proposals(repository)).toHaveLength(1);
});

test("it is updated in its place, on the tip of the default branch", async () => {
  const repository = await makeRepository("updated");
  written();
  await join(repository, grace);
  expect(namesOn(repository)).toEqual(["- [Ada Example] – author", "- [Grace Sample] – author"]);
  expect(proposalOf(repository).issue.state).toBe("open");
  const directory = gitDirectory(forge, repository);
  expect(git(directory, ["rev-parse", `${branch}~`]).trim()).toBe(await tipOf(forge, repository, "main"));
  expect(written().filter((request) => request !== "POST /graphql")).toEqual([
    "POST /repos/{owner}/{repo}/git/trees",
    "POST /repos/{owner}/{repo}/git/commits",
  ]);
});

test.each(["merge", "squash", "rebase"] as const)(
  "once it is merged by %s, the next change opens another one",
  async (method) => {
    const repository = await makeRepository(`merged-by-${method}`);
    const first = proposalOf(repository);
    await mergePull(forge, { pull: first, method }, by(ada));
    await quiet();
    expect(namesOn(repository, "main")).toEqual(["- [Ada Example] – author"]);
    expect(proposals(repository)).toEqual([first]);

    await join(repository, grace);
    const [, second] = proposals(repository);
    expect(fileOn(repository, branch)).not.toContain("With help");
    expect(second?.issue.state).toBe("open");
    expect(namesOn(repository)).toEqual(["- [Ada Example] – author", "- [Grace Sample] – author"]);
    expect(complaints).toEqual([]);
  },
);

test("a pull request's people are there as soon as it is merged", async () => {
  const repository = await makeRepository("pull-request");
  await commitTo(forge, repository, {
    branch: "topic",
    author: hedy,
    message: "Count\n\nReviewed-by: Joan Figure <joan@example.org>",
  });
  const wanted = { repository, title: "Count", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(hedy));
  await quiet();
  expect(namesOn(repository)).toEqual(["- [Ada Example] – author"]);
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  expect(namesOn(repository)).toEqual([
    "- [Ada Example] – author",
    "- [Hedy Instance] – author",
    "- Joan Figure – reviewer",
  ]);
});

test("words outside the markers survive, those that somebody writes later, too", async () => {
  const repository = await makeRepository("outside", { "CONTRIBUTORS.md": "# Us\r\n\r\nThe sea.\r\n" });
  expect(fileOn(repository, branch)).toMatch(/^# Us\r\n\r\nThe sea\.\r\n\r\n<!-- curtain-call:contributors -->\r\n- /);
  await mergePull(forge, { pull: proposalOf(repository), method: "squash" }, by(ada));
  await quiet();
  const text = fileOn(repository, "main");
  await join(repository, grace);
  await write(repository, { path: "CONTRIBUTORS.md", text: text.replace("The sea", "The moon") });
  await quiet();
  expect(fileOn(repository, branch)).toMatch(/^# Us\r\n\r\nThe moon\.\r\n\r\n<!--/);
  expect(namesOn(repository)).toHaveLength(2);
});

test("nothing is proposed where the file says it already, and what was proposed is withdrawn", async () => {
  const repository = await makeRepository("by-hand");
  const pull = proposalOf(repository);
  await join(repository, grace);
  await write(repository, { path: "CONTRIBUTORS.md", text: fileOn(repository, branch) });
  await quiet();
  expect(pull.issue.state).toBe("closed");
  expect(await tipOf(forge, repository, branch)).toBeNull();
});

test("what somebody pushes to the branch is left to them, and they are told so once", async () => {
  const repository = await makeRepository("pushed");
  const pull = proposalOf(repository);
  await write(repository, { path: "notes.txt", text: "mine", on: branch, author: grace });
  await quiet();
  const tip = await tipOf(forge, repository, branch);
  await join(repository, hedy);
  await join(repository, grace);
  expect(await tipOf(forge, repository, branch)).toBe(tip);
  const told = commentsOn(pull.issue).filter((text) => text.includes("contributors-left-alone"));
  expect(told).toMatchInlineSnapshot(`
    [
      "<!-- curtain-call:contributors-left-alone -->
    Somebody has pushed to this branch, so it is left as it is, and kept up to date no more. Merge it, and the next change opens another one; or close it and delete the branch \`curtain-call/contributors\`, and it is made anew.
    ",
    ]
  `);

  await mergePull(forge, { pull, method: "merge" }, by(ada));
  await quiet();
  expect(namesOn(repository)).toContain("- [Hedy Instance] – author");
  expect(proposals(repository)).toHaveLength(2);
});

test("where assistants are forbidden, the app's own pull request passes the check without a word", async () => {
  const repository = await createRepository(forge, { owner: acme, name: "strict", autoInit: true }, by(ada));
  await quiet();
  const text = `${settings}credit: { assistants: forbid, check: require }\n`;
  await write(repository, { path: ".github/curtain-call.yml", text });
  await quiet();
  const pull = proposalOf(repository);
  const runs = repository.checkSuites.flatMap((suite) => (suite.commit === pull.head.commit ? suite.runs : []));
  expect(runs).toMatchObject([{ name: "credit", conclusion: "success" }]);
  expect(commentsOn(pull.issue)).toEqual([]);
});

test("what somebody closes is left alone until there is another list", async () => {
  const repository = await makeRepository("closed");
  const pull = proposalOf(repository);
  await closeIssue(forge, { issue: pull.issue }, by(ada));
  await join(repository, ada);
  expect(proposals(repository)).toEqual([pull]);
  await join(repository, grace);
  expect(proposals(repository).map(({ issue }) => issue.state)).toEqual(["closed", "open"]);
  expect(namesOn(repository)).toHaveLength(2);
});

test("whoever asks never to be listed is taken out", async () => {
  const repository = await makeRepository("hidden");
  await commitTo(forge, repository, { branch: "topic", author: hedy, message: "Count" });
  const wanted = { repository, title: "Count", body: null, head: "topic", base: "main" };
  const pull = await openPull(forge, wanted, by(hedy));
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  expect(namesOn(repository)).toContain("- [Hedy Instance] – author");
  await addComment(forge, { issue: pull.issue, body: "/credit never-me" }, by(hedy));
  await quiet();
  expect(namesOn(repository)).toEqual(["- [Ada Example] – author"]);
});

test("a file that is not UTF-8 is left alone", async () => {
  const repository = await createRepository(forge, { owner: acme, name: "western", autoInit: true }, by(ada));
  const files = [
    { path: "CONTRIBUTORS.md", mode: "100644", content: Buffer.from("Zo\u00eb\n", "latin1") },
    { path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(settings) },
  ];
  await writeFiles(forge, { repository, branch: "main", files, message: "Begin" }, by(ada));
  await quiet();
  expect(proposals(repository)).toEqual([]);
});

test("a branch of that name that is somebody's own is left to them", async () => {
  const repository = await createRepository(forge, { owner: acme, name: "taken", autoInit: true }, by(ada));
  await commitTo(forge, repository, { branch, author: grace, message: "Mine" });
  const tip = await tipOf(forge, repository, branch);
  await quiet();
  await write(repository, { path: ".github/curtain-call.yml", text: settings });
  await quiet();
  expect(await tipOf(forge, repository, branch)).toBe(tip);
  expect(proposals(repository)).toEqual([]);
});

test("it ends where the settings ask for it no more", async () => {
  const repository = await makeRepository("stopped");
  const tip = await tipOf(forge, repository, branch);
  await write(repository, { path: ".github/curtain-call.yml", text: "credit: { comment: auto }\n", author: grace });
  await join(repository, hedy);
  expect(await tipOf(forge, repository, branch)).toBe(tip);
  await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: tip, to: null }] }, by(ada));
  await join(repository, grace);
  expect(await tipOf(forge, repository, branch)).toBeNull();
  expect(complaints).toEqual([]);
});

test("without the permission nothing is proposed, and the log says what is missing", async () => {
  installation.permissions = { ...installation.permissions, contents: "read" };
  const repository = await createRepository(forge, { owner: acme, name: "not-allowed", autoInit: true }, by(ada));
  await quiet();
  await write(repository, { path: ".github/curtain-call.yml", text: settings });
  await quiet();
  expect(proposals(repository)).toEqual([]);
  expect(await tipOf(forge, repository, branch)).toBeNull();
  expect(complaints.splice(0)).toContainEqual(
    expect.objectContaining({
      installation: installation.id,
      missing: "contents: write",
      text: "the file of contributors is asked for and not allowed",
    }),
  );
});
