import { decodeUtf8OrWestern } from "../../../git/decode-text.ts";
import type { TreeEntry } from "../../../git/parse-tree.ts";
import { findByAddress } from "../../actions/accounts.ts";
import { authorsOf } from "../../actions/merge-message.ts";
import { readBlob } from "../../git/blobs.ts";
import { type CommitSelection, listCommits } from "../../git/list-commits.ts";
import { findEntry, readTree } from "../../git/trees.ts";
import type { Repository } from "../../model/repository.ts";
import { commitNodeId, refNodeId, trimMessage } from "../../present/commit.ts";
import { readPullsOfCommits } from "../../present/pulls-of-commits.ts";
import { time } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import type {
  BlobObject,
  CommitObject,
  GitActorObject,
  RefObject,
  TagObject,
  TreeEntryObject,
  TreeObject,
} from "../git-objects.ts";
import { requireRead } from "../permissions.ts";
import { toCommit, toObject } from "./git-nodes.ts";
import { type PullFilter, pullsAmong } from "./issue-lists.ts";
import { inOrder, type Order, readTime } from "./order.ts";
import { pathOf, repositoryPage, userOrNull } from "./shown.ts";

/** What every object of git's has. */
function objectFields<Source extends { readonly repository: Repository }>(
  oidOf: (source: Source) => string,
): Fields<Source> {
  const page = (context: Context, source: Source): string =>
    `${repositoryPage(context, source.repository)}/commit/${oidOf(source)}`;
  return {
    oid: (source) => oidOf(source),
    abbreviatedOid: (source) => oidOf(source).slice(0, 7),
    repository: ({ repository }) => repository,
    commitUrl: (source, _args, context) => page(context, source),
    commitResourcePath: (source, _args, context) => pathOf(context, page(context, source)),
  };
}

function objectId(letter: string, { id }: Repository, oid: string): string {
  return `${letter}_kwDO${Buffer.from(`${id}:${oid}`).toString("base64url")}`;
}

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

export const ref: Fields<RefObject> = {
  id: ({ repository, ref: { name } }) => refNodeId(repository, name),
  name: ({ ref: { name } }) => name.slice(prefixOf(name).length),
  prefix: ({ ref: { name } }) => prefixOf(name),
  repository: ({ repository }) => repository,
  target: ({ repository, ref: { sha } }, _args, context) => toObject(context, repository, sha),
  branchProtectionRule: () => null,
  refUpdateRule: () => null,
  associatedPullRequests: async ({ repository, ref: { name } }, args: Paging & PullFilter, context, info) => {
    requireRead(context, repository, "pull_requests");
    const branch = name.slice(prefixOf(name).length);
    const pulls = pullsAmong(repository.issues.values(), args);
    return connect(
      name.startsWith("refs/heads/") ? pulls.filter(({ head }) => head.branch === branch) : [],
      args,
      info,
    );
  },
};

function prefixOf(name: string): string {
  return /^refs\/[^/]+\//.exec(name)?.[0] ?? "refs/";
}

export const tree: Fields<TreeObject> = {
  ...objectFields<TreeObject>(({ oid }) => oid),
  id: ({ repository, oid }) => objectId("T", repository, oid),
  entries: ({ repository, oid, path }, _args, context) =>
    entriesOf(context, repository, { treeish: oid, folder: path }),
};

async function entriesOf(
  { git }: Context,
  repository: Repository,
  { treeish, folder }: { treeish: string; folder: string },
): Promise<TreeEntryObject[] | null> {
  const entries = await git.once(repository, `tree ${treeish}`, (directory) => readTree(directory, treeish));
  return entries?.map((entry: TreeEntry) => ({ repository, entry, folder })) ?? null;
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

export const treeEntry: Fields<TreeEntryObject> = {
  name: ({ entry }) => entry.path,
  path: ({ entry, folder }) => (folder === "" ? entry.path : `${folder}/${entry.path}`),
  mode: ({ entry }) => Number.parseInt(entry.mode, 8),
  type: ({ entry }) => entry.type,
  oid: ({ entry }) => entry.sha,
  size: ({ entry }) => entry.size ?? 0,
  extension: ({ entry }) => (entry.type === "blob" ? (/\.[^.]+$/.exec(entry.path)?.[0] ?? "") : ""),
  isGenerated: () => false,
  repository: ({ repository }) => repository,
  submodule: () => null,
  object: ({ repository, entry, folder }) => {
    if (entry.type === "commit") return null;
    const path = folder === "" ? entry.path : `${folder}/${entry.path}`;
    if (entry.type === "tree") return { __typename: "Tree", repository, oid: entry.sha, path };
    return { __typename: "Blob", repository, oid: entry.sha };
  },
};

/** GitHub gives no more of a file than this. */
const longestText = 512_000;

export const blob: Fields<BlobObject> = {
  ...objectFields<BlobObject>(({ oid }) => oid),
  id: ({ repository, oid }) => objectId("B", repository, oid),
  byteSize: async (source, _args, context) => (await bytesOf(context, source)).length,
  isBinary: async (source, _args, context) => isBinary(await bytesOf(context, source)),
  isTruncated: async (source, _args, context) => (await bytesOf(context, source)).length > longestText,
  text: async (source, _args, context) => {
    const bytes = await bytesOf(context, source);
    return isBinary(bytes) ? null : decodeUtf8OrWestern(bytes, 0, Math.min(bytes.length, longestText));
  },
};

async function bytesOf({ git }: Context, { repository, oid }: BlobObject): Promise<Buffer> {
  return (await git.once(repository, `blob ${oid}`, (directory) => readBlob(directory, oid))) ?? Buffer.alloc(0);
}

/** As git decides: by a NUL near the beginning. */
function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, 8000).includes(0);
}

export const tag: Fields<TagObject> = {
  ...objectFields<TagObject>((source) => source.tag.sha),
  id: (source) => objectId("TA", source.repository, source.tag.sha),
  name: (source) => source.tag.tag,
  message: (source) => source.tag.message.replace(/\n+$/, ""),
  tagger: (source): GitActorObject | null => (source.tag.tagger === null ? null : { signature: source.tag.tagger }),
  target: (source, _args, context) => toObject(context, source.repository, source.tag.object),
};
