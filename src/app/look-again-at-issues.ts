import type { PullRequestFacts } from "../domain/credit/pull-request-facts.ts";
import { readCredits } from "../store/credits.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";

/**
 * Once a pull request is merged it has the credit for the issues that it closes: whatever of them has it by itself,
 * because it was closed before, is looked at again.
 */
export async function lookAgainAtIssues(
  { database, enqueue }: Pick<Deps, "database" | "enqueue">,
  key: RepositoryKey,
  { state, repository: { owner, name }, closingIssues }: PullRequestFacts,
): Promise<void> {
  if (state !== "merged") return;
  for (const { number, url } of closingIssues) {
    const entries = await readCredits(database, { ...key, subject: { kind: "issue", number } });
    const hasReport = entries.some(({ evidence }) => evidence.some((one) => one.kind === "issue" && one.url === url));
    if (hasReport) await enqueue({ kind: "issue", ...key, owner, name, number });
  }
}
