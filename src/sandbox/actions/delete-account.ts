import type { Actor, Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { teamsOf } from "../model/team.ts";
import { deletePerson, membersOf } from "./accounts.ts";
import { deleteInstallation } from "./apps.ts";
import { deleteRepository } from "./delete-repository.ts";
import { deleteTeam } from "./teams.ts";

/** Deletes a person's account or an organisation, with its repositories and whatever is installed there. */
export async function deleteAccount(forge: Forge, account: Account, actor: Actor): Promise<void> {
  const { state } = forge;
  if (account.organization !== null) {
    const sender = actor.account;
    await forge.announce({ event: "organization", action: "deleted", organization: account, sender });
  }
  for (const installation of state.installations.values()) {
    if (installation.account === account) await deleteInstallation(forge, installation, actor);
  }
  // No app is there any more to hear of each.
  for (const repository of state.repositories.values()) {
    if (repository.owner === account) await deleteRepository(forge, repository, actor);
  }
  for (const team of teamsOf(account).toReversed()) deleteTeam(forge, team);
  membersOf(account).clear();
  deletePerson(forge, account);
}
