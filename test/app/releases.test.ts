import { afterAll, expect, test } from "vitest";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRelease, editRelease } from "../../src/sandbox/actions/releases.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview } from "../../src/sandbox/actions/reviews.ts";
import { createTeam, setTeamMember } from "../../src/sandbox/actions/teams.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Issue } from "../../src/sandbox/model/issue.ts";
import { latestRelease, type Release } from "../../src/sandbox/model/release.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { commitTo } from "../support/commit-to.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp } from "../support/start-test-app.ts";

const sandbox = await startTestApp(afterAll);
const { forge, acme, ada, grace, hedy, app, installation, quiet, complaints, requests, commentsOn } = sandbox;

let count = 0;

async function makeRepository(settings: { private?: boolean } = {}): Promise<Repository> {
  count += 1;
  const wanted = { owner: acme, name: `harbour-${count}`, autoInit: true, ...settings };
  const repository = await createRepository(forge, wanted, by(ada));
  for (const account of [grace, hedy]) repository.collaborators.set(account, "write");
  await quiet();
  return repository;
}

/** A merged pull request with a co-author in its commit, a reviewer, and an issue that it closes. */
async function merge(
  repository: Repository,
  {
    author,
    coAuthor = null,
    title,
    body = null,
    base = "main",
  }: { author: Account; coAuthor?: Account | null; title: string; body?: string | null; base?: string },
): Promise<Issue> {
  const head = `topic-${forge.randomBytes(4).toString("hex")}`;
  const trailer = coAuthor === null ? "" : `\n\nCo-authored-by: ${coAuthor.name} <${coAuthor.addresses[0]}>`;
  await commitTo(forge, repository, { branch: head, author, message: `${title}${trailer}` });
  const pull = await openPull(forge, { repository, title, body, head, base }, by(author));
  await addReview(forge, { pull, body: "Good", verdict: "APPROVE" }, by(author === ada ? grace : ada));
  await quiet();
  await mergePull(forge, { pull, method: "squash" }, by(ada));
  await quiet();
  return pull.issue;
}

/** A branch that begins where main is. */
async function branchOff(repository: Repository, name: string): Promise<void> {
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${name}`, from: null, to }] }, by(ada));
}

async function release(
  repository: Repository,
  tagName: string,
  more: Partial<Parameters<typeof createRelease>[1]> = {},
) {
  const created = await createRelease(forge, { repository, tagName, ...more }, by(ada));
  await quiet();
  return created;
}

const profile = ({ login, name }: Account): string => `[${name}](${forge.web}/${login})`;

function settingsFile(text: string) {
  return { path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(text) };
}

function templateFile(text: string) {
  return { path: ".github/curtain-call/thanks.hbs", mode: "100644", content: Buffer.from(text) };
}

test("a published release thanks everybody since the one before, and says who is new", async () => {
  const repository = await makeRepository();
  const first = await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0", { body: "The first one." });
  const second = await merge(repository, { author: grace, coAuthor: hedy, title: "Add moons" });
  const { body, name, draft } = await release(repository, "v1.1.0", { body: "News.", name: "Moons" });
  expect(complaints).toEqual([]);
  expect({ name, draft }).toEqual({ name: "Moons", draft: false });
  expect(body).toMatch(
    /^News\.\n\n<!-- curtain-call:acknowledgements v1\.0\.0\.\.v1\.1\.0 [\da-f]{16} -->\n## Thank you\n/,
  );
  expect(body).toContain(`**Wrote it:** ${profile(grace)} (#${second.number}), ${profile(hedy)} (#${second.number})`);
  expect(body).toContain(`**Reviewed it:** ${profile(ada)} (#${second.number})`);
  expect(body).toContain(`**First time here:** ${profile(hedy)}`);
  expect(body).not.toContain(`#${first.number})`);
});

/** Has a release looked at once more, and gives what was asked of GitHub meanwhile. */
async function lookAgain(repository: Repository, { id: releaseId, tagName: tag }: Release): Promise<string[]> {
  await quiet();
  requests.length = 0;
  const place = { installationId: installation.id, repositoryId: repository.id, owner: "acme", name: repository.name };
  await app.deps.enqueue({ kind: "release", ...place, tag, releaseId });
  await quiet();
  return requests.splice(0).map(({ method, route }) => `${method} ${route}`);
}

const byId = "/repos/{owner}/{repo}/releases/{release_id}";

