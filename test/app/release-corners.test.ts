import { afterAll, expect, test } from "vitest";
import { acknowledgeRelease } from "../../src/app/acknowledge-release.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { closeIssue, openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease, editRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import type { Release } from "../../src/sandbox/model/release.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const sandbox = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, installation, quiet, complaints, commentsOn } = sandbox;

let count = 0;

async function makeRepository(): Promise<Repository> {
  count += 1;
  const repository = await createRepository(forge, { owner: acme, name: `corner-${count}`, autoInit: true }, by(ada));
  for (const account of [grace, hedy]) repository.collaborators.set(account, "write");
  await quiet();
  return repository;
}

async function merge(
  repository: Repository,
  author: Account,
  message = "Add tides",
  method: "squash" | "merge" = "squash",
): Promise<Issue> {
  const head = `topic-${forge.randomBytes(4).toString("hex")}`;
  await commitTo(forge, repository, { branch: head, author, message });
  const pull = await openPull(forge, { repository, title: "Add tides", body: null, head, base: "main" }, by(author));
  await quiet();
  await mergePull(forge, { pull, method }, by(ada));
  await quiet();
  return pull.issue;
}

/** As if nobody had ever told of its pull requests. */
async function forgetPulls({ id }: Repository): Promise<void> {
  const { query } = app.deps.database;
  await query.deleteFrom("credits").where("repository_id", "=", id).execute();
  await query.deleteFrom("pull_requests").where("repository_id", "=", id).execute();
}

async function release(
  repository: Repository,
  tagName: string,
  more: Partial<Parameters<typeof createRelease>[1]> = {},
): Promise<Release> {
  const made = await createRelease(forge, { repository, tagName, ...more }, by(ada));
  await quiet();
  return made;
}

async function lookAgain(repository: Repository, { id: releaseId, tagName: tag }: Release): Promise<void> {
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  await app.deps.enqueue({ kind: "release", ...place, tag, releaseId });
  await quiet();
}

async function rewrite(repository: Repository, made: Release, change: (body: string) => string): Promise<void> {
  await editRelease(forge, { release: made, body: change(made.body ?? "") }, by(ada));
  await lookAgain(repository, made);
}

const profile = ({ login, name }: Account): string => `[${name}](${forge.web}/${login})`;

function told(repository: Repository): string[] {
  const issues = [...repository.issues.values()].filter(({ title }) => title === "Curtain Call needs a look");
  return issues.flatMap(commentsOn);
}

const german = (body: string): string => body.replace("## Thank you", "## Danke");

test("whoever keeps the thanks as they are from the first is not told that they were written anew", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "v1.0.0");
  await rewrite(repository, made, (body) => body.replace("## Thank you", "<!-- curtain-call:keep -->\n## Danke"));
  expect(made.body).toContain("## Danke");
  expect(told(repository)).toEqual([]);
});

test("a draft that has no tag yet is not called by the one that GitHub makes up", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "untagged-0123456789abcdef0123", { draft: true });
  expect(made.body).toContain(profile(grace));
  expect(made.body).toContain("made what is new.");
  expect(made.body).not.toContain("untagged");
});

test("an edit is told of also where telling fails at first: what was written over would not be seen again", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "v1.0.0");
  const { body } = made;
  const path = `/repos/acme/${repository.name}/issues`;
  sandbox.faults.arrange([{ kind: "500", method: "POST", path, probability: 1, times: 1, milliseconds: 0 }], "told");
  await rewrite(repository, made, german);
  expect(told(repository)).toEqual([expect.stringContaining("written anew")]);
  expect(made.body).toBe(body);
  expect(complaints.splice(0)).toMatchObject([{ text: "a job failed", tries: 1 }]);
});

test("a tag that would end the link to its release mentions nobody where its edit is told", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "v1)@hedy");
  await rewrite(repository, made, german);
  const [comment = ""] = told(repository);
  expect(comment).toContain("written anew");
  expect(comment).toContain(`](${forge.web}/acme/${repository.name}/releases/tag/v1%29%40hedy), between`);
});

test("what is told of a draft in an issue for all says neither its tag nor where it is", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "v7.0.0-surprise", { draft: true });
  await rewrite(repository, made, german);
  const [comment = ""] = told(repository);
  expect(comment).toContain("written anew");
  expect(comment).not.toContain("surprise");
});

