import { membersOf } from "../actions/accounts.ts";
import type { Account } from "../model/account.ts";
import type { Access } from "../model/app.ts";
import { notAccessible, Refusal } from "../refusal.ts";
import { type Caller, grants } from "./access.ts";

/** What a request in an organisation needs: of a person to be one of these, of an app the permission. */
export interface OrganizationNeed {
  readonly who: "members" | "owners";
  readonly permission: readonly [name: string, access: Access];
}

/** Whether an app's token is for the organisation, and was granted the permission. */
export function isGranted(
  caller: Caller & { kind: "installation" },
  organization: Account,
  permission: readonly [name: string, access: Access],
): boolean {
  return caller.installation.account === organization && grants(caller.permissions, permission);
}

/** Throws GitHub's answer to whoever may not: 401 to nobody, 403 to others. */
export function requireInOrganization(
  caller: Caller,
  organization: Account,
  { who, permission }: OrganizationNeed,
): void {
  if (caller.kind === "installation") {
    if (isGranted(caller, organization, permission)) return;
    throw notAccessible();
  }
  if (caller.kind !== "user") throw new Refusal(401, "Requires authentication");
  const role = membersOf(organization).get(caller.account);
  if (role === "admin" || (role === "member" && who === "members")) return;
  const missing = who === "owners" ? "an admin of this organization" : "a member of the organization";
  throw new Refusal(403, `You must be ${missing}`);
}
