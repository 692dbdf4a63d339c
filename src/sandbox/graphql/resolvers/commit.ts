import { findByAddress } from "../../actions/accounts.ts";
import { authorsOf } from "../../actions/merge-message.ts";
import { type CommitSelection, listCommits } from "../../git/list-commits.ts";
import { findEntry } from "../../git/trees.ts";
import { commitNodeId, trimMessage } from "../../present/commit.ts";
import { readPullsOfCommits } from "../../present/pulls-of-commits.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type { CommitObject, GitActorObject, TreeObject } from "../git-objects.ts";
import { requireRead } from "../permissions.ts";
import { toCommit } from "./git-nodes.ts";
import { objectFields } from "./object-fields.ts";
import { inOrder, type Order, readTime } from "./order.ts";
import { pathOf, repositoryPage, userOrNull } from "./shown.ts";
import { folderOf } from "./tree.ts";

export const commit: Fields<CommitObject> = {
  ...objectFields<CommitObject>((source) => source.commit.sha),
  id: (source) => commitNodeId(source.repository, source.commit.sha),
  url: (source, _args, context) => `${repositoryPage(context, source.repository)}/commit/${source.commit.sha}`,
  resourcePath: (source, _args, context) =>
    pathOf(context, `${repositoryPage(context, source.repository)}/commit/${source.commit.sha}`),
  treeUrl: (source, _args, context) => `${repositoryPage(context, source.repository)}/tree/${source.commit.sha}`,
  message: (source) => trimMessage(source.commit),
  messageHeadline: (source) => headlineOf(trimMessage(source.commit)).headline,
  messageBody: (source) => headlineOf(trimMessage(source.commit)).body,
  author: (source): GitActorObject => ({ signature: source.commit.author }),
  committer: (source): GitActorObject => ({ signature: source.commit.committer }),
  authors: async (source, args: Paging, _context, info) => {
    const { author } = source.commit;
    const actors = authorsOf(source.commit).map(({ name, address }) => {
      return { key: address ?? name, signature: { ...author, name, email: address ?? "" } };
    });
    return connect(actors, args, info);
  },
  authoredDate: (source) => time(source.commit.author.date),
  committedDate: (source) => time(source.commit.committer.date),
  pushedDate: () => null,
  authoredByCommitter: (source) =>
    source.commit.author.email.toLowerCase() === source.commit.committer.email.toLowerCase(),
  committedViaWeb: (source) => source.commit.committer.email === "noreply@github.com",
  signature: () => null,
  status: () => null,
  onBehalfOf: () => null,
  parents: async ({ repository, commit: { parents } }, args: Paging, context, info) => {
    const found = await Promise.all(parents.map((sha) => toCommit(context, repository, sha)));
    return connect(
      found.flatMap((parent) => parent ?? []),
      args,
      info,
    );
  },
  tree: (source): TreeObject => ({
    __typename: "Tree",
    repository: source.repository,
    oid: source.commit.tree,
    path: "",
  }),
  additions: async ({ repository, commit: source }, _args, { git }) => (await git.sizeOf(repository, source)).additions,
  deletions: async ({ repository, commit: source }, _args, { git }) => (await git.sizeOf(repository, source)).deletions,
  changedFiles: async ({ repository, commit: source }, _args, { git }) =>
    (await git.sizeOf(repository, source)).changedFiles,
  changedFilesIfAvailable: async ({ repository, commit: source }, _args, { git }) =>
    (await git.sizeOf(repository, source)).changedFiles,
  history: async (source, args: HistoryArguments, context, info) =>
    connect(historyOf(source, args, context), args, info),
  associatedPullRequests: async (source, args: Paging & { orderBy?: Order | null }, context, info) =>
    connect(await pullsWith(source, args.orderBy ?? null, context), args, info),
  checkSuites: async (source, args: Paging & { filterBy?: SuiteFilter | null }, context, info) => {
    const {
      repository,
      commit: { sha },
    } = source;
    requireRead(context, repository, "checks");
    const { filterBy } = args;
    const suites = repository.checkSuites.filter(
      ({ commit: of, appId, runs }) =>
        of === sha &&
        (!filterBy?.appId || filterBy.appId === appId) &&
        (!filterBy?.checkName || runs.some(({ name }) => name === filterBy.checkName)),
    );
    return connect(suites, args, info);
  },
  statusCheckRollup: (source, _args, context) => rollUp(context, source),
  file: async ({ repository, commit: { tree: treeish } }, { path }: { path: string }, { git }) => {
    if (path === "") return null;
    const find = (directory: string) => findEntry(directory, treeish, path);
    const entry = await git.once(repository, `entry ${treeish} ${path}`, find);
    const name = path.slice(path.lastIndexOf("/") + 1);
    return entry === null ? null : { repository, entry: { ...entry, path: name }, folder: folderOf(path) };
  },
};

