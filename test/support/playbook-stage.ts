import { expect } from "vitest";
import { readCommands } from "../../src/domain/command/read-commands.ts";
import type { RunState } from "../../src/domain/playbook/run.ts";
import { createPerson } from "../../src/sandbox/actions/accounts.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Comment, Issue } from "../../src/sandbox/model/issue.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { changeRun, findRuns } from "../../src/store/playbook-runs.ts";
import { by } from "./graphql-sandbox.ts";
import { startTestApp } from "./start-test-app.ts";
import type { WhenDone } from "./start-test-sandbox.ts";

export const done = ["eyes", "rocket"];
export const refused = ["confused", "eyes"];

/** The whole app, with people around it who ask for playbooks, and what became of that. */
export async function startPlaybookStage(whenDone?: WhenDone) {
  const app = await startTestApp(whenDone);
  const { forge, acme, ada, quiet } = app;
  // Ada owns the organisation; Grace and Katherine are members; Hedy is a stranger.
  const katherine = createPerson(forge, { login: "kate", name: "Katherine Model", addresses: ["kate@example.com"] });
  acme.organization?.members.set(katherine, "member");
  let made = 0;

  async function openPlace({ isPrivate = true }: { readonly isPrivate?: boolean } = {}): Promise<Issue> {
    made += 1;
    const wanted = { owner: acme, name: `start-${made}`, autoInit: true, private: isPrivate };
    const repository = await createRepository(forge, wanted, by(ada));
    return openIssue(forge, { repository, title: "We need a service", body: null }, by(ada));
  }

  /** What came of a comment: the reactions to it, what was replied, and the plan that was shown. */
  async function say(issue: Issue, whom: Account, body: string) {
    const comment = await addComment(forge, { issue, body }, by(whom));
    await quiet();
    return { comment, ...seen(issue, comment) };
  }

  function seen(issue: Issue, { id, reactions }: Pick<Comment, "id"> & { reactions?: Comment["reactions"] }) {
    const withMarker = (marker: string): string[] => {
      return app.commentsOn(issue).filter((one) => one.startsWith(`<!-- curtain-call:${marker} ${id} -->`));
    };
    const [replies, plans] = [withMarker("reply"), withMarker("plan")];
    expect(replies.length).toBeLessThan(2);
    expect(plans.length).toBeLessThan(2);
    const content = (reactions ?? []).map((reaction) => reaction.content).toSorted();
    return { reactions: content, reply: replies[0] ?? null, plan: plans[0] ?? null };
  }

  /** Has somebody ask for a plan that waits, and gives what to confirm it by. */
  async function plan(issue: Issue, whom: Account, answers = "", playbook = "node-service"): Promise<string> {
    made += 1;
    const said = await say(issue, whom, `/playbook use ${playbook} ${answers || `name=tides-${made}`}`);
    expect(said.reply).toBeNull();
    return hashIn(said.plan);
  }

  async function runsOf({ repository, number }: Issue) {
    const place = { installationId: app.installation.id, repositoryId: repository.id, issueNumber: number };
    return findRuns(app.app.deps.database, place);
  }

  async function statesOf(issue: Issue): Promise<string[]> {
    return (await runsOf(issue)).map(({ state }) => state);
  }

  /** Writes the settings of the organisation, or of any repository. */
  async function configure(text: string, repository?: Repository): Promise<void> {
    const existing = [...forge.state.repositories.values()].find(
      ({ owner, name }) => owner === acme && name === ".github",
    );
    const settings =
      repository ??
      existing ??
      (await createRepository(forge, { owner: acme, name: ".github", autoInit: true }, by(ada)));
    const files = [{ path: ".github/curtain-call.yml", mode: "100644", content: Buffer.from(text) }];
    const author = { name: "Ada Example", email: "ada@example.com", date: forge.clock(), offset: "+0000" };
    await writeFiles(forge, { repository: settings, branch: "main", files, message: "Settings", author }, by(ada));
    await quiet();
  }

  /** Asks for something that nobody gets: it says so in these words, and nothing else is different. */
  async function expectRefusal(issue: Issue, whom: Account, body: string, words: RegExp | string): Promise<string> {
    const before = { states: await statesOf(issue), names: namesOf() };
    const { reactions, reply, plan: shown } = await say(issue, whom, body);
    expect(reply).toMatch(words);
    expect(reactions).toEqual(refused);
    expect(shown).toBeNull();
    expect({ states: await statesOf(issue), names: namesOf() }).toEqual(before);
    expectHarmless(reply);
    return reply ?? "";
  }

  /** Lets the newest run of a conversation have come to this. */
  async function comeTo(issue: Issue, state: RunState, cause = "GitHub said no."): Promise<void> {
    const [run] = await runsOf(issue);
    const from = ["planned", "running", "done", "incomplete", "failed"] as const;
    const change = {
      from,
      state,
      cause,
      confirmedBy: { id: app.grace.id, login: app.grace.login },
      finishedAt: forge.clock(),
    };
    expect(
      await changeRun(app.app.deps.database, { installationId: app.installation.id, id: run?.id ?? "" }, change),
    ).toBe(true);
  }

  const namesOf = (): string[] => [...forge.state.repositories.values()].map(({ name }) => name).toSorted();
  return { ...app, katherine, openPlace, say, seen, plan, runsOf, statesOf, configure, namesOf, expectRefusal, comeTo };
}

export function hashIn(plan: string | null): string {
  const [, hash = ""] = /\/playbook confirm ([\da-f]{8})/.exec(plan ?? "") ?? [];
  expect(hash).toHaveLength(8);
  return hash;
}

/** A text without what differs from one run to the next. */
export function plain(text: string | null): string {
  return (text ?? "nothing")
    .replace(/(curtain-call:\w+) \d+/g, "$1 1")
    .replace(/\b[\da-f]{8}\b/g, "7f3a9c2e")
    .replace(/\(https?:\/\/127[^)/]*/g, "(https://github.example")
    .replace(/ref [\dA-Z]{4}-[\dA-Z]{2}/g, "ref 8K3F-2M");
}

/** Nothing of it pings, refers, commands, or is HTML but the app's own. */
export function expectHarmless(text: string | null): void {
  const outside = (text ?? "").replace(/^(`{3,})text\n[^]*?\n\1$/gm, "").replace(/`[^`\n]*`/g, "");
  expect(outside).not.toMatch(/@\w/);
  expect(outside).not.toMatch(/(?<!\()#\d/);
  expect(outside).not.toMatch(/^\s*\//m);
  expect(
    outside.replace(/<!-- curtain-call:\w+ \d+(?: [\da-f]{8})? -->|<\/?(?:sub|details|summary)>|(?<=\\)[<>]/g, ""),
  ).not.toMatch(/[<>](?!\s*\[!)/);
  expect(readCommands(text ?? "")).toEqual([]);
}
