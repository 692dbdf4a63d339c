import { type RawBuilder, sql } from "kysely";
import { type Subject, subjectKey } from "../domain/ledger/subject.ts";

/** A condition on a table whose rows are about subjects: they are about one of these, of which there is at least one. */
export function isOneOf(subjects: readonly Subject[]): RawBuilder<boolean> {
  const ofKinds = Array.from(
    Map.groupBy(subjects, ({ kind }) => kind),
    ([kind, own]) => sql`(subject_kind = ${kind} and subject in (${sql.join(own.map(subjectKey))}))`,
  );
  return sql<boolean>`(${sql.join(ofKinds, sql` or `)})`;
}
