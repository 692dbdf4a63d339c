import type { Account } from "./account.ts";
import type { App, Delivery, Installation, ManifestConversion, Token } from "./app.ts";
import type { Comment, Issue, IssueEvent, PullRequest, Reaction, Review, ReviewComment } from "./issue.ts";
import type { MergeQueue, QueueEntry } from "./merge-queue.ts";
import type { Release } from "./release.ts";
import type { CheckRun, CheckSuite, Label, Milestone, Repository } from "./repository.ts";
import type { Team } from "./team.ts";

/** Everything the sandbox knows, git's objects and refs apart. Plain data that refers to itself freely. */
export interface State {
  nextId: number;
  readonly accounts: Map<number, Account>;
  /** By lower-case login. Former logins are not here: they are free for others. */
  readonly accountsByLogin: Map<string, Account>;
  readonly accountsByAddress: Map<string, Account>;
  /** Whom the work of deleted accounts is shown as. */
  readonly ghost: Account;
  readonly repositories: Map<number, Repository>;
  /** By lower-case `owner/name`, former names included until they are taken again. */
  readonly repositoriesByName: Map<string, Repository>;
  readonly apps: Map<number, App>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  readonly manifestConversions: Map<string, ManifestConversion>;
  /** Oldest first. */
  readonly deliveries: Delivery[];
  /** What has a node id, by it; comments, reviews and reactions also by their number. Commits are in git. */
  readonly nodes: Map<string, Node>;
  readonly comments: Map<number, Comment>;
  readonly reviewComments: Map<number, ReviewComment>;
}

/** Whatever GraphQL finds by its id. */
export type Node =
  | { readonly type: "User" | "Organization" | "Bot"; readonly value: Account }
  | { readonly type: "Repository"; readonly value: Repository }
  | { readonly type: "Issue"; readonly value: Issue }
  | { readonly type: "PullRequest"; readonly value: PullRequest }
  | { readonly type: "IssueComment"; readonly value: Comment }
  | { readonly type: "PullRequestReview"; readonly value: Review }
  | { readonly type: "PullRequestReviewComment"; readonly value: ReviewComment }
  | { readonly type: "Reaction"; readonly value: Reaction }
  | { readonly type: "IssueEvent"; readonly value: IssueEvent }
  | { readonly type: "Label"; readonly value: Label }
  | { readonly type: "Milestone"; readonly value: Milestone }
  | { readonly type: "CheckSuite"; readonly value: CheckSuite }
  | { readonly type: "CheckRun"; readonly value: CheckRun }
  | { readonly type: "Release"; readonly value: Release }
  | { readonly type: "MergeQueue"; readonly value: MergeQueue }
  | { readonly type: "MergeQueueEntry"; readonly value: QueueEntry }
  | { readonly type: "Team"; readonly value: Team }
  | { readonly type: "App"; readonly value: App };

export function findAccount(state: State, login: string): Account | null {
  return state.accountsByLogin.get(login.toLowerCase()) ?? null;
}

export function findRepository(state: State, owner: string, name: string): Repository | null {
  return state.repositoriesByName.get(`${owner}/${name}`.toLowerCase()) ?? null;
}

/** The first letters of a node id say what it names, as on GitHub. */
const nodePrefixes = {
  User: "U",
  Organization: "O",
  Bot: "BOT",
  Repository: "R",
  Issue: "I",
  PullRequest: "PR",
  IssueComment: "IC",
  PullRequestReview: "PRR",
  PullRequestReviewComment: "PRRC",
  Reaction: "REA",
  IssueEvent: "IE",
  Label: "LA",
  Milestone: "MI",
  CheckSuite: "CS",
  CheckRun: "CR",
  Release: "RE",
  MergeQueue: "MQ",
  MergeQueueEntry: "MQE",
  Team: "T",
  App: "A",
} as const satisfies Record<Node["type"], string>;

/** Takes the next number, and makes the node id that goes with it. */
export function nextIdentity(state: State, type: Node["type"]): { id: number; nodeId: string } {
  // An account that was brought along may have a number that is still to come.
  while (state.accounts.has(state.nextId)) state.nextId += 1;
  const id = state.nextId++;
  return { id, nodeId: makeNodeId(type, id) };
}

export function makeNodeId(type: Node["type"], id: number): string {
  return `${nodePrefixes[type]}_kw${Buffer.from(id.toString(36)).toString("base64url")}`;
}

/** What the sandbox starts from: nobody and nothing. */
export function createState(now: Date): State {
  const id = 10_137; // The ghost's number on GitHub too.
  const ghost: Account = {
    id,
    nodeId: makeNodeId("User", id),
    type: "User",
    login: "ghost",
    name: "Deleted user",
    bio: null,
    publicAddress: null,
    addresses: [],
    deleted: false,
    createdAt: now,
    updatedAt: now,
    organization: null,
  };
  return {
    nextId: 100_001,
    accounts: new Map([[id, ghost]]),
    accountsByLogin: new Map([["ghost", ghost]]),
    accountsByAddress: new Map(),
    ghost,
    repositories: new Map(),
    repositoriesByName: new Map(),
    apps: new Map(),
    installations: new Map(),
    tokens: new Map(),
    manifestConversions: new Map(),
    deliveries: [],
    nodes: new Map([[ghost.nodeId, { type: "User", value: ghost }]]),
    comments: new Map(),
    reviewComments: new Map(),
  };
}
