import { forgetInRuns } from "./forget-in-runs.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Database } from "./open-database.ts";
import { changeRun, type RunChange, type RunKey, readRun } from "./playbook-runs.ts";
import { keepListed } from "./take-turns.ts";

/** What it takes to end a run. */
export interface RunEnder {
  readonly database: Database;
  readonly hash: KeyedHash;
  readonly clock: () => Date;
}

/**
 * Ends a run that was going on; says whether it was. Whoever asked to be forgotten while it ran is taken out of it, as of
 * those that had ended then.
 */
export async function endRun(
  { database, hash, clock }: RunEnder,
  { installationId, id }: RunKey,
  ending: Pick<RunChange, "cause"> & { readonly state: "done" | "incomplete" | "failed" },
): Promise<boolean> {
  return database.query.transaction().execute(async (transaction) => {
    await keepListed(transaction, installationId);
    const change = { ...ending, from: ["running"], finishedAt: clock() } as const;
    if (!(await changeRun({ query: transaction }, { installationId, id }, change))) return false;
    const run = await readRun({ query: transaction }, { installationId, id });
    for (const person of [run?.plan.requester, run?.confirmedBy]) {
      if (!person) continue;
      const forgotten = await transaction
        .selectFrom("forgotten")
        .select("account_hash")
        .where("installation_id", "=", installationId)
        .where("account_hash", "=", hash.account(person.id))
        .executeTakeFirst();
      if (forgotten !== undefined) await forgetInRuns(transaction, installationId, { accountId: person.id, hash });
    }
    return true;
  });
}