/** What the checks of a commit come to; null where it has none. */
export function rollUp(context: Context, source: CommitObject) {
  const {
    repository,
    commit: { sha },
  } = source;
  requireRead(context, repository, "checks");
  const runs = repository.checkSuites.filter((suite) => suite.commit === sha).flatMap((suite) => suite.runs);
  return runs.length === 0 ? null : { source, runs };
}

interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}

/** GitHub cuts a first line after 72 characters, and goes on with it in the body. */
function headlineOf(message: string): { headline: string; body: string } {
  const end = message.indexOf("\n");
  const line = end === -1 ? message : message.slice(0, end);
  const rest = end === -1 ? "" : message.slice(end).trim();
  if (line.length <= 72) return { headline: line, body: rest };
  return { headline: `${line.slice(0, 69)}…`, body: `…${line.slice(69)}${rest === "" ? "" : `\n\n${rest}`}` };
}

type HistoryArguments = Paging & {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly author?: { readonly id?: string | null; readonly emails?: readonly string[] | null } | null;
};

/** Commits from the newest on; git lists no more of them than a page shows. */
function historyOf({ repository, commit: { sha } }: CommitObject, args: HistoryArguments, { git, forge }: Context) {
  const { path, author } = args;
  const since = readTime(args.since);
  const until = readTime(args.until);
  const selection: CommitSelection = {
    include: [sha],
    ...(path ? { paths: [path.replace(/\/+$/, "")] } : {}),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(author ? { authors: addressesOf(author).map((address) => `<${address}>`) } : {}),
  };
  const key = JSON.stringify(selection);
  const list = (limits: object) =>
    git.once(repository, `history ${key} ${JSON.stringify(limits)}`, (directory) =>
      listCommits(directory, { ...selection, ...limits }),
    );

  function addressesOf({ id, emails }: NonNullable<HistoryArguments["author"]>): readonly string[] {
    const node = id ? forge.state.nodes.get(id) : undefined;
    if (node === undefined) return emails ?? [];
    return node.type === "User"
      ? [...node.value.addresses, `${node.value.id}+${node.value.login}@users.noreply.github.com`]
      : [];
  }

  return {
    count: () =>
      git.once(repository, `count ${key}`, async (directory) => (await listCommits(directory, selection)).length),
    read: async (from: number, to: number) => {
      const found = from >= to ? [] : await list({ skip: from, limit: to - from });
      return found.map((one): CommitObject => ({ __typename: "Commit", repository, commit: one }));
    },
    keyOf: (one: CommitObject) => one.commit.sha,
    // The history of one commit never changes.
    find: () => null,
  };
}

/** The pull requests that brought a commit, or that it is in. */
async function pullsWith({ repository, commit: { sha } }: CommitObject, orderBy: Order | null, context: Context) {
  requireRead(context, repository, "pull_requests");
  const { git, forge } = context;
  const pullsOf = await git.once(repository, "pulls of commits", () => readPullsOfCommits(forge, repository));
  return inOrder(pullsOf(sha), orderBy, {
    CREATED_AT: ({ issue }) => issue.createdAt,
    UPDATED_AT: ({ issue }) => issue.updatedAt,
  });
}

export const gitActor: Fields<GitActorObject> = {
  name: ({ signature }) => signature.name,
  email: ({ signature }) => signature.email,
  date: ({ signature: { date, offset = "+0000" } }) => (date === undefined ? null : withOffset(date, offset)),
  user: ({ signature }, _args, { forge }) => userOrNull(findByAddress(forge.state, signature.email)),
  avatarUrl: ({ signature }, { size }: { size?: number | null }, { forge }) => {
    const account = findByAddress(forge.state, signature.email);
    return `${forge.web}/avatars/${account?.id ?? 0}${size === null || size === undefined ? "" : `?s=${size}`}`;
  },
};

/** As `2026-01-31T12:00:00+02:00`: git's dates keep the clock of who wrote them. */
function withOffset(date: Date, offset: string): string {
  const minutes = (offset.startsWith("-") ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3, 5)));
  const local = time(new Date(date.getTime() + minutes * 60_000)).slice(0, -1);
  return minutes === 0 ? `${local}Z` : `${local}${offset.slice(0, 3)}:${offset.slice(3)}`;
}
