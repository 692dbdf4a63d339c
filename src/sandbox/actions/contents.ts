import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { writeBlob } from "../git/blobs.ts";
import { readCommits, writeCommit } from "../git/commits.ts";
import type { Signature } from "../git/signatures.ts";
import { TreeRefused, writeTree } from "../git/write-tree.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { invalid, Refusal } from "../refusal.ts";
import { noreplyAddress } from "./accounts.ts";
import { changeRefs, tipOf } from "./change-refs.ts";

interface FileToWrite {
  readonly path: string;
  readonly mode: string;
  /** Null takes the file away. */
  readonly content: Uint8Array | null;
}

export interface FilesToWrite {
  readonly repository: Repository;
  readonly branch: string;
  readonly files: readonly FileToWrite[];
  readonly message: string;
  /** Where the branch is thought to be, or null where it is not there; undefined takes it where it is. */
  readonly expected?: string | null;
  readonly author?: Signature;
  readonly committer?: Signature;
}

/** Writes files to a branch in one commit, and gives its id. */
export async function writeFiles(forge: Forge, wanted: FilesToWrite, actor: Actor): Promise<string> {
  const { repository, branch, files, message } = wanted;
  const directory = gitDirectory(forge, repository);
  const tip = await tipOf(forge, repository, branch);
  if (wanted.expected !== undefined && wanted.expected !== tip) {
    throw new Refusal(409, `${branch} is at ${tip ?? "no commit"} but expected ${wanted.expected ?? "none"}`);
  }
  const [parent] = tip === null ? [] : await readCommits(directory, [tip]);
  const entries = [];
  for (const { path, mode, content } of files) {
    entries.push({ path, mode, sha: content === null ? null : await writeBlob(directory, content) });
  }
  const tree = await writeTree(directory, { base: parent?.tree ?? null, entries }).catch(refuseTree);
  const author = wanted.author ?? signatureOf(forge, actor.account);
  const committer = wanted.committer ?? wanted.author ?? webSignature(forge);
  const commit = await writeCommit(directory, { tree, parents: tip === null ? [] : [tip], author, committer, message });
  await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${branch}`, from: tip, to: commit }] }, actor);
  return commit;
}

export function refuseTree(error: unknown): never {
  if (!(error instanceof TreeRefused)) throw error;
  const message = `tree.${error.reason} ${error.path} is not valid`;
  throw invalid({ resource: "Tree", field: error.reason, code: "custom", message });
}

/** How an account signs commits that it makes here: with its name and its private address. */
export function signatureOf(forge: Forge, account: Account): Signature {
  const email = account.publicAddress ?? noreplyAddress(account);
  return { name: account.name ?? account.login, email, date: forge.clock(), offset: "+0000" };
}

/** Who commits what is made on GitHub's pages. */
export function webSignature(forge: Forge): Signature {
  return { name: "GitHub", email: "noreply@github.com", date: forge.clock(), offset: "+0000" };
}
