import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { gitIn } from "../git/git-in.ts";
import { formatSignature } from "../git/signatures.ts";
import type { Account } from "../model/account.ts";
import { type DaysAgo, storyFolder } from "./told.ts";

/** A commit of the story, by somebody who has an account. */
export interface StoryCommit {
  /** What it writes: all files below this folder of the story. */
  readonly folder: string;
  readonly branch: string;
  readonly author: Account;
  readonly daysAgo: number;
  readonly message: string;
}

/**
 * Writes commits into a bare repository in one run of git, each upon the one before it on its branch; a branch that is
 * new begins where main is by then.
 */
export async function writeHistory(
  directory: string,
  commits: readonly StoryCommit[],
  daysAgo: DaysAgo,
): Promise<void> {
  const parts: (string | Buffer)[] = [];
  const tips = new Map<string, number>();
  for (const [index, { folder, branch, author, message, ...commit }] of commits.entries()) {
    const mark = index + 1;
    const [email = ""] = author.addresses;
    const date = daysAgo(commit.daysAgo).clock();
    const signature = formatSignature({ name: author.name ?? author.login, email, date, offset: "+0000" });
    parts.push(`commit refs/heads/${branch}\nmark :${mark}\nauthor ${signature}\ncommitter ${signature}\n`);
    parts.push(...data(Buffer.from(`${message}\n`)));
    const parent = tips.get(branch) ?? tips.get("main");
    if (parent !== undefined) parts.push(`from :${parent}\n`);
    for (const { path, content } of await readFiles(join(storyFolder, folder))) {
      parts.push(`M 100644 inline ${path}\n`, ...data(content));
    }
    tips.set(branch, mark);
  }
  const input = Buffer.concat(parts.map((part) => Buffer.from(part)));
  await gitIn(directory, ["fast-import", "--quiet", "--done"], {
    input: Buffer.concat([input, Buffer.from("done\n")]),
  });
}

function data(content: Buffer): (string | Buffer)[] {
  return [`data ${content.length}\n`, content, "\n"];
}

async function readFiles(folder: string): Promise<{ path: string; content: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path: relative(folder, path), content: await readFile(path) })));
}
