import { isAtLeast, roleOf } from "../../identity/access.ts";
import { latestRelease } from "../../model/release.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { listByTime } from "../list-by-time.ts";
import { requireRead } from "../permissions.ts";
import { Problem } from "../problem.ts";
import { commitAddress } from "./account.ts";
import { contains } from "./contains.ts";
import { findObject, readBranch, toObject, toRef } from "./git-nodes.ts";
import { type IssueFilter, issuesAmong, type PullFilter, pullsAmong } from "./issue-lists.ts";
import { labelsAmong } from "./label.ts";
import type { LabelsArguments } from "./labels-arguments.ts";
import { inOrder, type Order } from "./order.ts";
import { findRelease, listReleases } from "./release.ts";
import { enumOf, pathOf, repositoryPage, users } from "./shown.ts";

export const repository: Fields<Repository> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  nameWithOwner: (source) => fullName(source),
  owner: ({ owner }) => owner,
  description: ({ description }) => description,
  homepageUrl: ({ homepage }) => homepage,
  url: (source, _args, context) => repositoryPage(context, source),
  sshUrl: (source, _args, { forge }) => `git@${new URL(forge.web).hostname}:${fullName(source)}.git`,
  resourcePath: (source, _args, context) => pathOf(context, repositoryPage(context, source)),
  isPrivate: (source) => source.private,
  visibility: (source) => (source.private ? "PRIVATE" : "PUBLIC"),
  isArchived: ({ archived }) => archived,
  archivedAt: ({ archived, updatedAt }) => (archived ? time(updatedAt) : null),
  isFork: ({ parent }) => parent !== null,
  parent: ({ parent }) => parent,
  templateRepository: () => null,
  forkCount: () => 0,
  stargazerCount: () => 0,
  isTemplate: (source) => source.isTemplate,
  isLocked: () => false,
  isDisabled: () => false,
  isMirror: () => false,
  isInOrganization: ({ owner }) => owner.type === "Organization",
  isEmpty: async (source, _args, { git }) =>
    ![...(await git.refs(source)).keys()].some((name) => name.startsWith("refs/heads/")),
  diskUsage: () => 0,
  licenseInfo: () => null,
  primaryLanguage: () => null,
  latestRelease: (source, _args, context) => {
    requireRead(context, source, "contents");
    return latestRelease(source);
  },
  release: (source, { tagName }: { tagName: string }, context) => findRelease(context, source, tagName),
  releases: async (source, args: Paging & { readonly orderBy?: Order | null }, context, info) =>
    connect(listReleases(context, source, args.orderBy ?? null), args, info),
  createdAt: ({ createdAt }) => time(createdAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
  pushedAt: ({ pushedAt }) => time(pushedAt),
  hasIssuesEnabled: ({ features }) => features.issues,
  hasProjectsEnabled: ({ features }) => features.projects,
  hasWikiEnabled: ({ features }) => features.wiki,
  hasDiscussionsEnabled: ({ features }) => features.discussions,
  forkingAllowed: () => true,
  webCommitSignoffRequired: ({ signoffRequired }) => signoffRequired,
  mergeCommitAllowed: ({ merging }) => merging.allowMergeCommit,
  squashMergeAllowed: ({ merging }) => merging.allowSquashMerge,
  rebaseMergeAllowed: ({ merging }) => merging.allowRebaseMerge,
  autoMergeAllowed: ({ merging }) => merging.allowAutoMerge,
  allowUpdateBranch: ({ merging }) => merging.allowUpdateBranch,
  deleteBranchOnMerge: ({ merging }) => merging.deleteBranchOnMerge,
  squashMergeCommitTitle: ({ merging }) => merging.squashTitle,
  squashMergeCommitMessage: ({ merging }) => merging.squashMessage,
  squashPrTitleUsedAsDefault: ({ merging }) => merging.squashTitle === "PR_TITLE",
  mergeCommitTitle: ({ merging }) => merging.mergeTitle,
  mergeCommitMessage: ({ merging }) => merging.mergeMessage,
  mergeQueue: ({ mergeQueue }, { branch }: { branch?: string | null }) =>
    mergeQueue === null || (branch ?? mergeQueue.branch) !== mergeQueue.branch ? null : mergeQueue,
  viewerPermission: (source, _args, { caller }) => {
    // An app has permissions and no role.
    const role = caller.kind === "user" ? roleOf(caller.account, source) : "none";
    return role === "none" ? null : role.toUpperCase();
  },
  viewerCanAdminister: (source, _args, { caller }) =>
    caller.kind === "user" && roleOf(caller.account, source) === "admin",
  viewerDefaultCommitEmail: (_source, _args, context) => commitAddress(context),
  viewerDefaultMergeMethod: ({ merging }) =>
    merging.allowMergeCommit ? "MERGE" : merging.allowSquashMerge ? "SQUASH" : "REBASE",
  viewerHasStarred: () => false,

  defaultBranchRef: (source, _args, context) => readBranch(context, source, source.defaultBranch),
  ref: (source, { qualifiedName }: { qualifiedName: string }, context) => findRef(context, source, qualifiedName),
  refs: async (source, args: RefsArguments, context, info) =>
    connect(await listRefs(context, source, args), args, info),
  object: async (source, { expression, oid }: { expression?: string | null; oid?: string | null }, context) => {
    requireRead(context, source, "contents");
    if (typeof oid === "string") return toObject(context, source, oid);
    return typeof expression === "string" ? findObject(context, source, expression) : null;
  },

  issue: (source, { number }: { number: number }, context) =>
    requireConversation(context, source, { number, type: "Issue" }),
  pullRequest: (source, { number }: { number: number }, context) =>
    requireConversation(context, source, { number, type: "PullRequest" }),
  issueOrPullRequest: (source, { number }: { number: number }, context) =>
    requireConversation(context, source, { number, type: "issue or pull request" }),
  issues: async (source, args: Paging & IssueFilter, context, info) => {
    requireRead(context, source, "issues");
    return connect(
      listByTime(issuesAmong(source.issues.values(), args), args.orderBy, (one) => one),
      args,
      info,
    );
  },
  pullRequests: async (source, args: Paging & PullFilter, context, info) => {
    requireRead(context, source, "pull_requests");
    return connect(
      listByTime(pullsAmong(source.issues.values(), args), args.orderBy, (pull) => pull.issue),
      args,
      info,
    );
  },
  label: ({ labels }, { name }: { name: string }) =>
    labels.find((one) => one.name.toLowerCase() === name.toLowerCase()) ?? null,
  labels: async ({ labels }, args: LabelsArguments, _context, info) => connect(labelsAmong(labels, args), args, info),
  milestone: ({ milestones }, { number }: { number: number }) =>
    milestones.find((one) => one.number === number) ?? null,
  milestones: async ({ milestones }, args: MilestonesArguments, _context, info) => {
    const { states, query = null } = args;
    const found = milestones.filter(
      ({ state, title }) => (!states || states.includes(enumOf(state))) && (query === null || contains(title, query)),
    );
    const ordered = inOrder(found, args.orderBy, {
      CREATED_AT: ({ createdAt }) => createdAt,
      UPDATED_AT: ({ updatedAt }) => updatedAt,
      NUMBER: ({ number }) => number,
      DUE_DATE: ({ dueOn }) => dueOn?.getTime() ?? Number.MAX_SAFE_INTEGER,
    });
    return connect(ordered, args, info);
  },
  collaborators: async (source, args: CollaboratorsArguments, context, info) => {
    requireReadPeople(context, source);
    return connect(collaboratorsAmong(context, source, args), args, info, {
      edge: (account) => ({ permission: roleOf(account, source).toUpperCase(), permissionSources: null }),
    });
  },
  assignableUsers: async (source, args: Paging & { query?: string | null }, context, info) =>
    connect(peopleWith(context, source, { role: "triage", query: args.query ?? null }), args, info),
  mentionableUsers: async (source, args: Paging & { query?: string | null }, context, info) =>
    connect(peopleWith(context, source, { role: "triage", query: args.query ?? null }), args, info),
  repositoryTopics: async (source, args: Paging, _context, info) =>
    connect(
      source.topics.map((name) => ({ __typename: "RepositoryTopic", key: name, repository: source })),
      args,
      info,
    ),
};

