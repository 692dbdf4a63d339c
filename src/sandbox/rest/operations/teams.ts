import {
  createTeam,
  deleteTeam,
  editTeam,
  setTeamMember,
  setTeamRepository,
  type TeamToCreate,
} from "../../actions/teams.ts";
import { canSee, requireAccess } from "../../identity/access.ts";
import { requireInOrganization } from "../../identity/organization-access.ts";
import { canSeeTeam, mayMaintain, teamsFor } from "../../identity/see-teams.ts";
import type { Account } from "../../model/account.ts";
import type { Repository } from "../../model/repository.ts";
import { findAccount, findRepository } from "../../model/state.ts";
import { findTeam, type Team, teamRoleOf } from "../../model/team.ts";
import { presentAccount } from "../../present/account.ts";
import { presentRepositoryFor } from "../../present/repository.ts";
import { presentTeam, presentTeamInFull, presentTeamMembership } from "../../present/team.ts";
import { invalid, notAccessible, notFound, Refusal } from "../../refusal.ts";
import {
  actorOf,
  created,
  done,
  inOrganization,
  inRepository,
  type JudgedRequest,
  type Operation,
  ok,
  operation,
  paged,
  toRead,
  toWrite,
} from "../operation.ts";
import { readRole } from "../read-role.ts";
import { requireAccount, requireOrganization } from "./users.ts";

const toReadMembers = { who: "members", permission: ["members", "read"] } as const;
const toWriteMembers = { who: "members", permission: ["members", "write"] } as const;
const administration = toWrite("admin", "administration");

export const teamOperations: readonly Operation[] = [
  inOrganization("teams/list", toReadMembers, (request) => {
    const { forge, caller, organization, parameters } = request;
    const teams = parameters.team_type === "enterprise" ? [] : teamsFor(caller, organization);
    return paged(request, teams, (team) => presentTeam(forge, team));
  }),
  inOrganization("teams/create", toWriteMembers, async (request) => {
    const { forge, caller, organization, body } = request;
    refuseParent(body);
    const maintainers = (body.maintainers ?? []).map((login) => requireMember(request, organization, login));
    const repositories = (body.repo_names ?? []).map((name) => requireNamed(request, name));
    const team = createTeam(forge, { organization, name: body.name, ...fieldsOf(body) });
    const actor = actorOf(request);
    // Whoever makes a team maintains it, but for apps, which belong to none.
    const first = caller.kind === "user" ? [caller.account, ...maintainers] : maintainers;
    for (const account of first) await setTeamMember(forge, { team, account, role: "maintainer" }, actor);
    for (const repository of repositories)
      setTeamRepository(team, repository, readRole(body.permission ?? "pull", "Team"));
    return created(presentTeamInFull(forge, team));
  }),
  operation("teams/get-by-name", (request) => ok(presentTeamInFull(request.forge, requireTeam(request)))),
  operation("teams/update-in-org", (request) => {
    const { forge, body } = request;
    const team = requireMaintained(request);
    refuseParent(body);
    editTeam(forge, team, { ...(body.name === undefined ? {} : { name: body.name }), ...fieldsOf(body) });
    return ok(presentTeamInFull(forge, team));
  }),
  operation("teams/delete-in-org", (request) => {
    deleteTeam(request.forge, requireMaintained(request));
    return done();
  }),
  operation("teams/list-child-in-org", (request) => {
    requireTeam(request);
    return paged(request, [], () => ({}));
  }),
  operation("teams/list-members-in-org", (request) => {
    const { forge, parameters } = request;
    const { role = "all" } = parameters;
    const team = requireTeam(request);
    const members = [...team.members.keys()].filter((account) => role === "all" || teamRoleOf(team, account) === role);
    return paged(request, members, (account) => presentAccount(forge, account));
  }),
  operation("teams/get-membership-for-user-in-org", (request) => {
    const team = requireTeam(request);
    const account = findAccount(request.forge.state, request.parameters.username);
    if (account === null || !team.members.has(account)) throw notFound();
    return ok(presentTeamMembership(request.forge, team, account));
  }),
  operation("teams/add-or-update-membership-for-user-in-org", async (request) => {
    const { forge, caller, parameters, body } = request;
    const team = requireMaintained(request);
    const { organization } = team;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    // Whoever only keeps the team does not decide who comes into the organisation.
    if (organization.organization?.members.has(account) !== true) {
      requireInOrganization(caller, organization, { ...toWriteMembers, who: "owners" });
    }
    await setTeamMember(forge, { team, account, role: body?.role ?? "member" }, actorOf(request));
    return ok(presentTeamMembership(forge, team, account));
  }),
  operation("teams/remove-membership-for-user-in-org", (request) => {
    const { forge, caller, parameters } = request;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    const isOwn = caller.kind === "user" && caller.account === account;
    const team = isOwn ? requireTeam(request) : requireMaintained(request);
    if (!team.members.delete(account)) throw notFound();
    return done();
  }),
  operation("teams/list-repos-in-org", (request) => {
    const { forge, caller } = request;
    const shown = [...requireTeam(request).repositories].filter(([repository]) => canSee(caller, repository));
    return paged(request, shown, ([repository, role]) => ({
      ...presentRepositoryFor(forge, repository, role),
      role_name: role,
    }));
  }),
  operation("teams/check-permissions-for-repo-in-org", (request) => {
    const { forge, caller, accept } = request;
    const team = requireTeam(request);
    const repository = requireRepository(request);
    const role = team.repositories.get(repository);
    if (role === undefined || !canSee(caller, repository)) throw notFound();
    if (!/\bvnd\.github\.(v3\.)?repository\b/.test(accept)) return done();
    const { has_discussions: _, ...shown } = presentRepositoryFor(forge, repository, role);
    return ok({ ...shown, role_name: role });
  }),
  operation("teams/add-or-update-repo-permissions-in-org", (request) => {
    const { caller, body } = request;
    const team = requireTeam(request);
    const repository = requireRepository(request);
    requireAccess(caller, repository, administration);
    setTeamRepository(team, repository, readRole(body?.permission ?? "pull", "Team"));
    return done();
  }),
  operation("teams/remove-repo-in-org", (request) => {
    const { caller } = request;
    const team = requireTeam(request);
    const repository = requireRepository(request);
    if (caller.kind !== "user" || !mayMaintain(caller, team)) requireAccess(caller, repository, administration);
    team.repositories.delete(repository);
    return done();
  }),
  inRepository("repos/list-teams", { ...toRead("administration"), role: "admin" }, (request) => {
    const { forge, caller, repository } = request;
    const teams = repository.owner.organization?.teams ?? [];
    const found = teams.flatMap((team) => {
      const role = team.repositories.get(repository);
      const isShown = caller.kind === "installation" || canSeeTeam(caller, team);
      return role === undefined || !isShown ? [] : [{ team, role }];
    });
    return paged(request, found, ({ team, role }) => presentTeam(forge, team, role));
  }),
];

