import type { Contributors } from "./list-contributors.ts";
import { type ContributorsWords, findContributors, writeContributors } from "./write-contributors.ts";

/** The branch that the app proposes the file on. */
export const contributorsBranch = "curtain-call/contributors";

/** What is known of the file and of its pull request. */
export interface ContributorsFacts {
  /** On the default branch. The text is null where there is no file; `unreadable` where it is none that can be changed as text. */
  readonly file: { readonly text: string | null } | "unreadable";
  /** The branch that the file is proposed on; null where there is none. */
  readonly branch: ContributorsBranch | null;
  /** The newest pull request from that branch, an open one before others; null where there was none. */
  readonly pull: ContributorsPull | null;
}

interface ContributorsBranch {
  readonly sha: string;
  /** Whether its last commit is as the app made it. */
  readonly isOwn: boolean;
  /** Of the file there; null where it is not text. */
  readonly text: string | null;
}

export interface ContributorsPull {
  readonly number: number;
  readonly state: "open" | "closed" | "merged";
  readonly head: string;
  /** Of the file there; null where it is not text, or not known as nothing depends on it. */
  readonly text: string | null;
}

/** What to do about the file. */
export type ContributorsDecision =
  /** It says so already, or is proposed, or nobody wants it: nothing needs to be written. */
  | { readonly kind: "nothing"; readonly why: "said" | "proposed" | "declined" | "kept" | "unreadable" | "nobody" }
  /** The default branch says it by now: what the branch proposes, at this commit, is old. */
  | { readonly kind: "withdraw"; readonly from: string }
  /** Somebody has pushed to the branch, so that it is theirs; the pull request to say so in is null where none is open. */
  | { readonly kind: "leave"; readonly number: number | null }
  /** The branch shall hold this text; `number` is null where there is no pull request of it yet. */
  | { readonly kind: "propose"; readonly text: string; readonly from: string | null; readonly number: number | null };

/**
 * Decides about the file. What somebody closed without merging it is not proposed again: only another list is. What
 * somebody pushed is never overwritten, unless it was merged.
 */
export function decideContributors(
  { file, branch, pull }: ContributorsFacts,
  { words, people }: { readonly words: ContributorsWords } & Pick<Contributors, "people">,
): ContributorsDecision {
  if (file === "unreadable") return { kind: "nothing", why: "unreadable" };
  const { text, outcome } = writeContributors(file.text, words);
  const isOpen = pull?.state === "open";
  if (outcome === "frozen" || outcome === "unplaced") return { kind: "nothing", why: "kept" };
  const isNobody = people.length === 0 && (file.text === null || findContributors(file.text) === null);
  if (isNobody || outcome === "unchanged") {
    if (isOpen && branch?.isOwn) return { kind: "withdraw", from: branch.sha };
    return { kind: "nothing", why: isNobody ? "nobody" : "said" };
  }
  const number = isOpen ? pull.number : null;
  const hasLanded = branch !== null && pull?.state === "merged" && pull.head === branch.sha;
  if (branch !== null && !branch.isOwn && !hasLanded) return { kind: "leave", number };
  if (isOpen && branch?.text === text) return { kind: "nothing", why: "proposed" };
  if (pull?.state === "closed" && isSameList(pull.text, text)) return { kind: "nothing", why: "declined" };
  return { kind: "propose", text, from: branch?.sha ?? null, number };
}

function isSameList(proposed: string | null, wanted: string): boolean {
  return proposed !== null && findContributors(proposed) === findContributors(wanted);
}
