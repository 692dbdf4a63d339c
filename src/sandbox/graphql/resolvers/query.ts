import { canSee } from "../../identity/access.ts";
import { canSeeRelease } from "../../identity/see-releases.ts";
import { canSeeTeam } from "../../identity/see-teams.ts";
import type { Account } from "../../model/account.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { findAccount, findRepository, type Node } from "../../model/state.ts";
import type { Context, Fields } from "../context.ts";
import { requireRead, requireReadIssue } from "../permissions.ts";
import { noSuchNode, notAccessible, Problem } from "../problem.ts";
import { toRef } from "./git-nodes.ts";
import { findMatches } from "./search.ts";

export const query: Fields<object> = {
  viewer: (_source, _args, { viewer }) => viewer,
  user: (_source, { login }: { login: string }, context) => requireAccount(context, login, "User"),
  organization: (_source, { login }: { login: string }, context) => requireAccount(context, login, "Organization"),
  repositoryOwner: (_source, { login }: { login: string }, { forge }) => {
    const account = findAccount(forge.state, login);
    return account?.type === "Bot" ? null : account;
  },
  repository: (_source, { owner, name, followRenames }: RepositoryArguments, context) =>
    requireRepository(context, { owner, name, followRenames }),
  node: (_source, { id }: { id: string }, context) => requireNode(context, id),
  nodes: (_source, { ids }: { ids: string[] }, context) => {
    if (ids.length > 100) {
      throw new Problem("ARGUMENT_LIMIT", `You may not provide more than 100 node ids; you provided ${ids.length}.`);
    }
    // Each that is not there is a null with an error of its own.
    return ids.map((id) => requireNode(context, id).catch((error: unknown) => (error instanceof Error ? error : null)));
  },
  rateLimit: (_source, { dryRun }: { dryRun?: boolean }, { rateLimit }) =>
    dryRun === true ? { ...rateLimit } : rateLimit,
  search: findMatches,
  resource: (_source, { url }: { url: string }, context) => findResource(context, url),
  relay: (source) => source,
  id: () => "MDU6UXVlcnk=",
};

interface RepositoryArguments {
  readonly owner: string;
  readonly name: string;
  readonly followRenames?: boolean | null | undefined;
}

function requireAccount({ forge }: Context, login: string, type: Account["type"]): Account {
  const account = findAccount(forge.state, login);
  if (account?.type === type) return account;
  const article = type === "User" ? "a" : "an";
  throw new Problem("NOT_FOUND", `Could not resolve to ${article} ${type} with the login of '${login}'.`);
}