test("a second look reads the release twice and its range once, and writes nothing", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  const before = await release(repository, "v1.0.0");
  expect(await lookAgain(repository, before)).toEqual([
    `GET ${byId}`,
    "POST /graphql",
    "GET /repos/{owner}/{repo}/commits",
    `GET ${byId}`,
  ]);
  const { body } = before;
  await merge(repository, { author: grace, title: "Add moons" });
  const after = await release(repository, "v1.1.0");
  expect(await lookAgain(repository, after)).toEqual([
    `GET ${byId}`,
    "POST /graphql",
    "POST /graphql",
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    `GET ${byId}`,
  ]);
  expect(before.body).toBe(body);
});

test("who is new is asked of GitHub where the ledger does not know what was before", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: grace, title: "Add tides" });
  await release(repository, "v1.0.0");
  const { query } = app.deps.database;
  await query.deleteFrom("credits").where("repository_id", "=", repository.id).execute();
  await query
    .updateTable("repositories")
    .set({ history_state: "none" })
    .where("repository_id", "=", repository.id)
    .execute();
  await merge(repository, { author: grace, coAuthor: hedy, title: "Add moons" });
  const made = await release(repository, "v1.1.0");
  expect(made.body).toContain(`**First time here:** ${profile(hedy)} (#2). Welcome!`);
  expect(await lookAgain(repository, made)).toEqual([
    `GET ${byId}`,
    "POST /graphql",
    "POST /graphql",
    "GET /repos/{owner}/{repo}/compare/{basehead}",
    "POST /graphql",
    `GET ${byId}`,
  ]);
});

test("of a release nothing but its text changes, and of that nothing outside the markers", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  const body = [
    "Before\r",
    "<!-- curtain-call:acknowledgements -->\r",
    "<!-- /curtain-call:acknowledgements -->\r",
    "After  ",
  ].join("\n");
  await merge(repository, { author: grace, title: "Add moons" });
  const early = await release(repository, "v2.0.0-beta.1", {
    body,
    name: "Beta",
    prerelease: true,
    makeLatest: "false",
  });
  const { name, draft, prerelease, tagName, targetCommitish, publishedAt } = early;
  expect({ name, draft, prerelease, tagName, targetCommitish }).toEqual({
    name: "Beta",
    draft: false,
    prerelease: true,
    tagName: "v2.0.0-beta.1",
    targetCommitish: "main",
  });
  expect(publishedAt).not.toBeNull();
  expect(latestRelease(repository)?.tagName).toBe("v1.0.0");
  expect(early.body?.startsWith("Before\r\n<!-- curtain-call:acknowledgements v1.0.0..v2.0.0-beta.1 ")).toBe(true);
  expect(early.body?.endsWith("\r\n<!-- /curtain-call:acknowledgements -->\r\nAfter  ")).toBe(true);
});

test("a draft thanks for what its target holds, and stays a draft; published it keeps the same thanks", async () => {
  const repository = await makeRepository();
  const { number } = await merge(repository, { author: grace, title: "Add tides" });
  const draft = await release(repository, "v1.0.0", { draft: true });
  expect(draft.body).toContain(`${profile(grace)} (#${number})`);
  expect(draft.draft).toBe(true);
  expect(repository.releases).toHaveLength(1);
  const { body } = draft;
  await editRelease(forge, { release: draft, draft: false }, by(ada));
  await quiet();
  expect(draft.body).toBe(body);
});

test("a person's words inside the markers are written over, and told of once; `keep` freezes them", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: grace, title: "Add tides" });
  const made = await release(repository, "v1.0.0");
  const { body } = made;
  const write = async (text: string) => {
    await editRelease(forge, { release: made, body: text }, by(ada));
    await lookAgain(repository, made);
  };
  for (const word of ["Danke", "Merci"]) await write((body ?? "").replace("## Thank you", `## ${word}`));
  expect(made.body).toBe(body);
  const issues = [...repository.issues.values()].filter(({ title }) => title === "Curtain Call needs a look");
  expect(issues).toHaveLength(1);
  expect(issues.flatMap(commentsOn)).toEqual([expect.stringContaining("<!-- curtain-call:keep -->")]);
  const kept = (body ?? "").replace("## Thank you", "<!-- curtain-call:keep -->\n## Danke");
  await write(kept);
  expect(made.body).toBe(kept);
  expect(complaints).toEqual([]);
});

