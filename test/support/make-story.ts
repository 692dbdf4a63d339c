import { createOrganization, createPerson, setMember } from "../../src/sandbox/actions/accounts.ts";
import { installApp, registerApp } from "../../src/sandbox/actions/apps.ts";
import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { addCheckRun } from "../../src/sandbox/actions/checks.ts";
import { addComment, addReaction } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import {
  editIssue,
  openIssue,
  setAssignees,
  setLabels,
  setLock,
  setMilestone,
} from "../../src/sandbox/actions/issues.ts";
import { createMilestone } from "../../src/sandbox/actions/labels.ts";
import { mergePull } from "../../src/sandbox/actions/merge-pull.ts";
import { openPull, requestReviewers, setDraft } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { addReview, addReviewComment, replyToComment } from "../../src/sandbox/actions/reviews.ts";
import type { Actor, Forge } from "../../src/sandbox/forge.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";

export function actorOf(account: Account): Actor {
  return { account, viaAppId: null };
}

/** A small team with a little of everything that a page can show. */
export async function makeStory(forge: Forge) {
  const ada = createPerson(forge, {
    login: "ada",
    name: "Ada Example",
    addresses: ["ada@example.com"],
    bio: "Counts tides.",
  });
  const grace = createPerson(forge, { login: "grace", name: "Grace Sample", addresses: ["grace@example.org"] });
  const hedy = createPerson(forge, {
    login: "hedy",
    addresses: ["hedy@example.org"],
    publicAddress: "hedy@example.org",
  });
  const acme = createOrganization(forge, { login: "acme", name: "Acme", owner: ada, bio: "We like the sea." });
  await setMember(forge, { organization: acme, account: grace, role: "member", actor: actorOf(ada) });
  const description = "Tide tables as a service";
  const tides = await createRepository(
    forge,
    { owner: acme, name: "tides", description, autoInit: true },
    actorOf(ada),
  );
  tides.collaborators.set(grace, "write");
  const empty = await createRepository(forge, { owner: ada, name: "empty" }, actorOf(ada));
  const secret = await createRepository(
    forge,
    { owner: ada, name: "secret", private: true, autoInit: true },
    actorOf(ada),
  );
  await fill(forge, tides, actorOf(ada));
  const issue = await tellIssue(forge, tides, { ada, grace, hedy });
  const { app } = await registerApp(forge, {
    name: "Curtain Call",
    owner: acme,
    description: "Credit for everybody",
    webhookUrl: "http://127.0.0.1:5000/hooks",
    permissions: { pull_requests: "write", checks: "write" },
    events: ["pull_request", "issue_comment"],
  });
  await installApp(forge, { app, account: acme, repositories: null }, actorOf(ada));
  const open = await tellPull(forge, tides, { ada, grace, hedy });
  const ready = await tellReadyPull(forge, tides, { grace, hedy });
  const bot = { account: app.bot, viaAppId: app.id };
  const commit = open.head.commit;
  const summary = "All four are credited: @ada, @grace\n\n| who | role |\n|---|---|\n| Ada | author |";
  const output = { title: "Nobody is missing", summary, text: null };
  await addCheckRun(forge, { repository: tides, app, commit, name: "credit", conclusion: "success", output }, bot);
  await addCheckRun(forge, { repository: tides, app, commit, name: "slow", status: "in_progress" }, bot);
  await addComment(forge, { issue: open.issue, body: "### Credit for this pull request\n\nThank you, @grace!" }, bot);
  const merged = await openPull(
    forge,
    {
      repository: tides,
      title: "Say when high water is",
      body: `Closes #${issue.number}`,
      head: "feature/high-water",
      base: "main",
    },
    actorOf(grace),
  );
  await mergePull(forge, { pull: merged, method: "squash" }, actorOf(ada));
  addDeliveries(forge, app.id);
  return { ada, grace, hedy, acme, tides, empty, secret, issue, open, ready, merged, app };
}

type People = Record<"ada" | "grace" | "hedy", Account>;

async function fill(forge: Forge, repository: Repository, actor: Actor): Promise<void> {
  const readme =
    "# tides\n\nSee [the guide](docs/guide.md), ![a picture](docs/sea.png) and #1.\n\n- [x] done\n- [ ] to do\n\n> [!NOTE]\n> The sea is salty.\n";
  const files = {
    "README.md": readme,
    "docs/guide.md": "# Guide\n\n[Back](../README.md)\n",
    "docs/sea.png": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]),
    "src/main.ts": 'export function tide(): string {\n  return "low";\n}\n',
    "data.bin": Buffer.from([1, 0, 2]),
    "odd/new\nline <b>&%23.txt": "<script>alert(1)</script>\n",
  };
  await writeFiles(
    forge,
    {
      repository,
      branch: "main",
      files: toFiles(files),
      message:
        "Add what there is\n\nCo-authored-by: Grace Sample <grace@example.org>\nCo-authored-by: Joan Figure <joan@example.org>",
    },
    actor,
  );
  const tip = await tipOf(forge, repository, "main");
  const changes = [
    { ref: "refs/heads/feature/high-water", from: null, to: tip },
    { ref: "refs/heads/feature/low-water", from: null, to: tip },
    { ref: "refs/tags/v1.0.0", from: null, to: tip },
  ];
  await changeRefs(forge, { repository, changes }, actor);
  for (const [branch, word] of [
    ["feature/high-water", "high"],
    ["feature/low-water", "lowest"],
  ] as const) {
    const main = `export function tide(): string {\n  return "${word}";\n}\n`;
    await writeFiles(
      forge,
      { repository, branch, files: toFiles({ "src/main.ts": main }), message: `Return ${word}` },
      actor,
    );
    await writeFiles(
      forge,
      { repository, branch, files: toFiles({ [`${word}.md`]: "New\n" }), message: `Add ${word}` },
      actor,
    );
  }
}