type TeamRequest = Pick<JudgedRequest, "forge" | "caller"> & {
  readonly parameters: { readonly org: string; readonly team_slug: string };
};

/** The team that the path names, where it is there for the caller: who does not belong to it may not know of it. */
function requireTeam({ forge, caller, parameters }: TeamRequest): Team {
  const organization = requireOrganization({ forge }, parameters.org);
  if (caller.kind !== "user") requireInOrganization(caller, organization, toReadMembers);
  const team = findTeam(organization, parameters.team_slug);
  if (team === null || !canSeeTeam(caller, team)) throw notFound();
  return team;
}

/** The same, for those who may change it. */
function requireMaintained(request: TeamRequest): Team {
  const team = requireTeam(request);
  if (mayMaintain(request.caller, team)) return team;
  if (request.caller.kind === "installation") throw notAccessible();
  throw new Refusal(403, "Must have admin rights to Team.");
}

function requireRepository({
  forge,
  parameters: { owner, repo },
}: Pick<JudgedRequest, "forge"> & {
  readonly parameters: { readonly owner: string; readonly repo: string };
}): Repository {
  const repository = findRepository(forge.state, owner, repo);
  if (repository === null) throw notFound();
  return repository;
}

/** A repository by its full name, as whoever makes a team gives it one. */
function requireNamed({ forge, caller }: Pick<JudgedRequest, "forge" | "caller">, fullName: string): Repository {
  const [owner = "", name = ""] = fullName.split("/");
  const repository = findRepository(forge.state, owner, name);
  if (repository === null) throw invalid({ resource: "Team", field: "repo_names", code: "invalid" });
  requireAccess(caller, repository, administration);
  return repository;
}

function requireMember({ forge }: Pick<JudgedRequest, "forge">, organization: Account, login: string): Account {
  const account = findAccount(forge.state, login);
  if (account !== null && organization.organization?.members.has(account) === true) return account;
  throw invalid({ resource: "Team", field: "maintainers", code: "invalid" });
}

interface TeamBody {
  readonly description?: string;
  readonly privacy?: Team["privacy"];
  readonly notification_setting?: "notifications_enabled" | "notifications_disabled";
  readonly parent_team_id?: number | null;
}

function fieldsOf(body: TeamBody): Pick<TeamToCreate, "description" | "privacy" | "notifies"> {
  const { description, privacy, notification_setting: setting } = body;
  return {
    ...(description === undefined ? {} : { description }),
    ...(privacy === undefined ? {} : { privacy }),
    ...(setting === undefined ? {} : { notifies: setting === "notifications_enabled" }),
  };
}

/** The sandbox's teams stand side by side: to take one into another without a word would be a lie. */
function refuseParent({ parent_team_id: parent }: TeamBody): void {
  if (typeof parent === "number") throw invalid({ resource: "Team", field: "parent_team_id", code: "invalid" });
}