export function requireRepository(
  { forge, caller }: Context,
  { owner, name, followRenames }: RepositoryArguments,
): Repository {
  const repository = findRepository(forge.state, owner, name);
  const isRenamed = repository !== null && fullName(repository).toLowerCase() !== `${owner}/${name}`.toLowerCase();
  if (repository === null || !canSee(caller, repository) || (isRenamed && followRenames === false)) {
    throw new Problem("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return repository;
}

/** The object of a node id. Throws a Problem where there is none, or none for the caller. */
export async function requireNode(context: Context, id: string): Promise<object> {
  if (!context.forge.state.nodes.has(id)) return (await findGitNode(context, id)) ?? throwMissing(id);
  const node = requireVisible(context, id);
  const place = repositoryOf(context, node);
  if (place) requireReadNode(context, node, place);
  return node.value;
}

/** The same for what is not in git, without asking whether an app was granted to read it. */
export function requireVisible(context: Context, id: string): Node {
  const node = context.forge.state.nodes.get(id);
  if (node === undefined) throw noSuchNode(id);
  const place = repositoryOf(context, node);
  if (place === undefined || (place !== null && !canSee(context.caller, place))) throw noSuchNode(id);
  if (node.type === "Team" && !canSeeTeam(context.caller, node.value)) throw noSuchNode(id);
  if (node.type === "Release" && !canSeeRelease(context.caller, node.value)) throw noSuchNode(id);
  if (node.type === "PullRequestReview" && isHidden(context, node.value)) throw noSuchNode(id);
  if (node.type === "PullRequestReviewComment" && isHidden(context, node.value.review)) throw noSuchNode(id);
  return node;
}

function throwMissing(id: string): never {
  throw noSuchNode(id);
}

function isHidden({ viewer }: Context, { state, author }: { state: string; author: Account }): boolean {
  return state === "PENDING" && author !== viewer;
}

/** Null for what belongs to no repository, undefined where its repository is gone. */
function repositoryOf({ forge }: Context, node: Node): Repository | null | undefined {
  switch (node.type) {
    case "Repository":
      return node.value;
    case "Issue":
    case "Label":
    case "Milestone":
    case "CheckSuite":
    case "Release":
    case "MergeQueue":
      return node.value.repository;
    case "MergeQueueEntry":
      return node.value.queue.repository;
    case "PullRequest":
    case "IssueComment":
    case "IssueEvent":
      return node.value.issue.repository;
    case "PullRequestReview":
    case "PullRequestReviewComment":
      return node.value.pull.issue.repository;
    case "CheckRun":
      return node.value.suite.repository;
    case "Reaction":
      return [...forge.state.repositories.values()].find((repository) =>
        repository.issues
          .values()
          .some(({ reactions, comments, pull }) =>
            [
              reactions,
              ...comments.map((comment) => comment.reactions),
              ...(pull?.reviewComments ?? []).map((comment) => comment.reactions),
            ].some((list) => list.includes(node.value)),
          ),
      );
    case "User":
    case "Organization":
    case "Bot":
    case "Team":
    case "App":
      return null;
  }
}

function requireReadNode(context: Context, node: Node, repository: Repository): void {
  if (node.type === "Issue") requireReadIssue(context, node.value);
  else if (node.type === "PullRequest" || node.type === "IssueComment" || node.type === "IssueEvent") {
    requireReadIssue(context, node.value.issue);
  } else if (node.type === "PullRequestReview" || node.type === "PullRequestReviewComment") {
    requireRead(context, repository, "pull_requests");
  } else if (node.type === "MergeQueueEntry") requireReadIssue(context, node.value.pull.issue);
  else if (node.type === "Release") requireRead(context, repository, "contents");
  else if (node.type === "CheckSuite" || node.type === "CheckRun") requireRead(context, repository, "checks");
  else if (node.type === "Label" || node.type === "Milestone")
    requireRead(context, repository, "issues", "pull_requests");
}

/** Commits and refs are in git: their ids say where. */
async function findGitNode(context: Context, id: string): Promise<object | null> {
  const [, kind, code = ""] = /^(C|REF)_kwDO([\w-]+)$/.exec(id) ?? [];
  if (kind === undefined) return null;
  const text = Buffer.from(code, "base64url").toString();
  const [, number = "", name = ""] = /^(\d+):(.+)$/s.exec(text) ?? [];
  const repository = context.forge.state.repositories.get(Number(number));
  if (repository === undefined || !canSee(context.caller, repository)) return null;
  requireRead(context, repository, "contents");
  if (kind === "REF") return toRef(context, repository, name);
  const commit = await context.git.commit(repository, name);
  return commit === null ? null : { __typename: "Commit", repository, commit };
}

/** What has its page at an address of ours; null where there is none. */
async function findResource(context: Context, url: string): Promise<object | null> {
  const { forge, caller } = context;
  if (!url.startsWith(`${forge.web}/`)) return null;
  const [owner = "", name, kind, key = ""] = url.slice(forge.web.length + 1).split(/[/?#]/);
  if (name === undefined) return findAccount(forge.state, owner);
  const repository = findRepository(forge.state, owner, name);
  if (repository === null || !canSee(caller, repository)) return null;
  if (kind === undefined || kind === "") return repository;
  if (kind === "commit") {
    requireRead(context, repository, "contents");
    const commit = await context.git.commit(repository, key);
    return commit === null ? null : { __typename: "Commit", repository, commit };
  }
  const issue = kind === "issues" || kind === "pull" ? repository.issues.get(Number(key)) : undefined;
  if (issue === undefined) return null;
  requireReadIssue(context, issue);
  return issue.pull ?? issue;
}

/** As the app asks about an organisation's people. */
export function requireMembersPermission({ caller }: Context, organization: Account): void {
  if (caller.kind !== "installation") return;
  const { installation, permissions } = caller;
  if (installation.account !== organization || permissions["members"] === undefined) throw notAccessible();
}
