import type { Commit } from "../credit/commit.ts";
import type { Identity } from "../credit/identity.ts";
import { readMessageStatements } from "./message-statements.ts";
import { pullOf } from "./pull-of.ts";

/** A commit that brings another one's work to where it is now. */
export interface PortedCommit {
  /** The work, as its author did it, with all that the port says of it. */
  readonly commit: Commit;
  /** Who brought it here; null where that cannot be told, as for what a web site committed. */
  readonly porter: Identity | null;
}

/**
 * The ids of the commits that one says it was picked from, the first of all in front: what `git cherry-pick -x` writes.
 * Ids are whole there.
 */
export function originalsOf({ message }: Pick<Commit, "message">): readonly string[] {
  return Array.from(
    message.matchAll(/^\(cherry picked from commit ([\da-f]{40,64})\)[ \t\r]*$/gm),
    ([, id = ""]) => id,
  );
}

/**
 * The numbers of the pull requests that a commit says it ports, as `Backport of #12`; not those of a repository that it
 * names, as a clone may be of any.
 */
export function portedPulls(commit: Commit): readonly number[] {
  const stated = readMessageStatements(commit).filter(({ kind }) => kind === "backport of");
  const here = stated.flatMap(({ references }) => references.filter(({ repository }) => repository === null));
  return here.map(({ number }) => number).filter((number) => number !== pullOf(commit));
}

/** Whether a commit says that its work was done elsewhere first. */
export function isPort(commit: Commit): boolean {
  return originalsOf(commit).length > 0 || portedPulls(commit).length > 0;
}

/**
 * Puts a port together. Its author is the one of the original, and its id the original's, so that work which is in a range
 * twice counts once. The porter is whoever made themselves its author, or else whoever committed it.
 */
export function portedCommit(port: Commit, given: { original: Commit; committer: Identity }): PortedCommit {
  const { original, committer } = given;
  const isSame = port.author.address === original.author.address && port.author.name === original.author.name;
  const porter = isSame ? committer : port.author;
  return {
    commit: { ...port, id: original.id, author: original.author },
    porter: porter.address === "noreply@github.com" ? null : porter,
  };
}
