import { membersOf, removeMember, setMember } from "../../actions/accounts.ts";
import { deleteAccount } from "../../actions/delete-account.ts";
import { canSee } from "../../identity/access.ts";
import { isGranted } from "../../identity/organization-access.ts";
import type { Account, OrganizationSettings } from "../../model/account.ts";
import { findAccount } from "../../model/state.ts";
import {
  presentAccount,
  presentMembership,
  presentOrganization,
  presentOrganizationInFull,
  presentProfile,
} from "../../present/account.ts";
import { notFound } from "../../refusal.ts";
import {
  actorOf,
  done,
  inOrganization,
  type JudgedRequest,
  type Operation,
  ok,
  operation,
  paged,
  requirePerson,
} from "../operation.ts";

const toReadMembers = { who: "members", permission: ["members", "read"] } as const;
const toWriteMembers = { who: "owners", permission: ["members", "write"] } as const;
const toAdminister = { who: "owners", permission: ["organization_administration", "write"] } as const;

export const userOperations: readonly Operation[] = [
  operation("users/get-authenticated", (request) => {
    const account = requirePerson(request);
    return ok({
      ...presentProfile(request.forge, account),
      private_gists: 0,
      total_private_repos: 0,
      owned_private_repos: 0,
      disk_usage: 0,
      collaborators: 0,
      two_factor_authentication: true,
    });
  }),
  operation("users/get-by-username", ({ forge, parameters }) => {
    const account = requireAccount(forge.state.accountsByLogin.get(parameters.username.toLowerCase()));
    return ok(presentProfile(forge, account));
  }),
  operation("users/get-by-id", ({ forge, parameters }) => {
    return ok(presentProfile(forge, requireAccount(forge.state.accounts.get(parameters.account_id))));
  }),
  operation("users/list-emails-for-authenticated-user", (request) => {
    return paged(request, requirePerson(request).addresses, (address) => {
      const isFirst = requirePerson(request).addresses[0] === address;
      return { email: address, primary: isFirst, verified: true, visibility: isFirst ? "private" : null };
    });
  }),
  operation("orgs/get", (request) => {
    const { forge, caller, parameters } = request;
    const organization = requireOrganization(request, parameters.org);
    const isOwner =
      (caller.kind === "user" && membersOf(organization).get(caller.account) === "admin") ||
      (caller.kind === "installation" && isGranted(caller, organization, ["organization_administration", "read"]));
    return ok(presentOrganizationInFull(forge, organization, isOwner));
  }),
  inOrganization("orgs/update", toAdminister, ({ forge, organization, body }) => {
    organization.name = body.name ?? organization.name;
    organization.bio = body.description ?? organization.bio;
    organization.updatedAt = forge.clock();
    const settings = organization.organization;
    if (settings !== null) {
      settings.defaultRepositoryPermission = body.default_repository_permission ?? settings.defaultRepositoryPermission;
      settings.membersCanCreate = changeCreation(settings.membersCanCreate, body);
    }
    return ok(presentOrganizationInFull(forge, organization, true));
  }),
  inOrganization("orgs/delete", toAdminister, async (request) => {
    await deleteAccount(request.forge, request.organization, actorOf(request));
    return { status: 202, body: {} };
  }),
  operation("orgs/list-for-authenticated-user", (request) => {
    return paged(request, organizationsOf(request, requirePerson(request)), (one) =>
      presentOrganization(request.forge, one),
    );
  }),
  operation("orgs/list-for-user", (request) => {
    const account = requireAccount(findAccount(request.forge.state, request.parameters.username));
    return paged(request, organizationsOf(request, account), (one) => presentOrganization(request.forge, one));
  }),
  inOrganization("orgs/list-members", toReadMembers, (request) => {
    const { forge, organization, parameters } = request;
    const members = [...membersOf(organization)].filter(([, role]) => {
      return parameters.role === undefined || parameters.role === "all" || parameters.role === role;
    });
    return paged(request, members, ([account]) => presentAccount(forge, account));
  }),
  inOrganization("orgs/check-membership-for-user", toReadMembers, (request) => {
    const { forge, organization, parameters } = request;
    const account = findAccount(forge.state, parameters.username);
    if (account === null || !membersOf(organization).has(account)) throw notFound();
    return done();
  }),
  inOrganization("orgs/get-membership-for-user", toReadMembers, (request) => {
    const { forge, organization, parameters } = request;
    const account = findAccount(forge.state, parameters.username);
    if (account === null || !membersOf(organization).has(account)) throw notFound();
    return ok(presentMembership(forge, { organization, account }));
  }),
  inOrganization("orgs/set-membership-for-user", toWriteMembers, async (request) => {
    const { forge, organization, parameters, body } = request;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    await setMember(forge, { organization, account, role: body?.role ?? "member", actor: actorOf(request) });
    return ok(presentMembership(forge, { organization, account }));
  }),
  inOrganization("orgs/remove-member", toWriteMembers, async (request) => {
    const { forge, organization, parameters } = request;
    const account = requireAccount(findAccount(forge.state, parameters.username));
    await removeMember(forge, { organization, account, actor: actorOf(request) });
    return done();
  }),
];

export function requireAccount(account: Account | null | undefined): Account {
  if (account === null || account === undefined) throw notFound();
  return account;
}

export function requireOrganization({ forge }: Pick<JudgedRequest, "forge">, login: string): Account {
  const account = findAccount(forge.state, login);
  if (account?.type !== "Organization") throw notFound();
  return account;
}

interface CreationBody {
  readonly members_can_create_repositories?: boolean;
  readonly members_can_create_public_repositories?: boolean;
  readonly members_can_create_private_repositories?: boolean;
  readonly members_allowed_repository_creation_type?: "all" | "private" | "none";
}

/** What members may create after a change: what names a kind of repository counts more than what names all. */
function changeCreation(before: OrganizationSettings["membersCanCreate"], body: CreationBody) {
  const { members_can_create_repositories: all, members_allowed_repository_creation_type: type } = body;
  const base = all === undefined ? before : { public: all, private: all };
  const typed = type === undefined ? base : { public: type === "all", private: type !== "none" };
  return {
    public: body.members_can_create_public_repositories ?? typed.public,
    private: body.members_can_create_private_repositories ?? typed.private,
  };
}

function organizationsOf({ forge }: Pick<JudgedRequest, "forge">, account: Account): Account[] {
  return [...forge.state.accounts.values()].filter((one) => membersOf(one).has(account));
}

/** The repositories of an account that the caller sees. */
export function visibleRepositories({ forge, caller }: Pick<JudgedRequest, "forge" | "caller">, owner: Account) {
  return [...forge.state.repositories.values()].filter(
    (repository) => repository.owner === owner && canSee(caller, repository),
  );
}
