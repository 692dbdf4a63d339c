import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fetchFiles } from "../../src/git/fetch-files.ts";
import { listTree } from "../../src/git/list-tree.ts";
import { readBlobs } from "../../src/git/read-blobs.ts";
import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { by } from "../support/graphql-sandbox.ts";
import { git, temporaryFolder } from "../support/repository.ts";
import { startTestSandbox } from "../support/start-test-sandbox.ts";

const never = new AbortController().signal;
const largest = 1000;

/** A private repository with these files on top of an older commit, and how to fetch them. */
async function start(contents: Readonly<Record<string, readonly [mode: string, content: string | Buffer]>>) {
  const { forge, acme, ada, tokenOf } = await startTestSandbox();
  const wanted = { owner: acme, name: "playbooks", private: true, autoInit: true };
  const repository = await createRepository(forge, wanted, by(ada));
  const files = Object.entries(contents).map(([path, [mode, content]]) => {
    return { path, mode, content: Buffer.from(content) };
  });
  const commit = await writeFiles(forge, { repository, branch: "main", files, message: "Add it" }, by(ada));
  const directory = join(temporaryFolder(), "clones", "files");
  const url = `${forge.web}/acme/playbooks.git`;
  return { directory, url, commit, largest, token: async () => tokenOf(ada), signal: never };
}

test("the files of one commit are there with mode and size, without history, checkout or token", async () => {
  const wanted = await start({
    "node/playbook.yml": ["100644", "name: node\n"],
    "node/files/run.sh": ["100755", "#!/bin/sh\n"],
    "node/files/passwd": ["120000", "/etc/passwd"],
    "node/files/grüße\n.txt": ["100644", Buffer.from([0, 255])],
    "other/big.bin": ["100644", Buffer.alloc(largest + 1, 1)],
  });
  const { directory, commit } = wanted;
  await fetchFiles(wanted);
  expect(git(directory, ["rev-list", "--all"]).trim()).toBe(commit);
  expect(readFileSync(join(directory, "config"), "utf8")).not.toMatch(/ghp_|authorization|remote|promisor =/i);
  expect(readdirSync(directory)).not.toContain("hooks");
  const listed = await listTree(directory, `${commit}:node`, { recursive: true });
  if (listed === null || listed === "too much") throw new Error("there is no such folder");
  expect(listed.map(({ path, mode, size }) => [path, mode, size])).toEqual([
    ["files/grüße\n.txt", "100644", 2],
    ["files/passwd", "120000", 11],
    ["files/run.sh", "100755", 10],
    ["playbook.yml", "100644", 11],
  ]);
  const blobs = await readBlobs(
    directory,
    listed.map(({ sha }) => sha),
  );
  expect(listed.map(({ sha }) => blobs.get(sha)?.toString("latin1"))).toEqual([
    "\0ÿ",
    "/etc/passwd",
    "#!/bin/sh\n",
    "name: node\n",
  ]);
});

test("what is too large is neither fetched nor asked for later, and is known to be too large", async () => {
  const wanted = await start({ "other/big.bin": ["100644", Buffer.alloc(largest + 1, 1)] });
  await fetchFiles(wanted);
  const [big] = (await listTree(wanted.directory, `${wanted.commit}:other`)) ?? [];
  if (big === undefined || typeof big === "string") throw new Error("it is not listed");
  expect(big.size).toBe(Number.POSITIVE_INFINITY);
  expect(await readBlobs(wanted.directory, [big.sha])).toEqual(new Map());
});

test("folders are listed by name, and what is no folder is none", async () => {
  const wanted = await start({ "node/playbook.yml": ["100644", "name: node\n"] });
  await fetchFiles(wanted);
  const top = await listTree(wanted.directory, wanted.commit);
  expect(top === "too much" ? top : top?.map(({ path, type }) => `${type} ${path}`)).toEqual([
    "blob README.md",
    "tree node",
  ]);
  for (const nothing of ["nowhere", "README.md"]) {
    expect(await listTree(wanted.directory, `${wanted.commit}:${nothing}`)).toBeNull();
  }
});

test("a listing that is longer than anybody needs is not read to its end", async () => {
  const wanted = await start({ "node/playbook.yml": ["100644", "name: node\n"] });
  await fetchFiles(wanted);
  const { directory } = wanted;
  const blob = git(directory, ["rev-parse", `${wanted.commit}:node/playbook.yml`]).trim();
  const long = "x".repeat(200);
  const lines = Array.from({ length: 25_000 }, (_, index) => `100644 blob ${blob}\t${long}${index}\n`);
  const tree = git(directory, ["mktree"], lines.join("")).trim();
  expect(await listTree(directory, tree)).toBe("too much");
});

test("what cannot be fetched leaves nothing behind", async () => {
  const wanted = await start({ "node/playbook.yml": ["100644", "name: node\n"] });
  const { directory } = wanted;
  await expect(fetchFiles({ ...wanted, commit: "1".repeat(40) })).rejects.toThrow("git cannot clone");
  await expect(fetchFiles({ ...wanted, signal: AbortSignal.abort() })).rejects.toThrow("git cannot clone");
  const elsewhere = { ...wanted, url: "file:///etc", commit: wanted.commit };
  await expect(fetchFiles(elsewhere)).rejects.toThrow("not allowed");
  expect(existsSync(directory)).toBe(false);
});
