import { membersOf } from "./actions/accounts.ts";
import { createUserToken } from "./actions/apps.ts";
import type { Forge } from "./forge.ts";
import type { Account } from "./model/account.ts";

/** Where the sandbox is, and as whom to use it: its organisation's members by login, the owner first. */
export function describeSandbox(forge: Forge) {
  const organization = findOrganization(forge);
  const members = [...membersOf(organization)].toSorted(([, one], [, other]) => one.localeCompare(other));
  const tokens = Object.fromEntries(members.map(([account]) => [account.login, tokenOf(forge, account)]));
  return { api: forge.api, web: forge.web, organization: organization.login, tokens };
}

/** The story's organisation, by whatever name it goes now. */
export function findOrganization({ state }: Forge): Account {
  const organization = [...state.accounts.values()].find(({ type }) => type === "Organization");
  if (organization === undefined) throw new Error("the story's organisation is gone");
  return organization;
}

function tokenOf(forge: Forge, account: Account): string {
  const known = [...forge.state.tokens].find(([, token]) => token.kind === "user" && token.account === account);
  return known?.[0] ?? createUserToken(forge, account);
}
