import { readAccounts } from "../../github/read-accounts.ts";
import { rememberPeople } from "../../store/people.ts";
import { rememberRepository } from "../../store/repositories.ts";
import { keepListed } from "../../store/take-turns.ts";
import { readUnlisted } from "../../store/unlisted.ts";
import { askForBackfill } from "../ask-for-backfill.ts";
import { clientFor, type Running, requireTarget } from "./running.ts";

/**
 * Has the ledger read whom the commit of a run credits, even where none of the new repository's events ever comes. The
 * playbook's authors may be people of whom it has never heard: GitHub is asked, in one query, who they are.
 */
export async function keepLedger(running: Running): Promise<void> {
  const { deps, run } = running;
  const { installationId, plan } = run;
  const target = requireTarget(running);
  const { id, owner, name, branch: defaultBranch } = target;
  const isPrivate = plan.repository.visibility !== "public";
  const authors = plan.playbook.authors.flatMap((author) => ("login" in author ? [author] : []));
  const ids = new Set(authors.flatMap((author) => author.id ?? []));
  const logins = authors.flatMap((author) => (author.id === undefined ? [] : [author.login]));
  const accounts = await readAccounts(clientFor(running, { metadata: "read" }, target), logins);
  // A login may be somebody else's by now.
  const people = Array.from(accounts.values()).filter((account) => ids.has(account.id));
  await deps.database.query.transaction().execute(async (transaction) => {
    await rememberRepository(transaction, installationId, { id, owner, name, isPrivate, defaultBranch });
    await keepListed(transaction, installationId);
    const accountIds = people.map((person) => person.id);
    const unlisted = await readUnlisted({ query: transaction }, installationId, { accountIds, hash: deps.hash });
    await rememberPeople(
      transaction,
      installationId,
      people.filter((person) => !unlisted.has(person.id)),
    );
  });
  await askForBackfill(deps, { installationId, repositoryId: id, owner, name });
  await deps.enqueue({ kind: "default branch", installationId, repositoryId: id, owner, name });
}
