import { refNodeId } from "../../present/commit.ts";
import { connect, type Paging } from "../connect.ts";
import type { Fields } from "../context.ts";
import type { GitActorObject, RefObject, TagObject } from "../git-objects.ts";
import { requireRead } from "../permissions.ts";
import { toObject } from "./git-nodes.ts";
import { type PullFilter, pullsAmong } from "./issue-lists.ts";
import { objectFields, objectId } from "./object-fields.ts";

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

export const tag: Fields<TagObject> = {
  ...objectFields<TagObject>((source) => source.tag.sha),
  id: (source) => objectId("TA", source.repository, source.tag.sha),
  name: (source) => source.tag.tag,
  message: (source) => source.tag.message.replace(/\n+$/, ""),
  tagger: (source): GitActorObject | null => (source.tag.tagger === null ? null : { signature: source.tag.tagger }),
  target: (source, _args, context) => toObject(context, source.repository, source.tag.object),
};
