import type { Actor } from "../forge.ts";
import type { Account } from "../model/account.ts";

/** Whoever decides for an account: the first owner of an organisation. */
export function ownerOf(account: Account): Actor {
  const [owner] = [...(account.organization?.members ?? [])].flatMap(([member, role]) =>
    role === "admin" ? member : [],
  );
  return { account: owner ?? account, viaAppId: null };
}
