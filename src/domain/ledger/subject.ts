/** What somebody did something for, within its repository. */
export type Subject =
  | { readonly kind: "pull request"; readonly number: number }
  | { readonly kind: "commit"; readonly sha: string }
  | { readonly kind: "issue"; readonly number: number };

/** A subject's number or commit, as text: unique among those of its kind in one repository. */
export function subjectKey(subject: Subject): string {
  return subject.kind === "commit" ? subject.sha : String(subject.number);
}

/** The subject that `subjectKey` gave this key for. */
export function toSubject(kind: Subject["kind"], key: string): Subject {
  return kind === "commit" ? { kind, sha: key } : { kind, number: Number(key) };
}
