/** What a wildcard pattern is made of, and how one piece of it is compared with one piece of the subject. */
export interface WildcardRules {
  /** The piece that stands for any number of pieces, none included. */
  readonly wildcard: string;
  readonly equals: (piece: string, subjectPiece: string) => boolean;
}

/**
 * Whether the whole subject matches the pattern. It only ever goes back to the last wildcard, which is enough and
 * takes at most pattern × subject steps, whatever somebody wrote; a regular expression made of the pattern would not.
 */
export function matchWildcards(pattern: readonly string[], subject: readonly string[], rules: WildcardRules): boolean {
  let at = 0;
  let reached = 0;
  let lastWildcard = -1;
  let resumeAt = 0;
  while (reached < subject.length) {
    const piece = pattern[at];
    if (piece === rules.wildcard) {
      lastWildcard = at++;
      resumeAt = reached;
    } else if (piece !== undefined && rules.equals(piece, subject[reached] ?? "")) {
      at++;
      reached++;
    } else if (lastWildcard >= 0) {
      at = lastWildcard + 1;
      reached = ++resumeAt;
    } else return false;
  }
  return pattern.slice(at).every((piece) => piece === rules.wildcard);
}
