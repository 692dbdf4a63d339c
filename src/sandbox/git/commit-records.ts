import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import type { GitCommit } from "./commits.ts";
import { parseTime } from "./signatures.ts";

const fields = ["%H", "%T", "%P", "%an", "%ae", "%ad", "%cn", "%ce", "%cd", "%B"];

/** What lets git rev-list print commits so that they can be parsed here. */
export const recordOptions = [
  "--no-commit-header",
  "--encoding=UTF-8",
  "--date=raw",
  `--format=${fields.map((field) => `${field}%x00`).join("")}`,
] as const;

/**
 * Reads the commits that are there as a whole, and says where the first one that is not begins. Every field is ended
 * by a NUL, and every commit by a line break besides, which may come in a later piece than the NUL before it.
 */
export function parseCommitRecords(bytes: Buffer): { commits: GitCommit[]; end: number } {
  const commits: GitCommit[] = [];
  for (let end = 0; ; ) {
    let start = bytes[end] === 0x0a ? end + 1 : end;
    const texts: string[] = [];
    for (const _ of fields) {
      const fieldEnd = bytes.indexOf(0, start);
      if (fieldEnd === -1) return { commits, end };
      texts.push(decodeUtf8OrWestern(bytes, start, fieldEnd));
      start = fieldEnd + 1;
    }
    end = start;
    commits.push(toCommit(texts));
  }
}

function toCommit([sha = "", tree = "", parents = "", ...rest]: readonly string[]): GitCommit {
  const [name = "", email = "", time = "", committerName = "", committerEmail = "", commitTime = "", message = ""] =
    rest;
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name, email, ...parseTime(time) },
    committer: { name: committerName, email: committerEmail, ...parseTime(commitTime) },
    message,
  };
}
