import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import { creditDirectCommit } from "../domain/credit/pull-request-credits.ts";
import type { CommitFacts } from "../domain/credit/pull-request-facts.ts";
import type { Transaction } from "../store/open-database.ts";
import { rememberRepository, type StoredRepository } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";
import { writeEntries } from "./write-entries.ts";

export interface CommitsToKeep {
  readonly installationId: number;
  readonly repository: StoredRepository;
  /** Those that came by no pull request. */
  readonly commits: readonly { readonly facts: CommitFacts; readonly committedAt: Date }[];
  readonly settings: CreditSettings;
}

/**
 * Stores whose credit commits are that came by no pull request, in one transaction; a merge is nobody's. `alongside` is
 * done within it.
 */
export async function keepCommitCredits(
  { database, hash }: Pick<Deps, "database" | "hash">,
  { installationId, repository, commits, settings }: CommitsToKeep,
  alongside: (transaction: Transaction) => Promise<unknown> = async () => {},
): Promise<void> {
  const subjects = commits
    .filter(({ facts: { parents } }) => parents < 2)
    .map(({ facts, committedAt }) => ({
      subject: { kind: "commit", sha: facts.sha } as const,
      credited: creditDirectCommit(facts, settings),
      countedAt: () => committedAt,
    }));
  await database.query.transaction().execute(async (transaction) => {
    await rememberRepository(transaction, installationId, repository);
    await writeEntries(transaction, { installationId, repositoryId: repository.id }, { subjects, hash });
    await alongside(transaction);
  });
}
