import { expect, test } from "vitest";
import { createOctokitFor } from "../../../src/github/create-octokit-for.ts";
import { commitFiles, type FileToCommit } from "../../../src/github/playbook/commit-files.ts";
import { readFirstCommits } from "../../../src/github/playbook/read-first-commits.ts";
import { createRepository } from "../../../src/sandbox/actions/repositories.ts";
import { gitDirectory } from "../../../src/sandbox/forge.ts";
import { readTree } from "../../../src/sandbox/git/trees.ts";
import { depth } from "../../support/depth.ts";
import { by } from "../../support/graphql-sandbox.ts";
import { makeGitHub } from "../../support/make-github.ts";
import { startTestSandbox } from "../../support/start-test-sandbox.ts";

const text = (number: number): FileToCommit => ({
  path: `docs/${number}.md`,
  mode: "100644",
  content: { text: `Number ${number}\n` },
});
const logo: FileToCommit = { path: "logo.png", mode: "100644", content: { bytes: Uint8Array.from([0, 255, 1]) } };
const script: FileToCommit = { path: "run.sh", mode: "100755", content: { text: "#!/bin/sh\n" } };

test("many files take as many requests as one, and each that is no text one more; nothing else is left", async () => {
  const sandbox = await startTestSandbox();
  const { forge, acme, ada } = sandbox;
  const { options, installation, told } = await makeGitHub(sandbox, { granted: { contents: "write" } });
  // The sandbox begins a process of git's for each file.
  const octokitFor = createOctokitFor({ ...options, timeout: 60_000 });
  const client = octokitFor(installation.id, { permissions: { contents: "write" } });
  const many = Array.from({ length: depth({ quick: 60, deep: 400 }) }, (_, index) => text(index));
  const all = [[text(1)], many, [script, logo, { ...logo, path: "other.png" }]];
  for (const [index, files] of all.entries()) {
    const name = `tides-${index}`;
    const repository = await createRepository(forge, { owner: acme, name, autoInit: true }, by(ada));
    const place = { owner: "acme", name };
    const { head, branch, count } = await readFirstCommits(client, place);
    expect(count).toBe(1);
    const sha = await commitFiles(client, { ...place, branch, head, files, message: "Begin\n" });
    expect(await readFirstCommits(client, place)).toMatchObject({ head: sha, count: 2 });
    const blobs = files.filter(({ content }) => "bytes" in content).map(() => "POST blobs");
    expect(told()).toEqual(["query", ...blobs, "POST trees", "POST commits", "PATCH {ref}", "query"]);
    const tree = (await readTree(gitDirectory(forge, repository), sha, { recursive: true })) ?? [];
    const found = tree.filter(({ type }) => type === "blob").map(({ mode, path }) => `${mode} ${path}`);
    expect(found.toSorted()).toEqual(files.map(({ mode, path }) => `${mode} ${path}`).toSorted());
  }
});
