import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import { type Team, type TeamRepositoryRole, teamRoleOf } from "../model/team.ts";
import { presentOrganizationInFull } from "./account.ts";
import { presentRole } from "./repository.ts";
import { time } from "./time.ts";

/** A team as it stands in lists; in those of a repository with what it may do there. */
export function presentTeam(forge: Forge, team: Team, role: TeamRepositoryRole | null = null) {
  const { id, nodeId, slug, name, description, privacy, notifies, organization } = team;
  const url = teamUrl(forge, team);
  return {
    id,
    node_id: nodeId,
    name,
    slug,
    description,
    privacy,
    notification_setting: notifies ? "notifications_enabled" : "notifications_disabled",
    permission: role === null ? "pull" : permissionName(role),
    ...(role === null ? {} : { permissions: presentRole(role) }),
    url,
    html_url: `${forge.web}/orgs/${organization.login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: organization.id,
    parent: null,
  };
}

/** A team's own page. */
export function presentTeamInFull(forge: Forge, team: Team) {
  // Teams in teams are not there, and only inside of lists there is a null for that.
  const { parent: _, ...shown } = presentTeam(forge, team);
  return {
    ...shown,
    members_count: team.members.size,
    repos_count: team.repositories.size,
    created_at: time(team.createdAt),
    updated_at: time(team.updatedAt),
    organization: presentOrganizationInFull(forge, team.organization, false),
  };
}

export function presentTeamMembership(forge: Forge, team: Team, account: Account) {
  return {
    url: `${teamUrl(forge, team)}/memberships/${account.login}`,
    role: teamRoleOf(team, account) ?? "member",
    state: "active",
  };
}

/** Roles in REST's older words, by which teams are given repositories. */
function permissionName(role: TeamRepositoryRole): string {
  return role === "read" ? "pull" : role === "write" ? "push" : role;
}

function teamUrl({ api }: Pick<Forge, "api">, { organization, slug }: Team): string {
  return `${api}/orgs/${organization.login}/teams/${slug}`;
}
