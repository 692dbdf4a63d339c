import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createLog } from "../../src/main/create-log.ts";
import { addComment } from "../../src/sandbox/actions/comments.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { findRuns } from "../../src/store/playbook-runs.ts";
import { commitTo } from "../support/commit-to.ts";
import { signedRequest } from "../support/deliver.ts";
import { by } from "../support/graphql-sandbox.ts";
import { startTestApp, type TestApp } from "../support/start-test-app.ts";

/** Stands in every text that people wrote. */
const word = "Zanzibar";
const hostile = `${word} "}\n{"level":"info","text":"forged ${word}"}\u2028\u0000 <zoe@example.net> ghs_${"a".repeat(36)}`;

type Line = Readonly<Record<string, unknown>>;

/** The whole app, and its log as it would stand in a file. */
async function startLogged(): Promise<{ app: TestApp; readText: () => string; readLines: () => Line[] }> {
  let text = "";
  const stream = { write: (line: string): void => void (text += line) };
  const log = createLog(stream, () => new Date());
  const app = await startTestApp(undefined, { log, retries: { limit: 1, seconds: 0 } });
  const readLines = (): Line[] =>
    text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  return { app, readText: () => text, readLines };
}

async function talk({ forge, acme, ada, grace, quiet }: TestApp, place = "one"): Promise<void> {
  const wanted = { owner: acme, name: `${word}-${place}`, private: true, autoInit: true };
  const repository = await createRepository(forge, wanted, by(ada));
  const message = `${word}\n\nCo-authored-by: ${word} <zoe@example.net>\nCo-authored-by: ${hostile.split("\n")[0]}`;
  await commitTo(forge, repository, { branch: "topic", author: grace, message });
  const title = hostile.replaceAll(/[\n\u2028\0]/g, " ");
  const pull = await openPull(forge, { repository, title, body: hostile, head: "topic", base: "main" }, by(ada));
  await addComment(forge, { issue: pull.issue, body: `/credit @grace for ${word}\n/credit ${hostile}` }, by(ada));
  await quiet();
}

test("nothing that people wrote is in the log, no address and no token, whatever goes wrong", async () => {
  const { app, readText, readLines } = await startLogged();
  await talk(app);
  app.faults.arrange([{ kind: "500", probability: 0.5, times: 40, milliseconds: 0 }], word);
  await talk(app, "two");
  const key = app.credentials.webhookSecrets[0] ?? "";
  const payloads: readonly unknown[] = [
    { action: "opened", installation: { id: app.installation.id }, pull_request: { title: hostile }, repository: null },
    { action: "opened", installation: { id: app.installation.id }, repository: { name: hostile, owner: [hostile] } },
    { installation: { id: 1e15, note: hostile }, sender: { email: "zoe@example.net" } },
    { action: hostile.padEnd(200, word) },
    hostile,
  ];
  for (const event of ["pull_request", "issue_comment", "push", "installation"]) {
    for (const payload of payloads) {
      const request = signedRequest(randomUUID(), payload, { event, key });
      await app.app.http.request("http://127.0.0.1/api/github/webhooks", request);
    }
  }
  await app.app.http.request(`http://127.0.0.1/acme/${word}?since=${word}`);
  await app.quiet();
  expect(readLines().some(({ text }) => text === "a job failed")).toBe(true);
  const text = readText();
  expect(text.toLowerCase()).not.toContain(word.toLowerCase());
  expect(text).not.toMatch(/[\w.+-]@[\w-]+\.\w/);
  expect(text).not.toMatch(/gh[oprsu]_|github_pat_|eyJ[\w-]+\.|PRIVATE KEY/);
  for (const secret of [key, ...app.forge.state.tokens.keys()]) expect(text).not.toContain(secret);
});

test("every line of a playbook's run names it and the delivery that confirmed it, and nobody's words", async () => {
  const { app, readText, readLines } = await startLogged();
  const { forge, acme, ada, quiet, commentsOn, installation } = app;
  const repository = await createRepository(
    forge,
    { owner: acme, name: "start", private: true, autoInit: true },
    by(ada),
  );
  const issue = await openIssue(forge, { repository, title: "We need a service", body: null }, by(ada));
  const answers = `name=tides why="${word} <zoe@example.net>"`;
  await addComment(forge, { issue, body: `/playbook use node-service ${answers}` }, by(ada));
  await quiet();
  const [, hash = ""] = /\/playbook confirm ([\da-f]{8})/.exec(commentsOn(issue).join()) ?? [];
  await addComment(forge, { issue, body: `/playbook confirm ${hash}` }, by(ada));
  await quiet();
  const place = { installationId: installation.id, repositoryId: repository.id, issueNumber: issue.number };
  const [run] = await findRuns(app.app.deps.database, place);
  expect(run?.state).toBe("done");
  const lines = readLines();
  const ofRun = lines.filter((line) => line["run"] !== undefined);
  expect(ofRun.map(({ text }) => text)).toEqual(["the run of a playbook came to its end", "a job is done"]);
  const named = { run: run?.id, job: expect.any(String), delivery: expect.any(String) };
  for (const line of ofRun) expect(line).toMatchObject(named);
  expect(lines.filter(({ kind }) => kind === "runs").map((line) => line["run"])).toEqual([run?.id]);
  expect(readText()).not.toMatch(new RegExp(`${word}|zoe|gh[oprsu]_`, "i"));
});

test("every line of a job names it, and the delivery that asked for it, through all that follows from that", async () => {
  const { app, readLines } = await startLogged();
  await talk(app);
  const lines = readLines();
  const cameIn = new Set(lines.filter(({ receipt }) => receipt !== undefined).map(({ delivery }) => delivery));
  const ofJobs = lines.filter(({ receipt }) => receipt === undefined);
  expect(ofJobs.length).toBeGreaterThan(cameIn.size);
  for (const line of ofJobs) {
    expect(line).toMatchObject({ job: expect.stringMatching(/^[\da-f-]{36}$/), delivery: expect.any(String) });
  }
  expect(ofJobs.filter(({ delivery }) => !cameIn.has(delivery))).toEqual([]);
  const kinds = new Set(ofJobs.map(({ kind }) => kind));
  for (const kind of ["deliveries", "backfills", "installation", "pull request", "comment"]) {
    expect(kinds).toContain(kind);
  }
});
