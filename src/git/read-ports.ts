import type { Commit } from "../domain/credit/commit.ts";
import type { Identity } from "../domain/credit/identity.ts";
import { UserError } from "../domain/errors.ts";
import { isPort, originalsOf, type PortedCommit, portedCommit, portedPulls } from "../domain/release/ported-commit.ts";
import { decodeUtf8OrWestern } from "./decode-text.ts";
import { offline } from "./offline.ts";
import type { Clone } from "./open-clone.ts";
import { readCommits } from "./read-commits.ts";
import { readPullCommits } from "./read-pull-commits.ts";
import { reasonOf, runGit } from "./run-git.ts";

/**
 * Finds for each commit whose work it brings, where its message says that it was picked from another one, or ports a pull
 * request, and that is in the clone; all others stand for themselves. The order stays. Throws a UserError where git cannot read them.
 */
export async function readPorts(clone: Clone, commits: readonly Commit[]): Promise<readonly PortedCommit[]> {
  const ports = commits.filter(isPort);
  if (ports.length === 0) return commits.map(byItself);
  const [originals, pulls, committers] = await Promise.all([
    readPresent(clone, [...new Set(ports.flatMap(originalsOf))]),
    readPullCommits(clone, [...new Set(ports.flatMap(portedPulls))]),
    readCommitters(
      clone,
      ports.map(({ id }) => id),
    ),
  ]);
  return commits.map((commit) => {
    const found = [
      ...originalsOf(commit).map((id) => originals.get(id)),
      ...portedPulls(commit).map((number) => pulls.get(number)),
    ];
    const original = found.find((one) => one !== undefined);
    const committer = committers.get(commit.id);
    return original && committer ? portedCommit(commit, { original, committer }) : byItself(commit);
  });
}

function byItself(commit: Commit): PortedCommit {
  return { commit, porter: null };
}

async function readPresent(clone: Clone, ids: readonly string[]): Promise<ReadonlyMap<string, Commit>> {
  if (ids.length === 0) return new Map();
  const args = ["cat-file", "--batch-check=%(objectname) %(objecttype)"];
  const { status, stdout, stderr } = await runGit(clone.directory, args, {
    input: `${ids.join("\n")}\n`,
    environment: offline,
  });
  if (status !== 0) throw new UserError(`git could not look for commits in ${clone.directory}: ${reasonOf(stderr)}`);
  const present = Array.from(stdout.toString().matchAll(/^([\da-f]+) commit$/gm), ([, id = ""]) => id);
  const commits = await readCommits(clone, present);
  return new Map(commits.map(({ sha, author, message }) => [sha, { id: sha, author, message }]));
}

async function readCommitters({ directory }: Clone, ids: readonly string[]): Promise<ReadonlyMap<string, Identity>> {
  const args = ["log", "--no-walk=unsorted", "--stdin", "--no-show-signature", "--encoding=UTF-8"];
  const format = "--format=%H%x00%cn%x00%ce";
  const { status, stdout, stderr } = await runGit(directory, [...args, format], { input: `${ids.join("\n")}\n` });
  if (status !== 0) throw new UserError(`git could not read commits in ${directory}: ${reasonOf(stderr)}`);
  const lines = decodeUtf8OrWestern(stdout, 0, stdout.length).split("\n").filter(Boolean);
  return new Map(
    lines.map((line) => {
      const [id = "", name = "", address = ""] = line.split("\0");
      return [id, { name, address }];
    }),
  );
}
