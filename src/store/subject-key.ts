import { type Subject, subjectKey } from "../domain/ledger/subject.ts";
import type { SubjectColumns } from "./tables.ts";

/** Which repository, of which installation. */
export interface RepositoryKey {
  readonly installationId: number;
  readonly repositoryId: number;
}

/** Which pull request, commit or issue, of which installation. */
export interface SubjectKey extends RepositoryKey {
  readonly subject: Subject;
}

/** A subject as its rows name it. */
export function subjectColumns({ installationId, repositoryId, subject }: SubjectKey): SubjectColumns {
  return {
    installation_id: installationId,
    repository_id: repositoryId,
    subject_kind: subject.kind,
    subject: subjectKey(subject),
  };
}
