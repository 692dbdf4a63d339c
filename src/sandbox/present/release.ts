import type { Forge } from "../forge.ts";
import type { Release } from "../model/release.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { presentAccount } from "./account.ts";
import { repositoryUrl } from "./repository.ts";
import { time, timeOrNull } from "./time.ts";

/** A release as REST and webhooks show it. Files are not kept here, so it has none. */
export function presentRelease(forge: Forge, release: Release) {
  const { repository, tagName, draft } = release;
  const url = `${repositoryUrl(forge, repository)}/releases/${release.id}`;
  const uploads = `${forge.web}/api/uploads/repos/${fullName(repository)}/releases/${release.id}`;
  return {
    url,
    html_url: releasePage(forge, release),
    assets_url: `${url}/assets`,
    upload_url: `${uploads}/assets{?name,label}`,
    // What has no tag cannot be packed.
    tarball_url: draft ? null : archiveUrl(forge, repository, { kind: "tarball", tag: tagName }),
    zipball_url: draft ? null : archiveUrl(forge, repository, { kind: "zipball", tag: tagName }),
    id: release.id,
    node_id: release.nodeId,
    tag_name: tagName,
    target_commitish: release.targetCommitish,
    name: release.name,
    body: release.body,
    draft,
    prerelease: release.prerelease,
    immutable: false,
    created_at: time(release.createdAt),
    published_at: timeOrNull(release.publishedAt),
    updated_at: time(release.updatedAt),
    author: presentAccount(forge, release.author),
    assets: [],
  };
}

/** Where a release's page is. */
export function releasePage({ web }: Pick<Forge, "web">, { repository, draft, untagged, tagName }: Release): string {
  const name = draft ? `untagged-${untagged}` : encodeTag(tagName);
  return `${web}/${fullName(repository)}/releases/tag/${name}`;
}

export function archiveUrl(
  forge: Pick<Forge, "api">,
  repository: Repository,
  { kind, tag }: { kind: "tarball" | "zipball"; tag: string },
): string {
  return `${repositoryUrl(forge, repository)}/${kind}/${encodeTag(tag)}`;
}

function encodeTag(tag: string): string {
  return tag.split("/").map(encodeURIComponent).join("/");
}
