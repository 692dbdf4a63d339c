import { readCommands } from "../domain/command/read-commands.ts";
import { formLabel } from "../domain/playbook/issue-form.ts";
import { type Payload, payloadShape } from "./payload-shape.ts";

/** What a webhook hints at. Everything else that one needs to know is read when it is needed. */
export type GitHubEvent =
  | PullRequestHint
  | IssueHint
  | CommentHint
  | PushHint
  | MergeGroupHint
  | ReleaseHint
  | RepositoryHint
  | AccountHint
  | InstallationHint;

interface Hint {
  readonly installationId: number;
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string };
  /** GitHub's word for what happened, as `opened`. */
  readonly action: string;
  /** Who did it; null where GitHub does not say. */
  readonly actor: { readonly id: number; readonly login: string; readonly kind: "person" | "bot" } | null;
}

/** Something about a pull request may be different: itself, its commits, its reviews, or its checks are asked for again. */
interface PullRequestHint extends Hint {
  readonly kind: "pull request";
  readonly number: number;
}

interface IssueHint extends Hint {
  readonly kind: "issue";
  readonly number: number;
  /** Whether it may ask for a playbook by its own text, from now on. */
  readonly mayAskForPlaybook: boolean;
}

/** On an issue or a pull request. */
interface CommentHint extends Hint {
  readonly kind: "comment";
  readonly number: number;
  readonly isPullRequest: boolean;
  /** The comment's id in GraphQL. */
  readonly nodeId: string;
  readonly commentId: number;
  /** Whether there may be a command in it; what it says is read when it is needed. */
  readonly mayCommand: boolean;
}

/** A release was made, published, made a draft again, given another tag or deleted, or its tag is at another commit. */
interface ReleaseHint extends Hint {
  readonly kind: "release";
  readonly tag: string;
  /** Null where only the tag is known. */
  readonly releaseId: number | null;
}

/** A branch has moved. */
interface PushHint extends Hint {
  readonly kind: "push";
  readonly branch: string;
  readonly isDefaultBranch: boolean;
}

/** A merge queue wants checks for the commit that it has made of a pull request, and of those before it in the queue. */
interface MergeGroupHint extends Hint {
  readonly kind: "merge group";
  readonly number: number;
  readonly sha: string;
}

/** A repository was renamed, moved, deleted, or shown to other people. */
interface RepositoryHint extends Hint {
  readonly kind: "repository";
}

/** Whoever the app is installed on has another login. */
interface AccountHint extends Omit<Hint, "repository"> {
  readonly kind: "account";
}

/** The app was installed, removed, suspended, or given other permissions or repositories. */
interface InstallationHint extends Omit<Hint, "repository"> {
  readonly kind: "installation";
  readonly account: { readonly id: number; readonly login: string };
}

/** What of each event is heard; every action where it is null. */
const heard: Readonly<Record<string, ReadonlySet<string> | null>> = {
  pull_request: new Set([
    "opened",
    "edited",
    "synchronize",
    "closed",
    "reopened",
    "ready_for_review",
    "converted_to_draft",
    "enqueued",
    "dequeued",
  ]),
  pull_request_review: null,
  check_run: new Set(["rerequested"]),
  check_suite: new Set(["rerequested"]),
  issues: new Set(["opened", "labeled", "unlabeled", "closed", "reopened", "deleted", "transferred"]),
  issue_comment: new Set(["created", "deleted"]),
  push: null,
  merge_group: new Set(["checks_requested"]),
  release: new Set(["created", "edited", "published", "prereleased", "released", "unpublished", "deleted"]),
  repository: null,
  installation_target: new Set(["renamed"]),
  organization: new Set(["renamed"]),
  installation: null,
  installation_repositories: null,
};

/** Reads a webhook's payload. Null for what nobody here listens to, and for what is not an installation's. */
export function toEvent(name: string, payload: unknown): GitHubEvent | null {
  const actions = Object.hasOwn(heard, name) ? heard[name] : undefined;
  if (actions === undefined) return null;
  const { success, data } = payloadShape.safeParse(payload);
  if (!success || (actions !== null && !actions.has(data.action ?? ""))) return null;
  const { installation } = data;
  if (name === "installation" || name === "installation_repositories") {
    if (!installation.account) return null;
    const { id, login } = installation.account;
    return { kind: "installation", ...commonOf(data), account: { id, login } };
  }
  if (name === "installation_target" || name === "organization") return { kind: "account", ...commonOf(data) };
  const repository = toRepository(data);
  return repository === null ? null : toHint(name, data, { ...commonOf(data), repository });
}

