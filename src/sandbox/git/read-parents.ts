import { gitIn } from "./git-in.ts";

/** The parents of every commit that a ref leads to, by its id, in one process. */
export async function readParents(directory: string): Promise<Map<string, readonly string[]>> {
  const { stdout } = await gitIn(directory, ["rev-list", "--parents", "--all"], {});
  const parents = new Map<string, readonly string[]>();
  for (const line of stdout.toString("latin1").split("\n")) {
    const [sha, ...others] = line.split(" ");
    if (sha !== undefined && sha !== "") parents.set(sha, others);
  }
  return parents;
}
