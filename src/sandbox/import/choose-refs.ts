import { resolve } from "node:path";
import { UserError } from "../../domain/errors.ts";
import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import type { Clone } from "../../git/open-clone.ts";
import { reasonOf, runGit } from "../../git/run-git.ts";

/** What of a clone is brought over. */
export interface ChosenRefs {
  /** The ref of the clone behind each branch to be, by the branch's name. */
  readonly branches: ReadonlyMap<string, string>;
  readonly defaultBranch: string;
  /** How many tags there are; all are brought over. */
  readonly tags: number;
  /** What branches and tags point to, each once. */
  readonly tips: readonly string[];
  /** Where the default branch is. */
  readonly head: string;
}

/**
 * Chooses a clone's branches: its own, and those of its remotes that it has none of that name for, origin's first.
 * The default one is HEAD's; where HEAD is on none, the one that the remote calls so, or main, master, or any; a clone
 * with a commit and no branch has its commit as main. Throws a UserError where there is no commit.
 */
export async function chooseRefs(clone: Clone): Promise<ChosenRefs> {
  const [refs, head] = await Promise.all([
    listRefs(clone),
    runGit(clone.directory, ["symbolic-ref", "--quiet", "HEAD"]),
  ]);
  const branches = new Map<string, string>();
  const folders = new Set<string>();
  for (const { ref } of refs.toSorted((left, right) => rank(left.ref) - rank(right.ref))) {
    const [, branch] = /^refs\/(?:heads|remotes\/[^/]+)\/(.+)$/s.exec(ref) ?? [];
    if (branch === undefined || branch === "HEAD" || branches.has(branch)) continue;
    const above = branch.split("/").map((_, index, parts) => parts.slice(0, index).join("/"));
    // In one repository a branch cannot have the name of a folder of others.
    if (folders.has(branch) || above.some((folder) => branches.has(folder))) continue;
    for (const folder of above) folders.add(folder);
    branches.set(branch, ref);
  }
  const shas = new Map(refs.map(({ ref, sha }) => [ref, sha]));
  if (branches.size === 0) {
    branches.set("main", "HEAD");
    shas.set("HEAD", await requireHead(clone));
  }
  const remoteHead = refs.find(({ ref }) => ref === "refs/remotes/origin/HEAD")?.target ?? "";
  const wanted = [
    head.stdout.toString().trim().replace("refs/heads/", ""),
    remoteHead.replace("refs/remotes/origin/", ""),
    "main",
    "master",
    ...branches.keys(),
  ];
  const defaultBranch = wanted.find((name) => branches.has(name)) ?? "main";
  const tags = refs.filter(({ ref }) => ref.startsWith("refs/tags/"));
  const sources = [...branches.values(), ...tags.map(({ ref }) => ref)];
  return {
    branches,
    defaultBranch,
    tags: tags.length,
    tips: [...new Set(sources.flatMap((ref) => shas.get(ref) ?? []))],
    head: shas.get(branches.get(defaultBranch) ?? "") ?? "",
  };
}

/** Its own branches, then those of origin, then those of others. */
function rank(ref: string): number {
  if (ref.startsWith("refs/heads/")) return 0;
  return ref.startsWith("refs/remotes/origin/") ? 1 : 2;
}

interface ListedRef {
  readonly ref: string;
  readonly sha: string;
  /** The ref that it stands for, or empty. */
  readonly target: string;
}

async function listRefs(clone: Clone): Promise<ListedRef[]> {
  const { status, stdout, stderr } = await runGit(clone.directory, [
    "for-each-ref",
    "--format=%(objectname) %(refname) %(symref)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  if (status !== 0) {
    throw new UserError(`git cannot list the branches of ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`);
  }
  const lines = decodeUtf8OrWestern(stdout, 0, stdout.length).split("\n").filter(Boolean);
  return lines.map((line) => {
    const [sha = "", ref = "", target = ""] = line.split(" ");
    return { sha, ref, target };
  });
}

async function requireHead(clone: Clone): Promise<string> {
  const { status, stdout } = await runGit(clone.directory, ["rev-parse", "--quiet", "--verify", "HEAD^{commit}"]);
  if (status === 0) return stdout.toString().trim();
  throw new UserError(`${resolve(clone.directory)} has no commit yet; make one, or give another clone`);
}