async function findRef(context: Context, source: Repository, name: string) {
  requireRead(context, source, "contents");
  if (name.startsWith("refs/")) return toRef(context, source, name);
  return (await toRef(context, source, `refs/heads/${name}`)) ?? toRef(context, source, `refs/tags/${name}`);
}

type RefsArguments = Paging & {
  readonly refPrefix: string;
  readonly query?: string | null;
  readonly direction?: "ASC" | "DESC" | null;
  readonly orderBy?: Order | null;
};

async function listRefs(
  context: Context,
  source: Repository,
  { refPrefix, query = null, direction, orderBy }: RefsArguments,
) {
  requireRead(context, source, "contents");
  const refs = [...(await context.git.refs(source)).values()].filter(({ name }) => name.startsWith(refPrefix));
  const found = refs.filter(({ name }) => query === null || contains(name.slice(refPrefix.length), query));
  const order = orderBy ?? (direction ? { field: "ALPHABETICAL", direction } : null);
  if (order?.field !== "TAG_COMMIT_DATE") {
    const sorted = inOrder(found, order, { ALPHABETICAL: ({ name }) => name });
    return sorted.map((ref) => ({ __typename: "Ref" as const, repository: source, ref }));
  }
  const dated = await Promise.all(
    found.map(async (ref) => ({ ref, commit: await context.git.commit(source, ref.peeled?.sha ?? ref.sha) })),
  );
  const sorted = inOrder(dated, order, { TAG_COMMIT_DATE: ({ commit }) => commit?.committer.date ?? new Date(0) });
  return sorted.map(({ ref }) => ({ __typename: "Ref" as const, repository: source, ref }));
}

