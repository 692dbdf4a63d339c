import { addComment } from "../../src/sandbox/actions/comments.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openIssue } from "../../src/sandbox/actions/issues.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { createTeam } from "../../src/sandbox/actions/teams.ts";
import { gitHubLimits } from "../../src/sandbox/limits/create-limiter.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { findRepository } from "../../src/sandbox/model/state.ts";
import { describeMachine } from "./describe-machine.ts";
import { startBenchApp } from "./start-bench-app.ts";

const latency = 50;
const files = 40;
/** In milliseconds; what takes longer has failed. */
const patience = 120_000;

const manifest = `schema: 1
name: forty-files
title: Forty files
description: As many files as a service has.
version: 1.0.0
lifecycle: production
license: MIT
authors: [{ login: ada, id: 101 }]
inputs: { name: { type: string, pattern: "[a-z-]+" } }
repository:
  labels: [${Array.from({ length: 8 }, (_, number) => `{ name: label-${number} }`).join(", ")}]
  milestones: [{ title: First }, { title: Second }, { title: Third }]
  protection: { reviews: 1, code-owners: true, checks: [test] }
  teams: [{ team: keepers, permission: maintain }]
issues:
  - { template: issues/first.md, title: "Kick-off: {{repository.title}}", labels: [label-1], milestone: First }
  - { template: issues/first.md, title: Second, milestone: Second }
`;

/**
 * How soon after its confirmation a playbook's files, access and protection are there, and how soon all of it, with
 * GitHub's limits and the pace that GitHub asks for.
 */
export async function benchPlaybook(): Promise<void> {
  process.stdout.write(describeMachine());
  const { sandbox, owner, actor, stop } = await startBenchApp(latency);
  const { forge, limiter } = sandbox;
  limiter.setLimits(gitHubLimits);
  createTeam(forge, { organization: owner, name: "keepers" });
  const make = (name: string) => createRepository(forge, { owner, name, private: true, autoInit: true }, actor);
  const patterns = await make("patterns");
  const rendered = Array.from({ length: files }, (_, number) => {
    return [`forty-files/files/src/part-${number}.js.hbs`, `export const part = {{json inputs.name}} + ${number};\n`];
  });
  await write(patterns, [
    ["forty-files/playbook.yml", manifest],
    ["forty-files/issues/first.md", "Hello\n"],
    ...rendered,
  ]);
  const settings = "playbooks: { sources: [tidewater/patterns@main] }\n";
  await write(await make(".github"), [[".github/curtain-call.yml", settings]]);
  const issue = await openIssue(forge, { repository: patterns, title: "Forty files", body: null }, actor);

  const say = (body: string) => addComment(forge, { issue, body }, actor);
  const said = (words: RegExp) => issue.comments.map(({ body }) => words.exec(body)?.[1]).find((found) => found);
  await say("/playbook use forty-files name=moons");
  const hash = await until(() => said(/playbook confirm ([\da-f]{8})/));
  const begun = performance.now();
  await say(`/playbook confirm ${hash}`);
  await until(() => findRepository(forge.state, owner.login, "moons")?.rulesets[0]);
  const protectedAfter = performance.now() - begun;
  await until(() => said(/(is ready)/));
  const readyAfter = performance.now() - begun;
  await stop();
  const [first, whole] = [protectedAfter, readyAfter].map((time) => (time / 1000).toFixed(1));
  process.stdout.write(
    `a playbook of ${files} files, ${latency} ms in each request: files, access and protection after ${first} s, ` +
      `labels, milestones and issues after ${whole} s\n`,
  );

  async function write(repository: Repository, texts: readonly (readonly string[])[]): Promise<void> {
    const contents = texts.map(([path = "", text = ""]) => ({ path, mode: "100644", content: Buffer.from(text) }));
    await writeFiles(forge, { repository, branch: "main", files: contents, message: "Write" }, actor);
  }
}

async function until<Found>(look: () => Found | undefined): Promise<Found> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`nothing came within ${patience / 1000} s`);
}