test("where issues are off nobody is told, and the release is written all the same", async () => {
  const repository = await makeRepository();
  repository.features.issues = false;
  await merge(repository, { author: grace, title: "Add tides" });
  const made = await release(repository, "v1.0.0");
  const { body } = made;
  await editRelease(forge, { release: made, body: (body ?? "").replace("## Thank you", "## Danke") }, by(ada));
  await lookAgain(repository, made);
  expect(made.body).toBe(body);
  expect([...repository.issues.values()].filter(({ pull }) => pull === null)).toEqual([]);
});

test("two releases made at the same moment thank each for its own", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  const early = await tipOf(forge, repository, "main");
  const moons = await merge(repository, { author: grace, title: "Add moons" });
  const target = early ?? "main";
  const [one, other] = await Promise.all([
    createRelease(forge, { repository, tagName: "v1.0.0", targetCommitish: target }, by(ada)),
    createRelease(forge, { repository, tagName: "v1.1.0" }, by(ada)),
  ]);
  await quiet();
  await lookAgain(repository, other);
  expect(one.body).not.toContain(`#${moons.number}`);
  expect(other.body).toContain(`v1.0.0..v1.1.0 `);
  expect(other.body).toContain(`**Wrote it:** ${profile(grace)} (#${moons.number})\n`);
});

test("a tag that is moved by force has its release thank for what is there then", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  const tides = await tipOf(forge, repository, "main");
  const moons = await merge(repository, { author: grace, title: "Add moons" });
  const made = await release(repository, "v1.1.0", { targetCommitish: tides ?? "main" });
  expect(made.body ?? "").not.toContain(`#${moons.number}`);
  const to = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/v1.1.0", from: tides, to }] }, by(ada));
  await quiet();
  expect(made.body).toContain(`${profile(grace)} (#${moons.number})`);
});

test("a tag that is moved by force has the release after it thank for what is new since there", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  const tides = await tipOf(forge, repository, "main");
  const moons = await merge(repository, { author: grace, title: "Add moons" });
  const to = await tipOf(forge, repository, "main");
  const stars = await merge(repository, { author: hedy, title: "Add stars" });
  const made = await release(repository, "v1.1.0");
  expect(made.body).toContain(`#${moons.number}`);
  await changeRefs(forge, { repository, changes: [{ ref: "refs/tags/v1.0.0", from: tides, to }] }, by(ada));
  await quiet();
  expect(made.body).not.toContain(`#${moons.number}`);
  expect(made.body).toContain(`${profile(hedy)} (#${stars.number})`);
});

test("a release that is given another tag says what it is of then", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  await merge(repository, { author: grace, title: "Add moons" });
  const made = await release(repository, "v1.1.0");
  await editRelease(forge, { release: made, tagName: "v2.0.0" }, by(ada));
  await quiet();
  expect(made.body).toContain("<!-- curtain-call:acknowledgements v1.0.0..v2.0.0 ");
  expect(made.body).toContain("made v2.0.0.");
});

test("a range without commits thanks nobody, and its release stays as it is", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  const made = await release(repository, "v1.0.1", { body: "The same again." });
  expect(made.body).toBe("The same again.");
});

async function say(issue: Issue, body: string, account: Account): Promise<{ replies: string[]; faces: string[] }> {
  const before = commentsOn(issue).length;
  const comment = await addComment(forge, { issue, body }, by(account));
  await quiet();
  const faces = [...comment.reactions.values()].flat().map(String);
  return { replies: commentsOn(issue).slice(before), faces };
}

test("`/credit release` writes the release of a tag for whoever may write, whatever the settings say", async () => {
  const repository = await makeRepository();
  await writeFiles(
    forge,
    {
      repository,
      branch: "main",
      message: "Say nothing by itself",
      files: [settingsFile("acknowledgements:\n  releases: false\n")],
    },
    by(ada),
  );
  await merge(repository, { author: grace, title: "Add tides" });
  const made = await release(repository, "v1.0.0", { body: "News." });
  expect(made.body).toBe("News.");
  const issue = await openIssue(forge, { repository, title: "Thanks", body: null }, by(hedy));
  const written = await say(issue, "/credit release v1.0.0", hedy);
  expect(made.body).toContain(profile(grace));
  expect(written.replies).toEqual([expect.stringContaining("now thanks")]);
  const again = await say(issue, "/credit release v1.0.0", hedy);
  expect(again.replies).toEqual([expect.stringContaining("already")]);
  const wrong = await say(issue, "/credit release v9", hedy);
  expect(wrong.replies).toEqual([expect.stringContaining("There is no release `v9`.")]);
  const draft = await createRelease(forge, { repository, tagName: "v1.1.0", draft: true }, by(ada));
  const drafted = await say(issue, "/credit release v1.1.0", hedy);
  expect(drafted.replies).toEqual([expect.stringContaining("nobody to thank")]);
  expect(draft.body).toBeNull();
  repository.collaborators.delete(hedy);
  const refused = await say(issue, "/credit release v1.0.0", hedy);
  expect(refused.replies).toEqual([expect.stringContaining("Only people who can write")]);
});

