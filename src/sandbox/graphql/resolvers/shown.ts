import type { Account } from "../../model/account.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { profileUrl } from "../../present/account.ts";
import type { Context } from "../context.ts";

/** Who did something; null where the account is deleted, as GitHub tells of ghosts. */
export function personOrNull(account: Account | null): Account | null {
  return account === null || account.deleted ? null : account;
}

/** The same where the field has no place for organisations and bots. */
export function userOrNull(account: Account | null): Account | null {
  const person = personOrNull(account);
  return person?.type === "User" ? person : null;
}

export function users(accounts: Iterable<Account>): Account[] {
  return [...accounts].filter((account) => userOrNull(account) !== null);
}

/** GraphQL leaves out what REST ends a bot's login with. */
export function loginOf({ type, login }: Account): string {
  return type === "Bot" ? login.replace(/\[bot\]$/, "") : login;
}

export function repositoryPage({ forge }: Context, repository: Repository): string {
  return `${forge.web}/${fullName(repository)}`;
}

/** An address on our pages without the server's name. */
export function pathOf({ forge }: Context, url: string): string {
  return url.slice(forge.web.length);
}

export function accountPage({ forge }: Context, account: Account): string {
  return profileUrl(forge.web, account);
}

/** As an enum's value: `off-topic` and `too heated` become `OFF_TOPIC` and `TOO_HEATED`. */
export function enumOf(text: string): string;
export function enumOf(text: string | null): string | null;
export function enumOf(text: string | null): string | null {
  return text === null ? null : text.toUpperCase().replace(/[ -]/g, "_");
}
