import { textHash } from "../release/text-hash.ts";

/** A commit as git has it. */
export interface CommitObject {
  readonly message: string;
  readonly tree: string;
  readonly parents: readonly string[];
}

const trailer = /^Curtain-Call-Commit: ([\da-f]{16})$/m;

/** The message of a commit, with a line by which it is known again: a hash of what it consists of and stands on. */
export function signCommit(title: string, { tree, parent }: { tree: string; parent: string }): string {
  return `${title}\n\nCurtain-Call-Commit: ${hashOf(tree, parent)}`;
}

/**
 * Whether a commit is as the app made it. One that somebody made, amended or moved elsewhere is not, whatever else its
 * message says; nothing needs to be remembered for that. It is no protection against whoever makes a line of their own.
 */
export function isOwnCommit({ message, tree, parents: [parent, ...others] }: CommitObject): boolean {
  const [, hash] = trailer.exec(message) ?? [];
  return parent !== undefined && others.length === 0 && hash === hashOf(tree, parent);
}

function hashOf(tree: string, parent: string): string {
  return textHash(`${tree} ${parent}`);
}
