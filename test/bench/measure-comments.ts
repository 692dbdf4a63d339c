import { changeRefs, tipOf } from "../../src/sandbox/actions/change-refs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { openPull } from "../../src/sandbox/actions/pulls.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { fillLedger } from "./fill-ledger.ts";
import { startBenchApp } from "./start-bench-app.ts";

export interface CommentWish {
  readonly pullRequests: number;
  /** Milliseconds that GitHub takes for each request. */
  readonly latency: number;
  /** How many credits the ledger of the installation holds already. */
  readonly credits: number;
}

/** Milliseconds from the opening of each of some pull requests to its comment, one after the other, on PGlite in a folder. */
export async function measureComments({ pullRequests, latency, credits }: CommentWish): Promise<readonly number[]> {
  // Without GitHub's second between two comments: here each pull request has an installation's whole attention.
  const started = await startBenchApp(latency, { pause: 0, contentLimits: [] });
  const { sandbox, database, installation, owner, actor, stop } = started;
  const { forge } = sandbox;
  if (credits > 0) {
    await fillLedger(database, { installationId: installation.id, credits, people: 5000, repositories: 20 });
  }

  const repository = await createRepository(forge, { owner, name: "bench", autoInit: true }, actor);
  const main = await tipOf(forge, repository, "main");
  const delays: number[] = [];
  for (let number = 1; number <= pullRequests; number += 1) {
    const branch = `topic-${number}`;
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: null, to: main }] }, actor);
    const files = [{ path: `${number}.txt`, mode: "100644", content: Buffer.from(String(number)) }];
    const message = "Measure\n\nCo-authored-by: Grace Sample <grace@example.org>";
    await writeFiles(forge, { repository, branch, files, message }, actor);
    const pull = await openPull(forge, { repository, title: branch, body: null, head: branch, base: "main" }, actor);
    const begun = performance.now();
    while (pull.issue.comments.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    delays.push(performance.now() - begun);
    await sandbox.settled();
  }
  await stop();
  return delays;
}