/** Throws GitHub's Problem where there is none of the number, or another kind. */
function requireConversation(
  context: Context,
  source: Repository,
  { number, type }: { number: number; type: "Issue" | "PullRequest" | "issue or pull request" },
) {
  const permissions = {
    Issue: ["issues"],
    PullRequest: ["pull_requests"],
    "issue or pull request": ["issues", "pull_requests"],
  };
  requireRead(context, source, ...permissions[type]);
  const issue = source.issues.get(number);
  const found =
    type === "Issue" ? (issue?.pull === null ? issue : null) : (issue?.pull ?? (type === "PullRequest" ? null : issue));
  if (found) return found;
  const article = type === "PullRequest" ? "a" : "an";
  throw new Problem("NOT_FOUND", `Could not resolve to ${article} ${type} with the number of ${number}.`);
}

type MilestonesArguments = Paging & {
  readonly states?: readonly string[] | null;
  readonly query?: string | null;
  readonly orderBy?: Order | null;
};

type CollaboratorsArguments = Paging & {
  readonly affiliation?: "ALL" | "DIRECT" | "OUTSIDE" | null;
  readonly login?: string | null;
  readonly query?: string | null;
};

/** Who may push sees who else may; an app's token always has `metadata`. */
function requireReadPeople({ caller }: Context, source: Repository): void {
  if (caller.kind === "user" && !isAtLeast(roleOf(caller.account, source), "write")) {
    throw new Problem("FORBIDDEN", "Must have push access to view repository collaborators.");
  }
  if (caller.kind === "installation" && caller.installation.account !== source.owner) {
    throw new Problem("FORBIDDEN", "Resource not accessible by integration");
  }
}

function collaboratorsAmong(
  { forge }: Context,
  source: Repository,
  { affiliation, login = null, query = null }: CollaboratorsArguments,
) {
  return users(forge.state.accounts.values()).filter((account) => {
    const isDirect = source.collaborators.has(account) || source.owner === account;
    const isMember = source.owner.organization?.members.has(account) ?? false;
    const has = source.private ? roleOf(account, source) !== "none" : isDirect || isMember;
    const fits = { ALL: has, DIRECT: isDirect, OUTSIDE: isDirect && !isMember && source.owner !== account }[
      affiliation ?? "ALL"
    ];
    return (
      fits &&
      (login === null || account.login.toLowerCase() === login.toLowerCase()) &&
      (query === null || contains(`${account.login} ${account.name ?? ""}`, query))
    );
  });
}

function peopleWith({ forge }: Context, source: Repository, { role, query }: { role: "triage"; query: string | null }) {
  return users(forge.state.accounts.values()).filter(
    (account) =>
      isAtLeast(roleOf(account, source), role) &&
      (query === null || contains(`${account.login} ${account.name ?? ""}`, query)),
  );
}
