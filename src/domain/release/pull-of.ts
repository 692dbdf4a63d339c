import type { Commit } from "../credit/commit.ts";

/** The number that GitHub writes behind the title of what it merges: `Add tides (#12)`, `Merge pull request #12 from …`. */
export function pullOf({ message }: Pick<Commit, "message">): number | null {
  const title = titleOf(message);
  const match = /\(#(\d{1,9})\)\s*$/.exec(title) ?? /^Merge pull request #(\d{1,9}) from /.exec(title);
  return match === null ? null : Number(match[1]);
}

/** The first line that says something. */
export function titleOf(message: string): string {
  const [title = ""] = message.trimStart().split("\n", 1);
  return title;
}
