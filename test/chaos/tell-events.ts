import { setTimeout as sleep } from "node:timers/promises";
import type { Ask, Event } from "./stage.ts";
import { type PlaybookEvents, tellPlaybook } from "./tell-playbooks.ts";

interface Numbered {
  readonly number: number;
}

/** Written so that arranged faults, which name paths as the app writes them, befall the app alone. */
const tides = "/repos/TIDEWATER/tides";
const authors = {
  ada: { name: "Ada Example", email: "ada@example.com" },
  grace: { name: "Grace Sample", email: "grace@example.org" },
};

/**
 * What happens in some chapters, one event after the other, the same each time: reports, branches, pull requests,
 * reviews, commands, merges of all kinds, commits without a pull request, and releases; and playbooks that are asked for,
 * confirmed, and carried out meanwhile.
 */
export function tellEvents(chapters: number): Event[] {
  const events: Event[] = [];
  const open: PlaybookEvents[] = [];
  for (let chapter = 1; chapter <= chapters; chapter += 1) {
    const playbook = tellPlaybook(chapter);
    // A plan says how often its playbook was used, so that earlier runs of it have to be over.
    const before = open.findIndex((one) => one.playbook === playbook.playbook);
    events.push(...open.splice(0, before + 1).map((one) => one.seeThrough));
    events.push(...tellChapter(chapter, playbook));
    open.push(playbook);
  }
  return [...events, ...open.map((one) => one.seeThrough)];
}

function tellChapter(chapter: number, playbook: PlaybookEvents): Event[] {
  const branch = `chapter-${chapter}`;
  const numbers = { issue: 0, pull: 0 };
  const merge = ["squash", "merge", null, "rebase"][chapter % 4] ?? null;
  return [
    playbook.use,
    async ({ ask }) => {
      const title = `The tide of day ${chapter} is missing`;
      numbers.issue = numberOf(await ask("hedy", `POST ${tides}/issues`, { title }));
    },
    async ({ ask }) => {
      await ask("ada", `POST ${tides}/git/refs`, { ref: `refs/heads/${branch}`, sha: await tipOf(ask) });
    },
    ({ ask }) => commit(ask, "ada", { branch, path: `days/${chapter}-a.txt`, message: `Begin with day ${chapter}` }),
    async ({ ask }) => {
      const message = `Test day ${chapter}\n\nCo-authored-by: Katherine Model <katherine@example.com>`;
      await commit(ask, "grace", { branch, path: `days/${chapter}-b.txt`, message });
    },
    async ({ ask }) => {
      const words = { title: `Add day ${chapter}`, body: `Fixes #${numbers.issue}`, head: branch, base: "main" };
      numbers.pull = numberOf(await ask("ada", `POST ${tides}/pulls`, words));
    },
    playbook.confirm,
    async ({ ask }) => {
      await ask("ada", `POST ${tides}/issues/${numbers.pull}/comments`, { body: "/credit @hedy for testing" });
    },
    async ({ ask }) => {
      const review = { event: "APPROVE", body: "So it is." };
      await ask("katherine", `POST ${tides}/pulls/${numbers.pull}/reviews`, review);
    },
    // What is rebased then is not what it was, whenever that is.
    ({ ask }) => commit(ask, "grace", { branch: "main", path: `notes/${chapter}.md`, message: `Note day ${chapter}` }),
    async ({ ask }) => {
      if (merge !== null) await ask("ada", `PUT ${tides}/pulls/${numbers.pull}/merge`, { merge_method: merge });
      else await ask("ada", `PATCH ${tides}/pulls/${numbers.pull}`, { state: "closed" });
    },
    async ({ ask }) => {
      const closed = { state: "closed", state_reason: "completed" };
      await ask("katherine", `PATCH ${tides}/issues/${numbers.issue}`, closed);
    },
    ...tellRelease(chapter),
  ];
}

/**
 * Each other chapter ends with a release: a draft that is published, or one whose tag is moved. What is in them is the same
 * whenever they are looked at: drafts are of a commit, and nothing else falls into the second of a release.
 */
function tellRelease(chapter: number): Event[] {
  if (chapter % 2 === 1) return [];
  const tag_name = `v${chapter}.0.0`;
  const isDraft = chapter % 4 === 0;
  const made = { id: 0 };
  return [
    async ({ ask }) => {
      await nextSecond();
      const words = { tag_name, target_commitish: await tipOf(ask), body: `Day ${chapter}.`, draft: isDraft };
      made.id = ((await ask("ada", `POST ${tides}/releases`, words)) as { id: number }).id;
      await nextSecond();
    },
    async ({ ask }) => {
      if (isDraft) {
        await ask("ada", `PATCH ${tides}/releases/${made.id}`, { draft: false });
      } else {
        await commit(ask, "grace", { branch: "main", path: `late/${chapter}.md`, message: `Mend day ${chapter}` });
        await ask("ada", `PATCH ${tides}/git/refs/tags/${tag_name}`, { sha: await tipOf(ask), force: true });
      }
      await nextSecond();
    },
  ];
}

/** Waits until another second has begun by this machine's clock, which is the sandbox's too. */
async function nextSecond(): Promise<void> {
  await sleep(1020 - (Date.now() % 1000));
}

async function tipOf(ask: Ask): Promise<string> {
  const { object } = (await ask("ada", `GET ${tides}/git/ref/heads/main`)) as { object: { sha: string } };
  return object.sha;
}

async function commit(
  ask: Ask,
  login: keyof typeof authors,
  { branch, path, message }: { readonly branch: string; readonly path: string; readonly message: string },
): Promise<void> {
  const content = Buffer.from(`${message}\n`).toString("base64");
  await ask(login, `PUT ${tides}/contents/${path}`, { branch, message, content, author: authors[login] });
}

function numberOf(answer: unknown): number {
  return (answer as Numbered).number;
}
