import type { Identity } from "../domain/credit/identity.ts";
import { UserError } from "../domain/errors.ts";
import { decodeUtf8OrWestern } from "./decode-text.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

export interface DatedCommit {
  readonly sha: string;
  readonly author: Identity & { readonly address: string };
  readonly message: string;
  readonly parents: number;
  /** When it was committed. */
  readonly committedAt: Date;
}

const format = "%H%x00%an%x00%ae%x00%ct%x00%P%x00%B%x00";
const fields = 6;

/** Reads some commits in the given order. Throws a UserError where git cannot. */
export async function readCommits({ directory }: Clone, shas: readonly string[]): Promise<DatedCommit[]> {
  if (shas.length === 0) return [];
  const args = [
    "log",
    "--no-walk=unsorted",
    "--stdin",
    "--no-show-signature",
    "--encoding=UTF-8",
    `--format=${format}`,
  ];
  const { status, stdout, stderr } = await runGit(directory, args, { input: `${shas.join("\n")}\n` });
  if (status !== 0) throw new UserError(`git could not read commits in ${directory}: ${reasonOf(stderr)}`);
  const parts: string[] = [];
  for (let start = 0, end = stdout.indexOf(0); end !== -1; start = end + 1, end = stdout.indexOf(0, start)) {
    parts.push(decodeUtf8OrWestern(stdout, start, end));
  }
  return Array.from({ length: parts.length / fields }, (_, index) => {
    const [sha = "", name = "", address = "", seconds = "", parents = "", message = ""] = parts.slice(index * fields);
    return {
      sha: sha.trim(),
      author: { name, address },
      message: message.trimEnd(),
      parents: parents.split(" ").filter(Boolean).length,
      committedAt: new Date(Number(seconds) * 1000),
    };
  });
}