function toFiles(files: Readonly<Record<string, string | Buffer>>) {
  return Object.entries(files).map(([path, content]) => ({ path, mode: "100644", content: Buffer.from(content) }));
}

async function tellIssue(forge: Forge, repository: Repository, { ada, grace, hedy }: People) {
  const body = "It says **low** at noon.\n\nSee `src/main.ts`, @ada.";
  const issue = await openIssue(forge, { repository, title: "High water is missing", body }, actorOf(hedy));
  addReaction(forge, { reactions: issue.reactions, content: "heart" }, actorOf(grace));
  const labels = repository.labels.slice(0, 2);
  await setLabels(forge, { issue, labels }, actorOf(ada));
  await setLabels(forge, { issue, labels: labels.slice(1) }, actorOf(ada));
  await setAssignees(forge, { issue, assignees: [grace] }, actorOf(ada));
  const fields = {
    title: "Walking skeleton",
    description: "First steps",
    state: "open" as const,
    dueOn: new Date(Date.UTC(2026, 5, 1)),
  };
  const milestone = await createMilestone(forge, { repository, ...fields }, actorOf(ada));
  await setMilestone(forge, { issue, milestone }, actorOf(ada));
  await editIssue(forge, { issue, title: "High water is never shown" }, actorOf(ada));
  await addComment(forge, { issue, body: "I can see it too." }, actorOf(grace));
  await setLock(forge, { issue, locked: true }, actorOf(ada));
  await setLock(forge, { issue, locked: false }, actorOf(ada));
  return issue;
}

async function tellPull(forge: Forge, repository: Repository, { ada, grace, hedy }: People) {
  const pull = await openPull(
    forge,
    { repository, title: "Say when low water is", body: null, head: "feature/low-water", base: "main", draft: true },
    actorOf(grace),
  );
  await setDraft(forge, { pull, draft: false }, actorOf(grace));
  await requestReviewers(forge, { pull, reviewers: [ada] }, actorOf(grace));
  const first = await addReviewComment(
    forge,
    { pull, path: "src/main.ts", line: 2, body: "Is *lowest* a word?" },
    actorOf(hedy),
  );
  await replyToComment(forge, { comment: first, body: "It is." }, actorOf(grace));
  await addReview(forge, { pull, body: "Fine by me", verdict: "APPROVE" }, actorOf(ada));
  await addReview(forge, { pull, body: "Not by me", verdict: "REQUEST_CHANGES" }, actorOf(hedy));
  return pull;
}

/** One that can be merged, in several ways. */
async function tellReadyPull(forge: Forge, repository: Repository, { grace, hedy }: Pick<People, "grace" | "hedy">) {
  const tip = await tipOf(forge, repository, "main");
  await changeRefs(forge, { repository, changes: [{ ref: "refs/heads/docs", from: null, to: tip }] }, actorOf(grace));
  const message = "Say more\n\nCo-authored-by: Joan Figure <joan@example.org>";
  for (const name of ["one", "two"]) {
    const files = toFiles({ [`docs/${name}.md`]: `# ${name}\n` });
    await writeFiles(forge, { repository, branch: "docs", files, message }, actorOf(hedy));
  }
  const body = "More to read.";
  return openPull(forge, { repository, title: "Say more", body, head: "docs", base: "main" }, actorOf(grace));
}

function addDeliveries(forge: Forge, appId: number): void {
  for (const outcome of [
    null,
    { status: "OK", statusCode: 200, seconds: 0.12, headers: { server: "app" }, body: "ok" },
  ]) {
    forge.state.deliveries.push({
      id: forge.state.nextId++,
      guid: "0b9d2c1e",
      appId,
      event: "issue_comment",
      action: "created",
      installationId: null,
      repositoryId: null,
      redelivery: outcome !== null,
      url: "http://127.0.0.1:5000/hooks",
      request: { headers: { "X-GitHub-Event": "issue_comment" }, body: '{"action":"created"}' },
      deliveredAt: forge.clock(),
      outcome,
    });
  }
}
