import { createPerson } from "../actions/accounts.ts";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";

/** Whom the story is about. None of them exists. */
export interface Cast {
  /** Owns the organisation. */
  readonly ada: Account;
  readonly grace: Account;
  readonly katherine: Account;
  /** Reports from outside. */
  readonly hedy: Account;
  /** Helps from outside, under an address that she has not told her account of. */
  readonly joan: Account;
}

/** Creates the accounts. Their numbers are fixed, so that a playbook's file can name its authors by them. */
export function createCast(forge: Forge): Cast {
  const create = (id: number, name: string, address: string): Account => {
    const login = name.slice(0, name.indexOf(" ")).toLowerCase();
    return createPerson(forge, { id, login, name, addresses: [address], publicAddress: address });
  };
  return {
    ada: create(101, "Ada Example", "ada@example.com"),
    grace: create(102, "Grace Sample", "grace@example.org"),
    katherine: create(103, "Katherine Model", "katherine@example.com"),
    hedy: create(104, "Hedy Instance", "hedy@example.org"),
    joan: create(105, "Joan Figure", "joan@example.org"),
  };
}
