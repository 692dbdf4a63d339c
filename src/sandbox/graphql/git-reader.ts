import type { ObjectType } from "../../git/parse-objects.ts";
import { commitsOf, isMergeable } from "../actions/pulls.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { isAncestor } from "../git/ancestry.ts";
import type { ChangedFile } from "../git/changed-files.ts";
import { type CommitSize, measureCommits } from "../git/commit-sizes.ts";
import { type GitCommit, readCommits } from "../git/commits.ts";
import { readObjectTypes } from "../git/objects.ts";
import { type GitRef, listRefs } from "../git/refs.ts";
import type { PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { filesOf } from "../present/pull.ts";
import type { Gate } from "./gate.ts";

/** Reads repositories for one request: the same thing once, and what is asked for at the same moment together. */
export interface GitReader {
  commitsOf(pull: PullRequest): Promise<readonly GitCommit[]>;
  filesOf(pull: PullRequest): Promise<readonly ChangedFile[]>;
  isMergeable(pull: PullRequest): Promise<boolean | null>;
  commit(repository: Repository, sha: string): Promise<GitCommit | null>;
  /** Undefined where nothing has the id. */
  typeOf(repository: Repository, oid: string): Promise<ObjectType | undefined>;
  sizeOf(repository: Repository, commit: GitCommit): Promise<CommitSize>;
  /** Branches and tags by their full names. */
  refs(repository: Repository): Promise<ReadonlyMap<string, GitRef>>;
  contains(repository: Repository, range: { readonly ancestor: string; readonly descendant: string }): Promise<boolean>;
  /** Any other reading, once for its key. */
  once<T>(repository: Repository, key: string, read: (directory: string) => Promise<T>): Promise<T>;
  /** Forgets what was read, as after a change. */
  forget(): void;
}

export function createGitReader(forge: Forge, gate: Gate): GitReader {
  const kept = new Map<string, Promise<unknown>>();

  function once<T>(repository: Repository, key: string, read: (directory: string) => Promise<T>): Promise<T> {
    return keep(kept, `${repository.id} ${key}`, () => gate(() => read(gitDirectory(forge, repository))));
  }

  const commits = createBatches<string, GitCommit | null>((repository, shas) =>
    gate(() => readCommits(gitDirectory(forge, repository), shas)),
  );
  const types = createBatches<string, ObjectType | undefined>((repository, oids) =>
    gate(async () => {
      const found = await readObjectTypes(gitDirectory(forge, repository), oids);
      return oids.map((oid) => found.get(oid));
    }),
  );
  const sizes = createBatches<GitCommit, CommitSize>((repository, asked) =>
    gate(() => measureCommits(gitDirectory(forge, repository), asked)),
  );

  function readCommit(repository: Repository, sha: string): Promise<GitCommit | null> {
    return keep(kept, `${repository.id} commit ${sha}`, () => commits(repository, sha));
  }

  return {
    once,
    commitsOf: (pull) =>
      keep(kept, `commits of ${pull.id}`, async () => {
        return (await shortLine(pull, readCommit)) ?? gate(() => commitsOf(forge, pull));
      }),
    filesOf: (pull) =>
      once(pull.issue.repository, `files of ${pull.id}`, () => filesOf(forge, pull, { patches: false })),
    isMergeable: (pull) => once(pull.issue.repository, `merge of ${pull.id}`, () => isMergeable(forge, pull)),
    refs: (repository) =>
      once(repository, "refs", async (directory) => {
        const found = await listRefs(directory, "refs/");
        return new Map(found.map((ref) => [ref.name, ref]));
      }),
    contains: (repository, { ancestor, descendant }) =>
      once(repository, `${ancestor} in ${descendant}`, (directory) => isAncestor(directory, ancestor, descendant)),
    commit: readCommit,
    typeOf: (repository, oid) => keep(kept, `${repository.id} type ${oid}`, () => types(repository, oid)),
    sizeOf: (repository, commit) => keep(kept, `${repository.id} size ${commit.sha}`, () => sizes(repository, commit)),
    forget: () => kept.clear(),
  };
}

/** How many commits in a row are read one by one, those of all pull requests of a page together. */
const longestLine = 3;

/**
 * The commits of a merged pull request, oldest first, where they are a few in a row upon its base, as in most: so a page
 * of pull requests needs no process of git's for each. Null where they are more, or have merges among them.
 */
async function shortLine(
  { issue, base, head, merged }: PullRequest,
  read: GitReader["commit"],
): Promise<readonly GitCommit[] | null> {
  const line: GitCommit[] = [];
  let next: string | undefined = merged === null ? undefined : head.commit;
  while (next !== undefined && line.length < longestLine) {
    const commit: GitCommit | null = await read(issue.repository, next);
    if (commit?.parents.length !== 1) return null;
    line.push(commit);
    [next] = commit.parents;
    if (next === base.commit) return line.toReversed();
  }
  return null;
}

function keep<T>(kept: Map<string, Promise<unknown>>, key: string, read: () => Promise<T>): Promise<T> {
  // What a key stands for is always read in the same way, and so is of the same type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const known = kept.get(key) as Promise<T> | undefined;
  if (known !== undefined) return known;
  const reading = read();
  kept.set(key, reading);
  return reading;
}

interface Waiting<Key, Value> {
  readonly key: Key;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: unknown) => void;
}

/** Gathers what is asked for until everybody has asked, and then loads it at once. */
function createBatches<Key, Value>(
  load: (repository: Repository, keys: readonly Key[]) => Promise<readonly Value[]>,
): (repository: Repository, key: Key) => Promise<Value> {
  const batches = new Map<Repository, Waiting<Key, Value>[]>();

  async function run(repository: Repository): Promise<void> {
    const batch = batches.get(repository) ?? [];
    batches.delete(repository);
    try {
      const values = await load(
        repository,
        batch.map(({ key }) => key),
      );
      for (const [index, value] of values.entries()) batch[index]?.resolve(value);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  return (repository, key) =>
    new Promise((resolve, reject) => {
      const batch = batches.get(repository);
      if (batch !== undefined) {
        batch.push({ key, resolve, reject });
        return;
      }
      batches.set(repository, [{ key, resolve, reject }]);
      setImmediate(() => void run(repository));
    });
}
