import { findByAddress } from "../actions/accounts.ts";
import { authorsOf } from "../actions/merge-message.ts";
import type { Forge } from "../forge.ts";
import type { GitCommit } from "../git/commits.ts";
import type { Repository } from "../model/repository.ts";
import { trimMessage } from "../present/commit.ts";
import { commitPath } from "./paths.ts";
import { type Person, personOf } from "./person.ts";

/** Who made a commit: an account, or only a name where no account has the address; the address stays out of sight. */
export type CommitAuthor = { readonly account: Person | null; readonly name: string };

/** A commit as lists show it: one line, and everybody who wrote it. */
export function summarizeCommit(forge: Forge, repository: Repository, commit: GitCommit) {
  const message = trimMessage(commit);
  const [title = ""] = message.split("\n", 1);
  return {
    sha: commit.sha,
    short: commit.sha.slice(0, 7),
    href: commitPath(repository, commit.sha),
    title: title.trim() === "" ? "(no message)" : title,
    body: message.slice(title.length).replace(/^\n+/, ""),
    authors: commitAuthors(forge, commit),
    at: commit.author.date,
  };
}

function commitAuthors(forge: Forge, commit: GitCommit): CommitAuthor[] {
  return authorsOf(commit).map(({ name, address }) => {
    const account = findByAddress(forge.state, address ?? "");
    return { account: account === null ? null : personOf(forge, account), name: name || "(no name)" };
  });
}
