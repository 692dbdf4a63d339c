import { gitIn } from "./git-in.ts";
import { requireObjectIds } from "./object-ids.ts";

/** The best common ancestor of two commits; null where their histories have nothing in common. */
export async function findMergeBase(directory: string, one: string, other: string): Promise<string | null> {
  requireObjectIds(one, other);
  const { stdout } = await gitIn(directory, ["merge-base", one, other], { answers: [1] });
  return stdout.toString("latin1").trim() || null;
}

/** Whether a commit is an ancestor of another, or the same. */
export async function isAncestor(directory: string, ancestor: string, descendant: string): Promise<boolean> {
  requireObjectIds(ancestor, descendant);
  const { status } = await gitIn(directory, ["merge-base", "--is-ancestor", ancestor, descendant], { answers: [1] });
  return status === 0;
}

/** How many commits the head has that the base has not, and the other way round. */
export async function countAheadBehind(
  directory: string,
  base: string,
  head: string,
): Promise<{ ahead: number; behind: number }> {
  requireObjectIds(base, head);
  const { stdout } = await gitIn(directory, ["rev-list", "--left-right", "--count", `${base}...${head}`, "--"]);
  const [behind, ahead] = stdout.toString("latin1").split("\t").map(Number);
  return { ahead: ahead ?? 0, behind: behind ?? 0 };
}
