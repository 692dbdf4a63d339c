import { membersOf } from "../actions/accounts.ts";
import type { Account } from "../model/account.ts";
import { invalid, notAccessible, Refusal } from "../refusal.ts";
import type { Caller } from "./access.ts";
import { isGranted } from "./organization-access.ts";

/** Either lets an app make repositories; only the first lets it protect them, too. */
const permissions = ["administration", "repository_creation"] as const;

/** Whom a repository would be of, and whether others could read it. */
interface Wanted {
  readonly owner: Account;
  readonly isPrivate: boolean;
}

/**
 * Throws where somebody may not create repositories in an organisation: its owners may, members as it lets them, apps
 * that were granted to.
 */
export function requireCreator(caller: Caller, wanted: Wanted): void {
  if (caller.kind === "installation") {
    if (permissions.some((name) => isGranted(caller, wanted.owner, [name, "write"]))) return;
    throw notAccessible();
  }
  if (caller.kind !== "user") throw new Refusal(401, "Requires authentication");
  if (mayCreate(caller.account, wanted)) return;
  throw new Refusal(403, "You need admin access to the organization before adding a repository to it.");
}

/** A person takes over whatever they are given; to an organisation only who may create repositories there gives one. */
export function requireTaker(caller: Caller, wanted: Wanted): void {
  const { owner } = wanted;
  if (owner.organization === null || caller.kind !== "user") return;
  if (mayCreate(caller.account, wanted)) return;
  const message = `You don't have the permission to create repositories on ${owner.login}`;
  throw invalid({ resource: "Repository", field: "new_owner", code: "custom", message });
}

function mayCreate(person: Account, { owner, isPrivate }: Wanted): boolean {
  const membership = membersOf(owner).get(person);
  const mayMember = owner.organization?.membersCanCreate[isPrivate ? "private" : "public"] === true;
  return membership === "admin" || (membership === "member" && mayMember);
}
