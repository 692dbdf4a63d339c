import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { State } from "../model/state.ts";
import { teamsOf } from "../model/team.ts";

/** Takes whoever leaves an organisation out of its teams. */
export function leaveTeams(organization: Account, account: Account): void {
  for (const team of teamsOf(organization)) team.members.delete(account);
}

/** Takes a repository that is deleted, or moves to another owner, from all teams. */
export function takeFromTeams({ accounts }: State, repository: Repository): void {
  for (const account of accounts.values()) {
    for (const team of teamsOf(account)) team.repositories.delete(repository);
  }
}