test("direct commits on another branch are thanked for where its tag was there before its release", async () => {
  const repository = await makeRepository();
  await merge(repository, ada);
  await release(repository, "v1.0.0");
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/1.x", from: null, to }] }, by(ada));
  await commitTo(forge, repository, { branch: "1.x", author: hedy, message: "Mend the tides" });
  const mended = await tipOf(forge, repository, "1.x");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/v1.0.1", from: null, to: mended }] }, by(ada));
  await quiet();
  const made = await release(repository, "v1.0.1");
  expect(made.body).toContain(`**Wrote it:** ${profile(hedy)}`);
});

test("a draft of a prefix thanks for its paths where its target is a commit", async () => {
  const repository = await makeRepository();
  const write = async (path: string, text: string, author: Account): Promise<void> => {
    const file = { path, mode: "100644", content: Buffer.from(text) };
    const [email = ""] = author.addresses;
    const signature = { name: author.name ?? author.login, email, date: forge.clock(), offset: "+0000" };
    const wanted = { repository, branch: "main", message: `Change ${path}`, files: [file], author: signature };
    await writeFiles(forge, wanted, by(author));
    await quiet();
  };
  const settings = 'acknowledgements:\n  prefixes:\n    "web-v": ["packages/web/**"]\n';
  await write(".github/curtain-call.yml", settings, ada);
  await write("packages/web/page.txt", "page", grace);
  await write("packages/core/count.txt", "count", hedy);
  const target = (await tipOf(forge, repository, "main")) ?? "";
  const made = await release(repository, "web-v1.0.0", { draft: true, targetCommitish: target });
  expect(complaints).toEqual([]);
  expect(made.body).toContain(profile(grace));
  expect(made.body).not.toContain(profile(hedy));
});

test("a release that is a draft again has no page any more", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const made = await release(repository, "v1.0.0");
  const page = () => app.http.request(`/acme/${repository.name}/-/releases/v1.0.0`);
  expect((await page()).status).toBe(200);
  await editRelease(forge, { release: made, draft: true }, by(ada));
  await quiet();
  expect((await page()).status).toBe(404);
});

test.for(["web/v1.0.0", "v1.0.0+100%25", "v1.0.0-<i>-->", "v1.0.0#1", "v1.0.0-é"])(
  "a release has its page by the tag %s",
  async (tag) => {
    const repository = await makeRepository();
    await merge(repository, grace);
    const made = await release(repository, tag);
    expect(made.body).toContain(profile(grace));
    const answer = await app.http.request(`/acme/${repository.name}/-/releases/${encodeURIComponent(tag)}`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).not.toContain("<i>");
    const { body } = made;
    await lookAgain(repository, made);
    expect(made.body).toBe(body);
    expect(complaints).toEqual([]);
  },
);

test.for(["squash", "merge"] as const)(
  "a pull request, landed by a %s, that the ledger hears of only after the release is thanked for in it",
  async (method) => {
    const repository = await makeRepository();
    const { number } = await merge(repository, grace, "Add tides", method);
    await forgetPulls(repository);
    const made = await release(repository, "v1.0.0");
    // Her commit is known by then, and nothing of the pull request.
    expect(made.body ?? "").not.toContain(`${profile(grace)} (#${number})`);
    const place = {
      installationId: installation.id,
      repositoryId: repository.id,
      owner: "acme",
      name: repository.name,
    };
    await app.deps.enqueue({ kind: "pull request", ...place, number });
    await quiet();
    expect(made.body).toContain(`${profile(grace)} (#${number})`);
  },
);

