import { resolveCommit } from "../../git/resolve-commit.ts";
import { releasesFor } from "../../identity/see-releases.ts";
import { latestRelease, type Release } from "../../model/release.ts";
import type { Repository } from "../../model/repository.ts";
import { releasePage } from "../../present/release.ts";
import { time, timeOrNull } from "../../present/time.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context, Fields } from "../context.ts";
import { requireRead } from "../permissions.ts";
import { render } from "./comment.ts";
import { toCommit, toRef } from "./git-nodes.ts";
import { inOrder, type Order } from "./order.ts";
import { pathOf, userOrNull } from "./shown.ts";

export const release: Fields<Release> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  tagName: ({ tagName }) => tagName,
  tag: (source, _args, context) => toRef(context, source.repository, `refs/tags/${source.tagName}`),
  tagCommit: async ({ repository, tagName }, _args, context) => {
    const ref = `refs/tags/${tagName}`;
    const sha = await context.git.once(repository, `commit at ${ref}`, (directory) => resolveCommit(directory, ref));
    return sha === null ? null : toCommit(context, repository, sha);
  },
  description: ({ body }) => body,
  descriptionHTML: (source, _args, context) => (source.body === null ? null : render(context, source)),
  isDraft: ({ draft }) => draft,
  isPrerelease: ({ prerelease }) => prerelease,
  isLatest: (source) => latestRelease(source.repository) === source,
  author: ({ author }) => userOrNull(author),
  createdAt: ({ createdAt }) => time(createdAt),
  publishedAt: ({ publishedAt }) => timeOrNull(publishedAt),
  updatedAt: ({ updatedAt }) => time(updatedAt),
  repository: ({ repository }) => repository,
  url: (source, _args, { forge }) => releasePage(forge, source),
  resourcePath: (source, _args, context) => pathOf(context, releasePage(context.forge, source)),
  // No files are kept here.
  releaseAssets: async (_source, args: Paging, _context, info) => connect([], args, info),
};

/** The release of a tag, a published one rather than a draft; null where there is none for the caller. */
export function findRelease(context: Context, repository: Repository, tagName: string): Release | null {
  requireRead(context, repository, "contents");
  const found = releasesFor(context.caller, repository).filter((one) => one.tagName === tagName);
  return found.find(({ draft }) => !draft) ?? found[0] ?? null;
}

/** The releases that the caller can see; newest first where no order is asked for. */
export function listReleases(context: Context, repository: Repository, order: Order | null): Release[] {
  requireRead(context, repository, "contents");
  const found = releasesFor(context.caller, repository);
  // Equal ones keep their places, so an order from the oldest on begins from that.
  return inOrder(order?.direction === "ASC" ? found.toReversed() : found, order, {
    CREATED_AT: ({ createdAt }) => createdAt,
    NAME: ({ name, tagName }) => name ?? tagName,
  });
}
