import { withoutPeople } from "../domain/playbook/without-people.ts";
import { jsonText } from "./json-text.ts";
import type { KeyedHash } from "./keyed-hash.ts";
import type { Transaction } from "./open-database.ts";

/**
 * Takes an account out of the runs of playbooks: what was never confirmed goes, and of what ended it stays that a playbook
 * was used, by somebody. What runs at the moment is left to its end.
 */
export async function forgetInRuns(
  transaction: Transaction,
  installationId: number,
  { accountId, hash }: { readonly accountId: number; readonly hash: KeyedHash },
): Promise<void> {
  await transaction
    .deleteFrom("playbook_runs")
    .where("installation_id", "=", installationId)
    .where("requester_id", "=", accountId)
    .where("state", "in", ["planned", "superseded", "cancelled"])
    .execute();
  const ended = await transaction
    .selectFrom("playbook_runs")
    .select(["id", "plan", "used_by"])
    .where("installation_id", "=", installationId)
    .where("requester_id", "=", accountId)
    .where("state", "!=", "running")
    .execute();
  for (const { id, plan, used_by: user } of ended) {
    await transaction
      .updateTable("playbook_runs")
      .set({
        plan: jsonText(withoutPeople(plan)),
        answers: jsonText({}),
        cause: null,
        requester_id: 0,
        // Still one and the same for whoever counts.
        used_by: user === `account ${accountId}` ? `account ${hash.account(accountId)}` : user,
      })
      .where("installation_id", "=", installationId)
      .where("id", "=", id)
      .execute();
    await transaction.deleteFrom("playbook_effects").where("run_id", "=", id).execute();
  }
  await transaction
    .updateTable("playbook_runs")
    .set({ confirmed_by_id: null, confirmed_by_login: null })
    .where("installation_id", "=", installationId)
    .where("confirmed_by_id", "=", accountId)
    .where("state", "!=", "running")
    .execute();
}
