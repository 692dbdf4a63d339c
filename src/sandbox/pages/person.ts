import { shown } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { profileUrl } from "../present/account.ts";

/** Somebody, as every page shows them. */
export interface Person {
  readonly login: string;
  readonly name: string | null;
  readonly href: string;
  readonly avatar: string;
  readonly isBot: boolean;
}

export function personOf({ state }: Pick<Forge, "state">, account: Account): Person {
  const { id, login, name, type } = shown(state, account);
  return { login, name, href: profileUrl("", { login, type }), avatar: `/avatars/${id}`, isBot: type === "Bot" };
}
