import { noreplyAddress } from "../../actions/accounts.ts";
import { canSee, roleOf } from "../../identity/access.ts";
import type { Account } from "../../model/account.ts";
import type { Issue } from "../../model/issue.ts";
import type { Repository } from "../../model/repository.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { Problem } from "../problem.ts";
import { type IssueFilter, issuesAmong, type PullFilter, pullsAmong } from "./issue-lists.ts";
import { inOrder, type Order } from "./order.ts";
import { requireMembersPermission, requireRepository } from "./query.ts";
import { accountPage, loginOf, pathOf, users } from "./shown.ts";
import { type TeamsArguments, teamOf, teamsAmong } from "./team.ts";

const actor: Fields<Account> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  // An app that asks who it is finds its bot as a user, by REST's login.
  login: (account, _args, _context, { parentType }) => (parentType.name === "Bot" ? loginOf(account) : account.login),
  avatarUrl: ({ id }, { size }: { size?: number | null }, { forge }) =>
    `${forge.web}/avatars/${id}${size === null || size === undefined ? "" : `?s=${size}`}`,
  url: (account, _args, context) => accountPage(context, account),
  resourcePath: (account, _args, context) => pathOf(context, accountPage(context, account)),
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
};

const owner: Fields<Account> = {
  ...actor,
  name: ({ name }) => name,
  location: () => null,
  websiteUrl: () => null,
  twitterUsername: () => null,
  repositories: async (account, args: RepositoriesArguments, context, info) =>
    connect(repositoriesOf(context, account, args), args, info, { connection: { totalDiskUsage: 0 } }),
  repository: (account, { name, followRenames }: { name: string; followRenames?: boolean }, context) =>
    requireRepository(context, { owner: account.login, name, followRenames }),
};

export const user: Fields<Account> = {
  ...owner,
  bio: ({ bio }) => bio,
  email: ({ publicAddress }) => publicAddress ?? "",
  company: () => null,
  pronouns: () => null,
  isViewer: (account, _args, { viewer }) => account === viewer,
  isSiteAdmin: () => false,
  isEmployee: () => false,
  isBountyHunter: () => false,
  isHireable: () => false,
  organizations: async (account, args: Paging & { orderBy?: Order | null }, { forge }, info) => {
    const joined = [...forge.state.accounts.values()].filter(({ organization }) => organization?.members.has(account));
    return connect(
      inOrder(joined, args.orderBy, { LOGIN: byLogin, CREATED_AT: ({ createdAt }) => createdAt }),
      args,
      info,
    );
  },
  organization: (account, { login }: { login: string }, { forge }) =>
    [...forge.state.accounts.values()].find((other) => {
      return other.organization?.members.has(account) && other.login.toLowerCase() === login.toLowerCase();
    }) ?? null,
  issues: async (account, args: IssueFilter & Paging, context, info) =>
    connect(issuesAmong(conversationsBy(context, account), args), args, info),
  pullRequests: async (account, args: PullFilter & Paging, context, info) =>
    connect(pullsAmong(conversationsBy(context, account), args), args, info),
};

export const bot: Fields<Account> = actor;

export const organization: Fields<Account> = {
  ...owner,
  description: ({ bio }) => bio,
  email: ({ publicAddress }) => publicAddress,
  isVerified: () => false,
  archivedAt: () => null,
  viewerIsAMember: ({ organization: settings }, _args, { viewer }) => settings?.members.has(viewer) ?? false,
  viewerCanAdminister: (account, _args, context) => isOwner(account, context),
  viewerCanCreateRepositories: (account, _args, context) => {
    const { public: open, private: closed } = account.organization?.membersCanCreate ?? {
      public: false,
      private: false,
    };
    return (
      isOwner(account, context) || ((open || closed) && account.organization?.members.has(context.viewer) === true)
    );
  },
  team: (account, { slug }: { slug: string }, context) => teamOf(context, account, slug),
  teams: async (account, args: TeamsArguments, context, info) =>
    connect(teamsAmong(context, account, args), args, info),
  membersWithRole: async (account, args: Paging, context, info) => {
    requireMembersPermission(context, account);
    const members = account.organization?.members;
    return connect(users(members?.keys() ?? []), args, info, {
      edge: (member) => ({ role: members?.get(member) === "admin" ? "ADMIN" : "MEMBER", hasTwoFactorEnabled: null }),
    });
  },
};

function isOwner({ organization: settings }: Account, { viewer }: Context): boolean {
  return settings?.members.get(viewer) === "admin";
}

function byLogin({ login }: Account): string {
  return login.toLowerCase();
}

type RepositoriesArguments = Paging & {
  readonly privacy?: "PUBLIC" | "PRIVATE" | null;
  readonly visibility?: "PUBLIC" | "PRIVATE" | "INTERNAL" | null;
  readonly affiliations?: readonly string[] | null;
  readonly ownerAffiliations?: readonly string[] | null;
  readonly isFork?: boolean | null;
  readonly isArchived?: boolean | null;
  readonly hasIssuesEnabled?: boolean | null;
  readonly orderBy?: Order | null;
};

/** Those that the account owns, and of a person those that were opened to it where the arguments say so. */
function repositoriesOf({ forge, caller }: Context, account: Account, args: RepositoriesArguments): Repository[] {
  const { privacy, visibility, affiliations, ownerAffiliations, isFork, isArchived, hasIssuesEnabled } = args;
  const wanted = new Set(ownerAffiliations ?? affiliations ?? ["OWNER"]);
  const isWanted = (repository: Repository): boolean => {
    if (repository.owner === account) return wanted.has("OWNER");
    if (wanted.has("COLLABORATOR") && repository.collaborators.has(account)) return true;
    const belongs = repository.owner.organization?.members.has(account) ?? false;
    return wanted.has("ORGANIZATION_MEMBER") && belongs && roleOf(account, repository) !== "none";
  };
  const kind = visibility ?? privacy ?? null;
  const found = [...forge.state.repositories.values()].filter(
    (repository) =>
      isWanted(repository) &&
      canSee(caller, repository) &&
      (kind === null || kind === (repository.private ? "PRIVATE" : "PUBLIC")) &&
      (typeof isFork !== "boolean" || isFork === (repository.parent !== null)) &&
      (typeof isArchived !== "boolean" || isArchived === repository.archived) &&
      (typeof hasIssuesEnabled !== "boolean" || hasIssuesEnabled === repository.features.issues),
  );
  return inOrder(found, args.orderBy, {
    NAME: ({ name }) => name.toLowerCase(),
    CREATED_AT: ({ createdAt }) => createdAt,
    UPDATED_AT: ({ updatedAt }) => updatedAt,
    PUSHED_AT: ({ pushedAt }) => pushedAt,
    STARGAZERS: () => 0,
  });
}

function conversationsBy({ forge, caller }: Context, account: Account): Issue[] {
  return [...forge.state.repositories.values()]
    .filter((repository) => canSee(caller, repository))
    .flatMap((repository) => [...repository.issues.values()].filter(({ author }) => author === account));
}

/** The address that a person commits by on our pages, for that person alone. */
export function commitAddress({ caller }: Context): string | null {
  if (caller.kind !== "user") throw new Problem("FORBIDDEN", "Resource not accessible by integration");
  return caller.account.publicAddress ?? noreplyAddress(caller.account);
}
