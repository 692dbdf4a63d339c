import type { Actor, Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { findTeam, type Team, type TeamRepositoryRole, type TeamRole } from "../model/team.ts";
import { invalid, notFound, Refusal } from "../refusal.ts";
import { membersOf, setMember } from "./accounts.ts";

export interface TeamToCreate {
  readonly organization: Account;
  readonly name: string;
  readonly description?: string | null;
  readonly privacy?: Team["privacy"];
  readonly notifies?: boolean;
}

/** Creates a team without members. Throws a Refusal where another one's name comes to the same slug. */
export function createTeam(forge: Forge, wanted: TeamToCreate): Team {
  const { organization, name, description = null, privacy = "secret", notifies = true } = wanted;
  if (organization.organization === null) throw notFound();
  const slug = freeSlug(organization, name, null);
  const now = forge.clock();
  const team: Team = {
    ...nextIdentity(forge.state, "Team"),
    organization,
    slug,
    name,
    description,
    privacy,
    notifies,
    members: new Map(),
    repositories: new Map(),
    createdAt: now,
    updatedAt: now,
  };
  organization.organization.teams.push(team);
  forge.state.nodes.set(team.nodeId, { type: "Team", value: team });
  return team;
}

type TeamFields = Pick<Team, "name" | "description" | "privacy" | "notifies">;

/** Changes what is said of a team; with its name its slug changes. */
export function editTeam(forge: Forge, team: Team, fields: Partial<TeamFields>): void {
  const slug = fields.name === undefined ? team.slug : freeSlug(team.organization, fields.name, team);
  Object.assign(team, fields, { slug, updatedAt: forge.clock() });
}

export function deleteTeam({ state }: Pick<Forge, "state">, team: Team): void {
  const teams = team.organization.organization?.teams ?? [];
  teams.splice(teams.indexOf(team), 1);
  state.nodes.delete(team.nodeId);
}

/** Takes a person into a team, and into the organisation where they are not there yet: they accept at once. */
export async function setTeamMember(
  forge: Forge,
  { team, account, role = "member" }: { readonly team: Team; readonly account: Account; readonly role?: TeamRole },
  actor: Actor,
): Promise<void> {
  const { organization } = team;
  if (account.type !== "User") throw new Refusal(422, "Cannot add an organization as a member.");
  if (!membersOf(organization).has(account)) {
    await setMember(forge, { organization, account, role: "member", actor });
  }
  team.members.set(account, role);
}

/** Lets a team do something in a repository of its organisation, or something else than before. */
export function setTeamRepository(team: Team, repository: Repository, role: TeamRepositoryRole): void {
  if (repository.owner !== team.organization) {
    throw new Refusal(422, "Validation Failed", ["The repository does not belong to the team's organization."]);
  }
  team.repositories.set(repository, role);
}

function freeSlug(organization: Account, name: string, self: Team | null): string {
  const slug = name
    .normalize("NFD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z\d_]+/g, "-")
    .replace(/^-+|-+$/g, "");
  if (slug === "") throw invalid({ resource: "Team", field: "name", code: "missing_field" });
  const occupant = findTeam(organization, slug);
  if (occupant !== null && occupant !== self) {
    throw invalid({ resource: "Team", field: "name", code: "already_exists" });
  }
  return slug;
}
