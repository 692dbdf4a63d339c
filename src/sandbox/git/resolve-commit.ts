import { gitIn } from "./git-in.ts";
import { isObjectId } from "./object-ids.ts";
import { readRefs } from "./refs.ts";

/**
 * Finds the commit that somebody names: by its id or the beginning of it, `HEAD`, a branch, a tag (which is followed
 * to its commit), or a ref without or with `refs/`. A branch wins over a tag of its name, and a whole id over both.
 * Null where there is none; nothing else that gitrevisions(7) knows is followed.
 */
export async function resolveCommit(directory: string, revision: string): Promise<string | null> {
  if (isObjectId(revision) || revision === "HEAD") return peelToCommit(directory, revision);
  const names = ["refs/heads/", "refs/tags/", "refs/", ""].map((prefix) => `${prefix}${revision}`);
  // Asked for as exact names: what rev-parse makes of a text may be a describe-like `name-g<id>` that is no ref.
  for (const { sha, type, peeled } of await readRefs(directory, names)) {
    if (type === "commit") return sha;
    const commit = peeled?.type === "commit" ? peeled.sha : await peelToCommit(directory, sha);
    if (commit !== null) return commit;
  }
  return /^[0-9a-f]{4,39}$/.test(revision) ? peelToCommit(directory, revision) : null;
}

async function peelToCommit(directory: string, revision: string): Promise<string | null> {
  const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`];
  const { stdout } = await gitIn(directory, args, { answers: [1, 128] });
  const sha = stdout.toString("latin1").trim();
  return isObjectId(sha) ? sha : null;
}
