import type { Issue } from "../model/issue.ts";
import { fullName, type Repository } from "../model/repository.ts";

/** Where a repository's page is, as a path; every other path of it begins so. */
export function repositoryPath(repository: Repository): string {
  return `/${fullName(repository)}`;
}

export function issuePath(issue: Issue): string {
  return `${repositoryPath(issue.repository)}/${issue.pull === null ? "issues" : "pull"}/${issue.number}`;
}

export function commitPath(repository: Repository, sha: string): string {
  return `${repositoryPath(repository)}/commit/${sha}`;
}

/** A page about what lies at a path of a branch, tag or commit. */
export function contentPath(
  repository: Repository,
  { kind, revision, path = "" }: { kind: "tree" | "blob" | "raw" | "commits"; revision: string; path?: string },
): string {
  const place = path === "" ? revision : `${revision}/${path}`;
  return `${repositoryPath(repository)}/${kind}/${encodePath(place)}`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
