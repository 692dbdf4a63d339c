import { canSee } from "../../identity/access.ts";
import { mayMaintain, teamsFor } from "../../identity/see-teams.ts";
import { type Account, repositoryRoles } from "../../model/account.ts";
import { findTeam, type Team, teamRoleOf } from "../../model/team.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { inOrder, type Order } from "./order.ts";
import { requireMembersPermission } from "./query.ts";
import { enumOf, pathOf, users } from "./shown.ts";

export const team: Fields<Team> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  slug: ({ slug }) => slug,
  combinedSlug: ({ organization, slug }) => `${organization.login}/${slug}`,
  description: ({ description }) => description,
  privacy: ({ privacy }) => (privacy === "closed" ? "VISIBLE" : "SECRET"),
  notificationSetting: ({ notifies }) => (notifies ? "NOTIFICATIONS_ENABLED" : "NOTIFICATIONS_DISABLED"),
  organization: ({ organization }) => organization,
  parentTeam: () => null,
  childTeams: async (_source, args: Paging, _context, info) => connect([], args, info),
  ancestors: async (_source, args: Paging, _context, info) => connect([], args, info),
  avatarUrl: ({ organization }, { size }: { size?: number | null }, { forge }) =>
    `${forge.web}/avatars/${organization.id}${size === null || size === undefined ? "" : `?s=${size}`}`,
  url: (source, _args, context) => teamPage(context, source),
  resourcePath: (source, _args, context) => pathOf(context, teamPage(context, source)),
  membersUrl: (source, _args, context) => `${teamPage(context, source)}/members`,
  membersResourcePath: (source, _args, context) => pathOf(context, `${teamPage(context, source)}/members`),
  repositoriesUrl: (source, _args, context) => `${teamPage(context, source)}/repositories`,
  repositoriesResourcePath: (source, _args, context) => pathOf(context, `${teamPage(context, source)}/repositories`),
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
  viewerCanAdminister: (source, _args, { caller }) => mayMaintain(caller, source),
  members: async (source, args: MembersArguments, { forge }, info) => {
    const page = `${forge.web}/orgs/${source.organization.login}/people`;
    return connect(membersAmong(source, args), args, info, {
      edge: (member) => ({
        role: enumOf(teamRoleOf(source, member)),
        memberAccessUrl: `${page}/${member.login}`,
        memberAccessResourcePath: `${page.slice(forge.web.length)}/${member.login}`,
      }),
    });
  },
  repositories: async (source, args: RepositoriesArguments, { caller }, info) => {
    const { query = null } = args;
    const found = [...source.repositories.keys()].filter(
      (repository) => canSee(caller, repository) && (query === null || contains(repository.name, query)),
    );
    const ordered = inOrder(found, args.orderBy, {
      NAME: ({ name }) => name.toLowerCase(),
      CREATED_AT: ({ createdAt }) => createdAt,
      UPDATED_AT: ({ updatedAt }) => updatedAt,
      PUSHED_AT: ({ pushedAt }) => pushedAt,
      PERMISSION: (repository) => repositoryRoles.indexOf(source.repositories.get(repository) ?? "none"),
      STARGAZERS: () => 0,
    });
    return connect(ordered, args, info, {
      edge: (repository) => ({ permission: enumOf(source.repositories.get(repository) ?? "read") }),
    });
  },
};

/** The team of an organisation that goes by a slug; null where there is none for the caller. */
export function teamOf(context: Context, organization: Account, slug: string): Team | null {
  const shown = shownTeams(context, organization);
  const found = findTeam(organization, slug);
  return found !== null && shown.includes(found) ? found : null;
}

export type TeamsArguments = Paging & {
  readonly orderBy?: Order | null;
  readonly privacy?: "VISIBLE" | "SECRET" | null;
  readonly notificationSetting?: "NOTIFICATIONS_ENABLED" | "NOTIFICATIONS_DISABLED" | null;
  readonly query?: string | null;
  readonly role?: "ADMIN" | "MEMBER" | null;
  readonly rootTeamsOnly?: boolean | null;
  readonly userLogins?: readonly string[] | null;
};

/** The teams of an organisation that the arguments ask for, of those that are there for the caller. */
export function teamsAmong(context: Context, organization: Account, args: TeamsArguments): Team[] {
  const { privacy = null, notificationSetting: setting = null, query = null, role = null, userLogins = null } = args;
  // None is in another one.
  void args.rootTeamsOnly;
  const logins = userLogins === null ? null : new Set(userLogins.map((login) => login.toLowerCase()));
  const roles = { ADMIN: "maintainer", MEMBER: "member" } as const;
  const found = shownTeams(context, organization).filter(
    (one) =>
      (privacy === null || (one.privacy === "secret") === (privacy === "SECRET")) &&
      (setting === null || one.notifies === (setting === "NOTIFICATIONS_ENABLED")) &&
      (query === null || contains(`${one.name} ${one.slug}`, query)) &&
      (role === null || teamRoleOf(one, context.viewer) === roles[role]) &&
      (logins === null || [...one.members.keys()].some(({ login }) => logins.has(login.toLowerCase()))),
  );
  return inOrder(found, args.orderBy, { NAME: ({ name }) => name.toLowerCase() });
}

function shownTeams(context: Context, organization: Account): Team[] {
  requireMembersPermission(context, organization);
  return teamsFor(context.caller, organization);
}

type MembersArguments = Paging & {
  readonly membership?: "IMMEDIATE" | "CHILD_TEAM" | "ALL" | null;
  readonly role?: "MAINTAINER" | "MEMBER" | null;
  readonly query?: string | null;
  readonly orderBy?: Order | null;
};

function membersAmong(source: Team, { membership, role = null, query = null, orderBy }: MembersArguments): Account[] {
  const found = users(membership === "CHILD_TEAM" ? [] : source.members.keys()).filter(
    (account) =>
      (role === null || enumOf(teamRoleOf(source, account)) === role) &&
      (query === null || contains(`${account.login} ${account.name ?? ""}`, query)),
  );
  return inOrder(found, orderBy, {
    LOGIN: ({ login }) => login.toLowerCase(),
    CREATED_AT: ({ createdAt }) => createdAt,
  });
}

type RepositoriesArguments = Paging & { readonly query?: string | null; readonly orderBy?: Order | null };

function teamPage({ forge }: Context, { organization, slug }: Team): string {
  return `${forge.web}/orgs/${organization.login}/teams/${slug}`;
}

function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
