import type { Subject } from "../domain/ledger/subject.ts";

/** What to call a subject that has no title, as "pull request #12". */
export function subjectWords(subject: Subject): string {
  return subject.kind === "commit" ? `commit ${subject.sha.slice(0, 7)}` : `${subject.kind} #${subject.number}`;
}
