import { isSolved } from "../domain/credit/is-solved.ts";
import type { PullRequestCredit } from "../domain/credit/pull-request-credit.ts";
import { creditIssue } from "../domain/credit/pull-request-credits.ts";
import type { Correction } from "../domain/ledger/correction.ts";
import type { IssueReading } from "../github/read-issue.ts";
import { readCorrections } from "../store/corrections.ts";
import { rememberRepository } from "../store/repositories.ts";
import type { SubjectKey } from "../store/subject-key.ts";
import type { Deps } from "./deps.ts";
import { toCreditSettings } from "./judge-pull-request.ts";
import { readOwnLogin } from "./read-own-login.ts";
import { settingsLastInForce } from "./settings-in-force.ts";
import { writeEntries } from "./write-entries.ts";

/**
 * Stores whose credit an issue is: its reporter's where it was solved without a pull request, and what people said by
 * commands, which counts at once. An issue that is gone is nobody's. Says since when the first of it counts where anything is
 * otherwise than before; null where nothing is, or nothing counts.
 */
export async function keepIssueCredits(
  { database, hash, octokitFor }: Pick<Deps, "database" | "hash" | "octokitFor">,
  key: SubjectKey & { readonly subject: { readonly kind: "issue" } },
  reading: IssueReading | null,
): Promise<Date | null> {
  const { installationId, subject } = key;
  const ownLogin = await readOwnLogin({ octokitFor }, installationId);
  const settings = toCreditSettings(await settingsLastInForce(database, key), ownLogin);
  return database.query.transaction().execute(async (transaction) => {
    if (reading === null) {
      const nobody = { credits: [], assistants: [] };
      const credit = { subject, credited: nobody, countedAt: () => null };
      await writeEntries(transaction, key, { subjects: [credit], hash });
      return null;
    }
    const { issue, repository } = reading;
    const corrections = await readCorrections({ query: transaction }, key);
    const credited = creditIssue({ ...issue, isSolved: isSolved(issue) }, settings, corrections);
    const countedAt = (credit: PullRequestCredit): Date | null => {
      const isReport = credit.evidence.some(({ kind }) => kind === "issue");
      return isReport ? (issue.closed?.at ?? null) : saidAt(credit, corrections);
    };
    await rememberRepository(transaction, installationId, repository);
    const hasChanged = await writeEntries(transaction, key, { subjects: [{ subject, credited, countedAt }], hash });
    const moments = hasChanged ? credited.credits.flatMap((credit) => countedAt(credit)?.getTime() ?? []) : [];
    return moments.length === 0 ? null : new Date(Math.min(...moments));
  });
}

/** When a credit was given that a command gave. */
function saidAt({ person, role }: PullRequestCredit, corrections: readonly Correction[]): Date | null {
  const last = corrections.findLast(
    (correction) => correction.action === "credit" && correction.accountId === person.id && correction.role === role,
  );
  return last?.madeAt ?? null;
}
