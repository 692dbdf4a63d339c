import type { LandedCredit } from "../domain/credit/merge-outlook.ts";
import type { PullRequestCredits } from "../domain/credit/pull-request-credit.ts";
import { readPullRequestRelations } from "../domain/credit/pull-request-relations.ts";
import type { PullRequestReading } from "../github/read-pull-request.ts";
import { dropCommitCredits } from "../store/drop-commit-credits.ts";
import { rememberPullRequest } from "../store/pull-requests.ts";
import { rememberRepository } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";
import { lookAgainAtIssues } from "./look-again-at-issues.ts";
import { lookAgainAtReleases } from "./look-again-at-releases.ts";
import { writeEntries } from "./write-entries.ts";

/** Stores whose credit a pull request is, each with a reference to its evidence, in one transaction. */
export async function keepCredits(
  deps: Pick<Deps, "database" | "hash" | "enqueue">,
  {
    installationId,
    reading,
    decision: { credits, landed },
  }: {
    readonly installationId: number;
    readonly reading: PullRequestReading;
    readonly decision: { readonly credits: PullRequestCredits; readonly landed: LandedCredit | null };
  },
): Promise<void> {
  const { database, hash } = deps;
  const { facts, head } = reading;
  const { repository, number, state, title, url } = facts;
  const key = { installationId, repositoryId: repository.id };
  const countedAt = landed === null ? null : (facts.landed?.at ?? null);
  const lost = new Set(landed?.leftOut.map((person) => person.key));
  const isLost = ({ key: person }: { readonly key: string }): boolean => lost.has(person);
  const hasChanged = await database.query.transaction().execute(async (transaction) => {
    await rememberRepository(transaction, installationId, repository);
    await rememberPullRequest(
      transaction,
      { ...key, number },
      {
        state,
        title,
        url,
        headSha: head,
        landedSha: landed?.sha ?? null,
        landedCommits: landed === null ? null : (facts.landed?.commits.length ?? null),
        relations: readPullRequestRelations(facts),
      },
    );
    const subject = { kind: "pull request", number } as const;
    const credit = { subject, credited: credits, countedAt: () => countedAt, isLost };
    const isOther = await writeEntries(transaction, key, { subjects: [credit], hash });
    // A push may have been looked at before GitHub knew which pull request it came by.
    const brought = facts.landed === null ? [] : [...facts.landed.commits, ...facts.commits];
    await dropCommitCredits(
      transaction,
      key,
      brought.map(({ sha }) => sha),
    );
    return isOther;
  });
  await lookAgainAtIssues(deps, key, facts);
  await lookAgainAtReleases(deps, key, { facts, hasChanged });
}
