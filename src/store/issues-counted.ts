import type { Subject } from "../domain/ledger/subject.ts";
import type { Database } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";

/** The issues with credit of their own, which no pull request solved, that counted in a time: after one moment, until another. */
export async function readIssuesCounted(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  { after, until }: { readonly after: Date | null; readonly until: Date | null },
): Promise<(Subject & { readonly kind: "issue" })[]> {
  let issues = query
    .selectFrom("credits")
    .select("subject")
    .distinct()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("subject_kind", "=", "issue")
    .where("counted_at", "is not", null);
  if (after !== null) issues = issues.where("counted_at", ">", after);
  if (until !== null) issues = issues.where("counted_at", "<=", until);
  const rows = await issues.execute();
  return rows
    .map(({ subject }) => ({ kind: "issue" as const, number: Number(subject) }))
    .toSorted((one, other) => one.number - other.number);
}
