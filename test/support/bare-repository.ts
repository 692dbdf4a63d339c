import { writeBlob } from "../../src/sandbox/git/blobs.ts";
import { type GitCommit, readCommits, writeCommit } from "../../src/sandbox/git/commits.ts";
import { createBareRepository } from "../../src/sandbox/git/create-repository.ts";
import type { Signature } from "../../src/sandbox/git/signatures.ts";
import { writeTree } from "../../src/sandbox/git/write-tree.ts";
import { temporaryFolder } from "./repository.ts";

export const ada: Signature = {
  name: "Ada Example",
  email: "ada@example.com",
  date: new Date("2024-05-01T10:00:00Z"),
  offset: "+0200",
};

export const grace: Signature = {
  name: "Grace Sample",
  email: "grace@example.org",
  date: new Date("2024-06-01T10:00:00Z"),
  offset: "-0530",
};

/** A bare repository without commits, gone when the test is over. */
export async function makeBareRepository(): Promise<string> {
  const directory = temporaryFolder();
  await createBareRepository(directory, "main");
  return directory;
}

/** What a commit to make is like; its files are all that its tree has. */
export interface Snapshot {
  readonly files: Readonly<Record<string, string>>;
  readonly parents?: readonly string[];
  readonly message?: string;
  readonly author?: Signature;
}

export async function makeTree(directory: string, files: Readonly<Record<string, string>>): Promise<string> {
  const entries = await Promise.all(
    Object.entries(files).map(async ([path, text]) => ({
      path,
      mode: "100644",
      sha: await writeBlob(directory, Buffer.from(text)),
    })),
  );
  return writeTree(directory, { base: null, entries });
}

/** Makes a commit and gives its id. */
export async function makeCommit(directory: string, snapshot: Snapshot): Promise<string> {
  const { files, parents = [], message = "Change something\n", author = ada } = snapshot;
  return writeCommit(directory, { tree: await makeTree(directory, files), parents, author, committer: grace, message });
}

/** A commit that is there. */
export async function getCommit(directory: string, sha: string): Promise<GitCommit> {
  const [commit] = await readCommits(directory, [sha]);
  if (commit === undefined || commit === null) throw new Error(`there is no commit ${sha}`);
  return commit;
}