test("a pull request that is heard of while its release is looked at for the first time is thanked for in it", async () => {
  const repository = await makeRepository();
  const { number } = await merge(repository, grace);
  await forgetPulls(repository);
  const heard = installation.events;
  installation.events = heard.filter((event) => event !== "release");
  const made = await release(repository, "v1.0.0");
  installation.events = heard;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  let asks = 0;
  const octokitFor: typeof app.deps.octokitFor = (id, job) => {
    const client = app.deps.octokitFor(id, job);
    // Whose the commits are is asked once the ledger was read, and knew of no pull request.
    if (job.permissions["pull_requests"] !== "read") return client;
    return {
      ...client,
      query: async (...question) => {
        asks += 1;
        await app.deps.enqueue({ kind: "pull request", ...place, number });
        await quiet();
        return client.query(...question);
      },
    };
  };
  const looked = { ...place, tag: "v1.0.0", releaseId: made.id };
  await acknowledgeRelease({ ...app.deps, octokitFor }, looked, { isAsked: false });
  await quiet();
  expect(asks).toBe(1);
  expect(made.body).toContain(`${profile(grace)} (#${number})`);
});

test("what somebody says about a pull request after its release is in the release's thanks, and written once", async () => {
  const repository = await makeRepository();
  const issue = await merge(repository, grace);
  const other = await release(repository, "v1.0.0");
  await merge(repository, grace, "Add moons");
  const made = await release(repository, "v1.1.0");
  const untouched = made.body;
  expect(other.body ?? "").not.toContain(profile(hedy));
  await addComment(forge, { issue, body: "/credit @hedy for testing" }, by(grace));
  await quiet();
  expect(other.body).toContain(`**Tested it:** ${profile(hedy)} (#${issue.number})`);
  expect(made.body).toBe(untouched);
  const { body, updatedAt } = other;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  await app.deps.enqueue({ kind: "pull request", ...place, number: issue.number });
  await quiet();
  expect({ body: other.body, updatedAt: other.updatedAt }).toEqual({ body, updatedAt });
});

test("an issue that was solved before a release, and heard of after it, is thanked for in it", async () => {
  const repository = await makeRepository();
  await merge(repository, grace);
  const issue = await openIssue(forge, { repository, title: "No tides", body: null }, by(hedy));
  await quiet();
  const heard = installation.events;
  installation.events = heard.filter((event) => event !== "issues");
  await closeIssue(forge, { issue }, by(ada));
  installation.events = heard;
  const made = await release(repository, "v1.0.0");
  expect(made.body ?? "").not.toContain(profile(hedy));
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  await app.deps.enqueue({ kind: "issue", ...place, number: issue.number });
  await quiet();
  expect(made.body).toContain(`**Found what was wrong:** ${profile(hedy)}`);
});

test("who was thanked for an issue in one release is not thanked again because somebody else is in the next", async () => {
  const repository = await makeRepository();
  const hour = 3_600_000;
  const ago = (hours: number): Date => new Date(forge.clock().getTime() - hours * hour);
  const issue = await openIssue(forge, { repository, title: "Off by an hour", body: null }, by(hedy));
  await closeIssue(forge, { issue }, by(ada));
  issue.closedAt = ago(2);
  await quiet();
  const first = await release(repository, "v1.0.0");
  first.publishedAt = ago(1);
  expect(first.body).toContain(`**Found what was wrong:** ${profile(hedy)}`);
  await addComment(forge, { issue, body: "/credit @grace for mentoring" }, by(ada));
  await quiet();
  const next = await release(repository, "v1.1.0");
  expect(next.body).toContain(`**Taught and helped:** ${profile(grace)}`);
  expect(next.body).not.toContain(profile(hedy));
  await lookAgain(repository, first);
  expect(first.body).not.toContain("Taught");
});

test("nobody is welcomed as new, in the release or on its page, whose earlier work is not known to be none", async () => {
  const repository = await makeRepository();
  const message = "Add tides\n\nCo-authored-by: Katherine Model <katherine@example.org>";
  await merge(repository, grace, message);
  await release(repository, "v1.0.0");
  const { query } = app.deps.database;
  await query.deleteFrom("credits").where("repository_id", "=", repository.id).execute();
  const unread = query.updateTable("repositories").set({ history_state: "none" });
  await unread.where("repository_id", "=", repository.id).execute();
  await merge(repository, grace, message);
  const made = await release(repository, "v1.1.0");
  expect(made.body).toContain("Katherine Model");
  const page = await (await app.http.request(`/acme/${repository.name}/-/releases/v1.1.0`)).text();
  expect(page).toContain("Katherine Model");
  for (const text of [made.body, page]) expect(text).not.toMatch(/first time here/i);
});
