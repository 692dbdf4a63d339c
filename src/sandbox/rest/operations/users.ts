import { membersOf, removeMember, setMember } from "../../actions/accounts.ts";
import { deleteAccount } from "../../actions/delete-account.ts";
import { canSee } from "../../identity/access.ts";
import { requireInOrganization } from "../../identity/organization-access.ts";
import type { Account } from "../../model/account.ts";
import { findAccount } from "../../model/state.ts";
import {
  presentAccount,
  presentMembership,
  presentOrganization,
  presentOrganizationInFull,
  presentProfile,
} from "../../present/account.ts";
import { notFound, Refusal } from "../../refusal.ts";
import {
  actorOf,
  done,
  type JudgedRequest,
  type Operation,
  ok,
  operation,
  paged,
  requirePerson,
} from "../operation.ts";

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
    const isMember =
      (caller.kind === "user" && membersOf(organization).has(caller.account)) ||
      (caller.kind === "installation" && caller.installation.account === organization);
    return ok(presentOrganizationInFull(forge, organization, isMember));
  }),
  operation("orgs/update", (request) => {
    const { forge, parameters, body } = request;
    const organization = requireOwner(request, parameters.org);
    organization.name = body.name ?? organization.name;
    organization.bio = body.description ?? organization.bio;
    organization.updatedAt = forge.clock();
    const settings = organization.organization;
    if (settings !== null) {
      settings.defaultRepositoryPermission = body.default_repository_permission ?? settings.defaultRepositoryPermission;
      settings.membersCanCreateRepositories =
        body.members_can_create_repositories ?? settings.membersCanCreateRepositories;
    }
    return ok(presentOrganizationInFull(forge, organization, true));
  }),
  operation("orgs/delete", async (request) => {
    const organization = requireOwner(request, request.parameters.org);
    await deleteAccount(request.forge, organization, actorOf(request));
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
  operation("orgs/list-members", (request) => {
    const { forge, parameters } = request;
    const organization = requireOrganization(request, parameters.org);
    requireMembersPermission(request, organization);
    const members = [...membersOf(organization)].filter(([, role]) => {
      return parameters.role === undefined || parameters.role === "all" || parameters.role === role;
    });
    return paged(request, members, ([account]) => presentAccount(forge, account));
  }),
  operation("orgs/check-membership-for-user", (request) => {
    const { forge, parameters } = request;
    const organization = requireOrganization(request, parameters.org);
    requireMembersPermission(request, organization);
    const account = findAccount(forge.state, parameters.username);
    if (account === null || !membersOf(organization).has(account)) throw notFound();
    return done();
  }),
  operation("orgs/get-membership-for-user", (request) => {
    const { forge, parameters } = request;
    const organization = requireOrganization(request, parameters.org);
    requireMembersPermission(request, organization);
    const account = findAccount(forge.state, parameters.username);
    if (account === null || !membersOf(organization).has(account)) throw notFound();
    return ok(presentMembership(forge, { organization, account }));
  }),
  operation("orgs/set-membership-for-user", async (request) => {
    const { forge, parameters, body } = request;
    const organization = requireOwner(request, parameters.org);
    const account = requireAccount(findAccount(forge.state, parameters.username));
    await setMember(forge, { organization, account, role: body.role ?? "member", actor: actorOf(request) });
    return ok(presentMembership(forge, { organization, account }));
  }),
  operation("orgs/remove-member", async (request) => {
    const { forge, parameters } = request;
    const organization = requireOwner(request, parameters.org);
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

/** The organisation, for its owners; an app needs to be let administer it. */
function requireOwner(request: Pick<JudgedRequest, "forge" | "caller">, login: string): Account {
  const organization = requireOrganization(request, login);
  const { caller } = request;
  if (caller.kind === "user" && membersOf(organization).get(caller.account) === "admin") return organization;
  if (caller.kind === "installation") throw new Refusal(403, "Resource not accessible by integration");
  if (caller.kind === "user") throw new Refusal(403, "You must be an admin of this organization");
  throw new Refusal(401, "Requires authentication");
}

/** Members are known to each other, and to an app that was granted to read them. */
function requireMembersPermission({ caller }: Pick<JudgedRequest, "caller">, organization: Account): void {
  requireInOrganization(caller, organization, { who: "members", permission: ["members", "read"] });
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