test("whoever asks to be forgotten is taken out of the releases that named them", async () => {
  const repository = await makeRepository();
  const joan = createPerson(forge, { login: "joan-of-tides", name: "Joan Figure", addresses: ["joan@example.org"] });
  repository.collaborators.set(joan, "write");
  const { number } = await merge(repository, { author: grace, coAuthor: joan, title: "Add tides" });
  const made = await release(repository, "v1.0.0");
  expect(made.body).toContain(profile(joan));
  const issue = await openIssue(forge, { repository, title: "Leave me out", body: null }, by(joan));
  await say(issue, "/credit forget-me", joan);
  await quiet();
  expect(made.body).not.toContain("Joan");
  expect(made.body).toContain(`${profile(grace)} (#${number})`);
});

test("an own template words the thanks; a broken one is told of once, with its line, and ours is used", async () => {
  const repository = await makeRepository();
  const settings = settingsFile("acknowledgements:\n  template: thanks.hbs\n");
  const change = async (text: string) => {
    const wanted = { repository, branch: "main", message: "Say it our way", files: [settings, templateFile(text)] };
    await writeFiles(forge, wanted, by(ada));
    await quiet();
  };
  await change("Merci: {{people people}}!");
  await merge(repository, { author: grace, title: "Add tides" });
  const made = await release(repository, "v1.0.0");
  // Whoever wrote the settings and the template is thanked as well.
  expect(made.body).toContain(`Merci: ${profile(ada)} and ${profile(grace)}!`);
  await change("Merci\n{{#each people}}");
  for (let look = 0; look < 2; look += 1) await lookAgain(repository, made);
  expect(made.body).toContain("## Thank you");
  const issues = [...repository.issues.values()].filter(({ title }) => title === "Curtain Call needs a look");
  expect(issues.flatMap(commentsOn)).toEqual([
    expect.stringMatching(/`\.github\/curtain-call\/thanks\.hbs`, line \d+/),
  ]);
  await change("{{constructor.constructor}}");
  await lookAgain(repository, made);
  expect(issues.flatMap(commentsOn)).toHaveLength(2);
  await change("<!-- curtain-call:acknowledgements v0..v1 -->\nMerci: {{people people}}!");
  await lookAgain(repository, made);
  expect(made.body).toContain("## Thank you");
  expect(issues.flatMap(commentsOn).at(-1)).toContain("It writes a marker of Curtain Call's by itself");
  expect(complaints).toEqual([]);
});

test("a backport thanks whoever did the work, and whoever brought it for maintenance", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  await branchOff(repository, "1.x");
  const moons = await merge(repository, { author: grace, title: "Add moons" });
  await release(repository, "v2.0.0");
  const body = `Backport of #${moons.number}`;
  const ported = await merge(repository, { author: hedy, title: "Add moons", body, base: "1.x" });
  const made = await release(repository, "v1.0.1", { targetCommitish: "1.x" });
  expect(made.body).toContain(`**Wrote it:** ${profile(grace)} (#${moons.number})\n`);
  expect(made.body).toContain(`**Kept it going:** ${profile(hedy)} (#${ported.number})`);
});

test("what was reverted before the release is not thanked for, nor its revert; what came again is, once", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  const moons = await merge(repository, { author: grace, title: "Add moons" });
  const reverts = { title: 'Revert "Add moons"', body: `Reverts acme/${repository.name}#${moons.number}` };
  const revert = await merge(repository, { author: hedy, ...reverts });
  const again = await merge(repository, { author: grace, title: "Add moons, this time right" });
  const { body } = await release(repository, "v1.1.0");
  expect(body).toContain(`**Wrote it:** ${profile(grace)} (#${again.number})\n`);
  expect(body).not.toContain(`#${moons.number}`);
  expect(body).not.toContain(`#${revert.number}`);
});

test("direct commits on a release's own branch are thanked for, though the ledger does not count them", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: ada, title: "Add tides" });
  await release(repository, "v1.0.0");
  await branchOff(repository, "1.x");
  await commitTo(forge, repository, { branch: "1.x", author: hedy, message: "Mend the tides" });
  const made = await release(repository, "v1.0.1", { targetCommitish: "1.x" });
  expect(made.body).toContain(`**Wrote it:** ${profile(hedy)}`);
});

