import { forgetInRuns } from "./forget-in-runs.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Transaction } from "./open-database.ts";
import { settleTallies } from "./settle-tallies.ts";
import { holdListed } from "./take-turns.ts";
import type { TouchedPullRequest } from "./touched-pull-requests.ts";

/**
 * Deletes what an installation knows of an account, and keeps a keyed hash alone, so that the account is left out from
 * now on. What they said about others stays, without saying who did. Gives the pull requests that named them.
 */
export async function forgetPerson(
  transaction: Transaction,
  installationId: number,
  { accountId, hash }: { readonly accountId: number; readonly hash: KeyedHash },
): Promise<TouchedPullRequest[]> {
  await holdListed(transaction, installationId);
  await transaction
    .insertInto("forgotten")
    .values({ installation_id: installationId, account_hash: hash.account(accountId) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const touched = [
    ...(await transaction
      .deleteFrom("credits")
      .where("installation_id", "=", installationId)
      .where("account_id", "=", accountId)
      .returning(["repository_id", "subject_kind", "subject"])
      .execute()),
    ...(await transaction
      .deleteFrom("mentorships")
      .where("installation_id", "=", installationId)
      .where((row) => row.or([row("mentor_account_id", "=", accountId), row("mentee_account_id", "=", accountId)]))
      .returning(["repository_id", "subject_kind", "subject"])
      .execute()),
    ...(await forgetCorrections(transaction, installationId, accountId)),
  ];
  for (const table of ["addresses", "people", "earlier_work"] as const) {
    await transaction
      .deleteFrom(table)
      .where("installation_id", "=", installationId)
      .where("account_id", "=", accountId)
      .execute();
  }
  await forgetInRuns(transaction, installationId, { accountId, hash });
  // Until what is gone is added up, tallies name them.
  await settleTallies({ query: transaction }, installationId);
  const pulls = touched.filter(({ subject_kind }) => subject_kind === "pull request");
  const once = new Map(pulls.map((pull) => [`${pull.repository_id} ${pull.subject}`, pull]));
  return Array.from(once.values(), (pull) => ({ repositoryId: pull.repository_id, number: Number(pull.subject) }));
}

async function forgetCorrections(transaction: Transaction, installationId: number, accountId: number) {
  const about = await transaction
    .deleteFrom("corrections")
    .where("installation_id", "=", installationId)
    .where("account_id", "=", accountId)
    .returning(["repository_id", "subject_kind", "subject"])
    .execute();
  const taught = await transaction
    .updateTable("corrections")
    .set({ mentee_account_id: null, mentee_login: null })
    .where("installation_id", "=", installationId)
    .where("mentee_account_id", "=", accountId)
    .returning(["repository_id", "subject_kind", "subject"])
    .execute();
  await transaction
    .updateTable("corrections")
    .set({ by_account_id: null })
    .where("installation_id", "=", installationId)
    .where("by_account_id", "=", accountId)
    .execute();
  return [...about, ...taught];
}
