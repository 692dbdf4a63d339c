import type { Commit } from "../domain/credit/commit.ts";
import { UserError } from "../domain/errors.ts";
import type { DecodeText } from "./decode-text.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, startGit } from "./run-git.ts";

/** Which commits to read; everything but `revisions` as git log has it. */
export interface Selection {
  /** Object ids, those to leave out with a `^` before them. */
  readonly revisions: readonly string[];
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly paths: readonly string[];
}

/** Each commit arrives as the line `commit <id>`, and then these three, each ended by a NUL. */
const format = "%an%x00%ae%x00%B%x00";

/**
 * Reads the selected commits, newest first, in small batches: memory holds one batch, however long the history is.
 * Throws a UserError where git cannot read the whole history.
 */
export async function* readHistory(clone: Clone, selection: Selection, decode: DecodeText): AsyncGenerator<Commit[]> {
  const git = await startGit(clone.directory, [
    "rev-list",
    "--encoding=UTF-8",
    `--format=${format}`,
    ...(selection.since === undefined ? [] : [`--since=${selection.since}`]),
    ...(selection.until === undefined ? [] : [`--until=${selection.until}`]),
    ...selection.revisions,
    "--",
    ...selection.paths,
  ]);
  try {
    let unread: Buffer[] = [];
    for await (const chunk of git.stdout) {
      unread.push(chunk);
      // A message longer than many chunks is put together once, when its end has come.
      if (!chunk.includes(0)) continue;
      const bytes = unread.length === 1 ? chunk : Buffer.concat(unread);
      const { commits, end } = parseCommits(bytes, decode);
      unread = [bytes.subarray(end)];
      yield commits;
    }
    const { status, stderr } = await git.ended;
    if (status === 0 && Buffer.concat(unread).toString().trim() !== "") {
      throw new Error("git's output ends within a commit");
    }
    if (status !== 0) {
      throw new UserError(
        `git could not read all of the history in ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`,
      );
    }
  } finally {
    git.stop();
  }
}

/** Reads the commits that are whole, and says where the first one that is not begins. */
function parseCommits(bytes: Buffer, decode: DecodeText): { commits: Commit[]; end: number } {
  const commits: Commit[] = [];
  let start = 0;
  for (;;) {
    const nameEnd = bytes.indexOf(0, start);
    const addressEnd = nameEnd === -1 ? -1 : bytes.indexOf(0, nameEnd + 1);
    const messageEnd = addressEnd === -1 ? -1 : bytes.indexOf(0, addressEnd + 1);
    if (messageEnd === -1) return { commits, end: start };
    // Behind the last NUL of the commit before stands a line break, which may have come in another piece than that.
    const lineStart = bytes[start] === 0x0a ? start + 1 : start;
    const idEnd = bytes.indexOf(0x0a, lineStart);
    commits.push({
      id: bytes.toString("latin1", lineStart + "commit ".length, idEnd),
      author: { name: decode(bytes, idEnd + 1, nameEnd), address: decode(bytes, nameEnd + 1, addressEnd) },
      message: decode(bytes, addressEnd + 1, messageEnd),
    });
    start = messageEnd + 1;
  }
}
