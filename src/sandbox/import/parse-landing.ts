/** What a commit's message tells of the pull request that it landed. */
export interface Landing {
  readonly number: number;
  readonly title: string;
  readonly body: string | null;
  /** The branch it came from, where the message names it. */
  readonly branch: string | null;
}

/** GitHub's limits, in characters. */
const longestTitle = 256;
const longestBody = 65_536;

/**
 * Reads the messages that GitHub proposes for merges: `Merge pull request #12 from ada/branch` with the title below it,
 * and a title that ends in `(#12)` with the text below it. The last number of a title counts: the revert of a pull
 * request, or its port to another branch, is one itself. Null where a message is neither.
 */
export function parseLanding(message: string): Landing | null {
  const [subject, rest] = splitLine(message);
  const merge = /^Merge pull request #([1-9]\d{0,8}) from (?:[^/\s]+\/)?(\S+)\s*$/.exec(subject);
  if (merge !== null) {
    const [title, body] = splitLine(rest);
    return makeLanding({ number: merge[1], title: title || subject, body, branch: merge[2] ?? null });
  }
  const squash = /^(.*)\(#([1-9]\d{0,8})\)\s*$/.exec(subject);
  if (squash === null) return null;
  return makeLanding({ number: squash[2], title: squash[1]?.trim() || subject, body: rest, branch: null });
}

function makeLanding(parts: {
  number: string | undefined;
  title: string;
  body: string;
  branch: string | null;
}): Landing {
  return {
    number: Number(parts.number),
    title: parts.title.slice(0, longestTitle),
    body: parts.body.slice(0, longestBody) || null,
    branch: parts.branch,
  };
}

/** The first line that is not blank, and what is below it, both trimmed. */
function splitLine(text: string): [line: string, rest: string] {
  const trimmed = text.trim();
  const end = trimmed.indexOf("\n");
  return end === -1 ? [trimmed, ""] : [trimmed.slice(0, end).trim(), trimmed.slice(end).trim()];
}
