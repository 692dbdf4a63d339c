import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A commit to make, its texts as bytes or UTF-8. */
export interface CommitToMake {
  readonly author?: string | Buffer;
  readonly message: string | Buffer;
  /** An `encoding` header. */
  readonly encoding?: string;
  /** Files to write, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Seconds since 1970; may be negative. One apart from the last commit's where it is not given. */
  readonly date?: number;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "curtain-call-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs git and gives its output as text. */
export function git(directory: string, args: readonly string[], input: string | Buffer = ""): string {
  return gitBytes(directory, args, input).toString("utf8");
}

function gitBytes(directory: string, args: readonly string[], input: string | Buffer): Buffer {
  return execFileSync("git", ["-C", directory, ...args], {
    input,
    maxBuffer: 1 << 30,
    stdio: ["pipe", "pipe", "pipe"],
  });
}

function toBytes(text: string | Buffer): Buffer {
  return typeof text === "string" ? Buffer.from(text) : text;
}

/** Makes a repository whose main branch has these commits, the first one the oldest. */
export function makeRepository(commits: readonly CommitToMake[], mailmap?: string): string {
  const folder = temporaryFolder();
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  const parts: Buffer[] = [];
  const write = (...texts: (string | Buffer)[]): void => {
    parts.push(...texts.map(toBytes));
  };
  const writeData = (data: string | Buffer): void => {
    const bytes = toBytes(data);
    write(`data ${bytes.length}\n`, bytes, "\n");
  };
  for (const [index, commit] of commits.entries()) {
    const date = commit.date ?? 1_700_000_000 + index;
    write("commit refs/heads/main\n", "author ", commit.author ?? "Ada Example <ada@example.com>", ` ${date} +0000\n`);
    write(`committer Ada Example <ada@example.com> ${date} +0000\n`);
    if (commit.encoding !== undefined) write(`encoding ${commit.encoding}\n`);
    writeData(commit.message);
    const files = { ...commit.files, ...(mailmap !== undefined && index === 0 ? { ".mailmap": mailmap } : {}) };
    for (const [path, content] of Object.entries(files)) {
      write(`M 100644 inline ${path}\n`);
      writeData(content);
    }
    write("\n");
  }
  git(folder, ["fast-import", "--quiet", "--force", "--date-format=raw-permissive"], Buffer.concat(parts));
  git(folder, ["reset", "--quiet", "--hard", "main"]);
  return folder;
}

/** A repository whose commits have these tags, by their place. */
export function makeTagged(commits: readonly CommitToMake[], tags: Readonly<Record<string, number>>): string {
  const folder = makeRepository(commits);
  const ids = git(folder, ["rev-list", "--reverse", "HEAD"]).trim().split("\n");
  for (const [tag, place] of Object.entries(tags)) git(folder, ["tag", tag, ids[place] ?? ""]);
  return folder;
}
