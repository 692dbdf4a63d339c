import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { App, Installation } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { findAccount, findRepository } from "../model/state.ts";
import { notFound, Refusal } from "../refusal.ts";

export function requireAccount({ state }: Forge, login: string): Account {
  const account = findAccount(state, login);
  if (account === null) throw new Refusal(422, `there is no account ${login}`);
  return account;
}

export function requireOrganization(forge: Forge, login: string): Account {
  const account = requireAccount(forge, login);
  if (account.organization === null) throw new Refusal(422, `${login} is no organization`);
  return account;
}

export function requireApp({ state }: Forge, id: number): App {
  const app = state.apps.get(id);
  if (app === undefined) throw new Refusal(422, `there is no app ${id}`);
  return app;
}

export function requireInstallation({ state }: Forge, id: string): Installation {
  const installation = state.installations.get(Number(id));
  if (installation === undefined) throw notFound();
  return installation;
}

/** Null stays null: all of them. */
export function requireRepositories(
  { state }: Forge,
  account: Account,
  names: readonly string[] | null,
): Repository[] | null {
  if (names === null) return null;
  return names.map((name) => {
    const repository = findRepository(state, account.login, name);
    if (repository?.owner !== account) throw new Refusal(422, `there is no repository ${name}`);
    return repository;
  });
}
