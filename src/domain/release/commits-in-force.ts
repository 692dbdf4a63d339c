import type { Commit } from "../credit/commit.ts";

/** What `git revert` writes, of one commit; a commit may hold several. */
const revertLine = /^This reverts commit ([\da-f]{7,64})\b/gim;

/**
 * The commits of a range whose work is in it at the end: without those that a later one reverts, and without that revert.
 * A revert that was reverted itself takes nothing away. A commit that says by its title that it does something else as
 * well stays. The commits come and go newest first, as git lists them.
 */
export function commitsInForce(commits: readonly Commit[]): readonly Commit[] {
  const ids = new Set(commits.map(({ id }) => id));
  const gone = new Set<string>();
  for (const { id, message } of commits) {
    if (gone.has(id)) continue;
    const reverted = Array.from(message.matchAll(revertLine), ([, written = ""]) => findId(written.toLowerCase(), ids));
    const takenBack = reverted.filter((other) => other !== null && other !== id && !gone.has(other));
    for (const other of takenBack) if (other !== null) gone.add(other);
    const [title = ""] = message.trimStart().split("\n", 1);
    if (takenBack.length > 0 && /\brevert/i.test(title)) gone.add(id);
  }
  return commits.filter(({ id }) => !gone.has(id));
}

/** The one commit whose id is written, or begins like that; null where there is none, or more than one. */
function findId(written: string, ids: ReadonlySet<string>): string | null {
  if (ids.has(written)) return written;
  const [only, ...others] = [...ids].filter((id) => id.startsWith(written));
  return others.length === 0 ? (only ?? null) : null;
}
