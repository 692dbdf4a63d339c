import type { Subject } from "../domain/ledger/subject.ts";
import type { Asked } from "./parameters.ts";

/** The addresses of the ledger's own pages. */
export function ownerPath(login: string): string {
  return `/${encodeURIComponent(login)}`;
}

export function repositoryPath(login: string, name: string): string {
  return `${ownerPath(login)}/${encodeURIComponent(name)}`;
}

/** No repository is two folders deep, so that one may be named `people`, or `-`. */
export function personPath(owner: string, login: string): string {
  return `${ownerPath(owner)}/-/people/${encodeURIComponent(login)}`;
}

/** What stands behind a page's path; empty for all that there is. */
export function queryOf({ since, until, role, page }: Asked): string {
  const asked = Object.entries({ since, until, role, page: page === 1 ? null : String(page) });
  const given = asked.filter((entry): entry is [string, string] => entry[1] !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given).toString()}`;
}

/** Where GitHub shows a pull request, a commit or an issue: made here, so that no address of another's making is followed. */
export function subjectUrl(
  github: string,
  { owner, name }: { readonly owner: string; readonly name: string },
  subject: Subject,
): string {
  const repository = `${github}${repositoryPath(owner, name)}`;
  switch (subject.kind) {
    case "pull request":
      return `${repository}/pull/${subject.number}`;
    case "commit":
      return `${repository}/commit/${encodeURIComponent(subject.sha)}`;
    case "issue":
      return `${repository}/issues/${subject.number}`;
  }
}