test("the releases of a prefix thank for what changes its paths alone, as the settings have it", async () => {
  const repository = await makeRepository();
  const settings = 'acknowledgements:\n  prefixes:\n    "web-v": ["packages/web/**"]\n';
  await writeFiles(forge, { repository, branch: "main", message: "Part it", files: [settingsFile(settings)] }, by(ada));
  await release(repository, "web-v1.0.0");
  const change = async (path: string, author: Account) => {
    const file = { path, mode: "100644", content: Buffer.from(path) };
    const [email = ""] = author.addresses;
    const signature = { name: author.name ?? author.login, email, date: forge.clock(), offset: "+0000" };
    const wanted = { repository, branch: "main", message: `Change ${path}`, files: [file], author: signature };
    await writeFiles(forge, wanted, by(author));
    await quiet();
  };
  await change("packages/web/page.txt", grace);
  await change("packages/core/count.txt", hedy);
  const made = await release(repository, "web-v1.1.0");
  expect(made.body).toContain(profile(grace));
  expect(made.body).not.toContain(profile(hedy));
  expect(complaints).toEqual([]);
});

test("where the app may not edit releases, the one who asks is told which permission is missing", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: grace, title: "Add tides" });
  const { permissions } = installation;
  installation.permissions = { ...permissions, contents: "read" };
  const made = await release(repository, "v1.0.0", { body: "News." });
  const issue = await openIssue(forge, { repository, title: "Thanks", body: null }, by(ada));
  const { replies } = await say(issue, "/credit release v1.0.0", ada);
  installation.permissions = permissions;
  expect(made.body).toBe("News.");
  expect(replies).toEqual([expect.stringContaining("`contents: write`")]);
  complaints.length = 0;
});

test("a person's words that come while the thanks are being made stay", async () => {
  const repository = await makeRepository();
  await merge(repository, { author: grace, title: "Add tides" });
  const listening = requests.push.bind(requests);
  let edit: Promise<void> | null = null;
  requests.push = (...sent) => {
    const [made] = repository.releases;
    const isReading = sent.some(({ route }) => route.endsWith("/commits"));
    if (made !== undefined && isReading) {
      edit ??= editRelease(forge, { release: made, body: "Mine, and more." }, by(ada));
    }
    return listening(...sent);
  };
  const made = await release(repository, "v1.0.0", { body: "Mine." });
  requests.push = listening;
  expect(edit).not.toBeNull();
  expect(made.body).toMatch(/^Mine, and more\.\n\n<!-- curtain-call:acknowledgements v1\.0\.0 /);
});

test("who is in a team that the settings leave out is not thanked, and the team of its own stands apart", async () => {
  const repository = await makeRepository();
  const platform = createTeam(forge, { organization: acme, name: "Platform" });
  await setTeamMember(forge, { team: platform, account: hedy }, by(ada));
  const settings = 'acknowledgements:\n  exclude: ["@acme/platform"]\n  team: ["@acme/*"]\n';
  await writeFiles(forge, { repository, branch: "main", message: "Say who", files: [settingsFile(settings)] }, by(ada));
  const joan = createPerson(forge, { login: "joan-outside", name: "Joan Figure", addresses: ["joan-o@example.org"] });
  await merge(repository, { author: grace, coAuthor: joan, title: "Add tides" });
  await merge(repository, { author: hedy, title: "Add moons" });
  const made = await release(repository, "v1.0.0");
  expect(made.body).not.toContain(profile(hedy));
  expect(made.body).toContain(profile(grace));
  expect(made.body).toMatch(/Joan Figure\][^\n]*\n?[^\n]*team/);
  expect(complaints).toEqual([]);
});

test("a team that nobody may see is told of once, and counts as nobody", async () => {
  const repository = await makeRepository();
  const settings = 'acknowledgements:\n  exclude: ["@acme/nowhere"]\n';
  await writeFiles(forge, { repository, branch: "main", message: "Say who", files: [settingsFile(settings)] }, by(ada));
  await merge(repository, { author: grace, title: "Add tides" });
  const made = await release(repository, "v1.0.0");
  await lookAgain(repository, made);
  expect(made.body).toContain(profile(grace));
  const issues = [...repository.issues.values()].filter(({ title }) => title === "Curtain Call needs a look");
  expect(issues.flatMap(commentsOn)).toEqual([expect.stringContaining("`@acme/nowhere`")]);
});