function toHint(name: string, payload: Payload, hint: Hint): GitHubEvent | null {
  const { pull_request: pull, issue, comment, merge_group: group } = payload;
  switch (name) {
    case "pull_request":
    case "pull_request_review":
      return pull ? { kind: "pull request", ...hint, number: pull.number } : null;
    case "check_run":
    case "check_suite": {
      // Of a fork's pull request GitHub does not tell the number.
      const [first] = (payload.check_run ?? payload.check_suite)?.pull_requests ?? [];
      return first ? { kind: "pull request", ...hint, number: first.number } : null;
    }
    case "issues":
      return issue ? toIssueHint({ ...payload, issue }, hint) : null;
    case "issue_comment": {
      if (!issue || !comment) return null;
      const isPullRequest = issue.pull_request !== undefined && issue.pull_request !== null;
      const { id: commentId, node_id: nodeId, body } = comment;
      const mayCommand = hint.action === "created" && readCommands(body ?? "").length > 0;
      return {
        kind: "comment",
        ...hint,
        number: issue.number,
        isPullRequest,
        commentId,
        nodeId: nodeId ?? "",
        mayCommand,
      };
    }
    case "push":
      return toPush(payload, hint);
    case "release": {
      const { release, changes } = payload;
      // Not what somebody writes into it later: that is theirs.
      if (hint.action === "edited" && changes?.tag_name === undefined) return null;
      return release ? { kind: "release", ...hint, tag: release.tag_name ?? "", releaseId: release.id } : null;
    }
    case "merge_group":
      return group ? toMergeGroup(group, hint) : null;
    default:
      return { kind: "repository", ...hint };
  }
}

/** Null for a new issue that asks for nothing: there is nothing to know of it yet. */
function toIssueHint(
  { issue, label }: Payload & { readonly issue: NonNullable<Payload["issue"]> },
  hint: Hint,
): IssueHint | null {
  const isNew = hint.action === "opened";
  const labels = isNew ? (issue.labels ?? []) : hint.action === "labeled" && label ? [label] : [];
  const mayAskForPlaybook = labels.some(({ name }) => name.toLowerCase() === formLabel);
  return isNew && !mayAskForPlaybook ? null : { kind: "issue", ...hint, number: issue.number, mayAskForPlaybook };
}

/** Of a branch, or of a tag that is made or moved. */
function toPush({ ref, deleted, repository }: Payload, hint: Hint): PushHint | ReleaseHint | null {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/s.exec(ref ?? "") ?? [];
  if (name === undefined) return null;
  if (kind === "heads") {
    const isDefaultBranch = name === repository?.default_branch;
    return { kind: "push", ...hint, action: "pushed", branch: name, isDefaultBranch };
  }
  return deleted ? null : { kind: "release", ...hint, action: "pushed", tag: name, releaseId: null };
}

/** A group's branch is named after the pull request that it was made for: `gh-readonly-queue/main/pr-5-<base>`. */
function toMergeGroup(
  { head_sha: sha, head_ref: ref }: NonNullable<Payload["merge_group"]>,
  hint: Hint,
): MergeGroupHint | null {
  const number = Number(/\/pr-(\d+)-[\da-f]+$/.exec(ref)?.[1] ?? 0);
  return number > 0 ? { kind: "merge group", ...hint, number, sha } : null;
}

function commonOf({ installation, action, sender }: Payload): Omit<Hint, "repository"> {
  return { installationId: installation.id, action: action ?? "", actor: sender ? toActor(sender) : null };
}

function toActor({ id, login, type }: NonNullable<Payload["sender"]>): NonNullable<Hint["actor"]> {
  return { id, login, kind: type === "Bot" || login.endsWith("[bot]") ? "bot" : "person" };
}

function toRepository({ repository }: Payload): Hint["repository"] | null {
  if (!repository) return null;
  const { id, name, owner } = repository;
  // A push gives the owner's login by another name.
  const login = owner.login ?? owner.name;
  return login ? { id, owner: login, name } : null;
}
