import { findByAddress } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { ChangedFile } from "../git/changed-files.ts";
import type { GitCommit } from "../git/commits.ts";
import type { Signature } from "../git/signatures.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { repositoryUrl } from "./repository.ts";
import { time } from "./time.ts";

/** Nothing that is made here is signed. */
const verification = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

export function commitNodeId({ id }: Repository, sha: string): string {
  return `C_kwDO${Buffer.from(`${id}:${sha}`).toString("base64url")}`;
}

export function refNodeId({ id }: Repository, name: string): string {
  return `REF_kwDO${Buffer.from(`${id}:${name}`).toString("base64url")}`;
}

export function presentSignature({ name, email, date }: Signature) {
  return { name, email, date: time(date) };
}

/** A commit with the accounts that its addresses lead to. */
export function presentCommit(forge: Forge, repository: Repository, commit: GitCommit) {
  const url = `${repositoryUrl(forge, repository)}/commits/${commit.sha}`;
  const page = `${forge.web}/${fullName(repository)}/commit`;
  return {
    sha: commit.sha,
    node_id: commitNodeId(repository, commit.sha),
    commit: {
      author: presentSignature(commit.author),
      committer: presentSignature(commit.committer),
      message: trimMessage(commit),
      tree: { sha: commit.tree, url: `${repositoryUrl(forge, repository)}/git/trees/${commit.tree}` },
      url: `${repositoryUrl(forge, repository)}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification,
    },
    url,
    html_url: `${page}/${commit.sha}`,
    comments_url: `${url}/comments`,
    author: accountOf(forge, commit.author),
    committer: accountOf(forge, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${repositoryUrl(forge, repository)}/commits/${sha}`,
      html_url: `${page}/${sha}`,
    })),
  };
}

/** A commit as an object of git's, without accounts. */
export function presentGitCommit(forge: Forge, repository: Repository, commit: GitCommit) {
  const git = `${repositoryUrl(forge, repository)}/git`;
  const page = `${forge.web}/${fullName(repository)}/commit`;
  return {
    sha: commit.sha,
    node_id: commitNodeId(repository, commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: `${page}/${commit.sha}`,
    author: presentSignature(commit.author),
    committer: presentSignature(commit.committer),
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    message: trimMessage(commit),
    parents: commit.parents.map((sha) => ({ sha, url: `${git}/commits/${sha}`, html_url: `${page}/${sha}` })),
    verification,
  };
}

/** GitHub shows messages without the line break that git ends them with. */
export function trimMessage({ message }: Pick<GitCommit, "message">): string {
  return message.replace(/\n+$/, "");
}

function accountOf(forge: Forge, { email }: Signature) {
  const account = findByAddress(forge.state, email);
  return account === null ? null : presentAccount(forge, account);
}

/** One file of a diff, seen from the commit that the diff leads to. */
export function presentChangedFile(
  forge: Forge,
  { repository, commit, file }: { repository: Repository; commit: string; file: ChangedFile },
) {
  const path = file.path.split("/").map(encodeURIComponent).join("/");
  const page = `${forge.web}/${fullName(repository)}`;
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${repositoryUrl(forge, repository)}/contents/${path}?ref=${commit}`,
    ...(file.patch === null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
