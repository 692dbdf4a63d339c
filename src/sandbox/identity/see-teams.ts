import { membersOf } from "../actions/accounts.ts";
import type { Account } from "../model/account.ts";
import { type Team, teamRoleOf, teamsOf } from "../model/team.ts";
import type { Caller } from "./access.ts";
import { isGranted } from "./organization-access.ts";

/** Whether a team is there for somebody: members see all but the secret ones that they do not belong to. */
export function canSeeTeam(caller: Caller, team: Team): boolean {
  const { organization } = team;
  if (caller.kind === "installation") return isGranted(caller, organization, ["members", "read"]);
  if (caller.kind !== "user") return false;
  const role = membersOf(organization).get(caller.account);
  return role === "admin" || (role === "member" && (team.privacy === "closed" || team.members.has(caller.account)));
}

/** The teams of an organisation that are there for the caller. */
export function teamsFor(caller: Caller, organization: Account): Team[] {
  return teamsOf(organization).filter((team) => canSeeTeam(caller, team));
}

/** Whether somebody may say who belongs to a team. */
export function mayMaintain(caller: Caller, team: Team): boolean {
  const { organization } = team;
  if (caller.kind === "installation") return isGranted(caller, organization, ["members", "write"]);
  if (caller.kind !== "user") return false;
  return membersOf(organization).get(caller.account) === "admin" || teamRoleOf(team, caller.account) === "maintainer";
}
