import type { Forge } from "../forge.ts";
import type { Repository } from "../model/repository.ts";

/**
 * A release whose tag is deleted becomes a draft, which it stays when a tag of the name comes again. Webhooks tell of
 * what somebody does to a release, so of this only that the tag is gone.
 */
export function loseTag(forge: Forge, repository: Repository, tag: string): void {
  const release = repository.releases.find(({ draft, tagName }) => !draft && tagName === tag);
  if (release === undefined) return;
  if (repository.chosenLatest === release) repository.chosenLatest = null;
  Object.assign(release, { draft: true, publishedAt: null, updatedAt: forge.clock() });
}
