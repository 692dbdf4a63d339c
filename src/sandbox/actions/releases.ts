import type { Actor, Forge } from "../forge.ts";
import { latestRelease, type Release } from "../model/release.ts";
import type { Repository } from "../model/repository.ts";
import { nextIdentity } from "../model/state.ts";
import { invalid } from "../refusal.ts";
import type { ReleaseAction } from "../webhooks/happening.ts";
import { dateOf, findTag, makeTag } from "./release-tag.ts";

/** GitHub's limit, in characters. */
const longestBody = 125_000;

/** Whether a release becomes the latest; with "legacy" its commit and its version tell. */
type MakeLatest = "true" | "false" | "legacy";

interface ReleaseToCreate {
  readonly repository: Repository;
  readonly tagName: string;
  /** A branch or a commit's id; the default branch where it is not given. */
  readonly targetCommitish?: string | undefined;
  readonly name?: string | null | undefined;
  readonly body?: string | null | undefined;
  readonly draft?: boolean | undefined;
  readonly prerelease?: boolean | undefined;
  /** "true" where it is not given, as on GitHub. Drafts and prereleases are never the latest. */
  readonly makeLatest?: MakeLatest | undefined;
}

/** What of a release shall be otherwise; what is not given stays. `draft: false` publishes it. */
interface ReleaseEdit extends Omit<ReleaseToCreate, "repository" | "tagName"> {
  readonly release: Release;
  readonly tagName?: string | undefined;
}

/**
 * Creates a release, and its tag where that is not there; a draft makes no tag. Throws a Refusal where another release
 * that is published has the tag, the text is too long, or tag or target are none.
 */
export async function createRelease(forge: Forge, wanted: ReleaseToCreate, actor: Actor): Promise<Release> {
  const { repository, tagName, draft = false, prerelease = false, makeLatest = "true" } = wanted;
  const targetCommitish = wanted.targetCommitish ?? repository.defaultBranch;
  return forge.inTurn(repository, async () => {
    const found = await findTag(forge, { repository, tagName, targetCommitish, draft });
    requireFit({ repository, tagName, draft, body: wanted.body ?? null }, null);
    const commit = draft ? found.commit : await makeTag(forge, { repository, tagName, found }, actor);
    const now = forge.clock();
    const release = addRelease(
      forge,
      {
        repository,
        tagName,
        targetCommitish,
        name: wanted.name ?? null,
        body: wanted.body ?? null,
        draft,
        prerelease,
        createdAt: commit === null ? now : await dateOf(forge, repository, commit),
        publishedAt: draft ? null : now,
        updatedAt: now,
      },
      actor,
    );
    if (!draft && !prerelease) chooseLatest(release, makeLatest);
    await announceAll(
      forge,
      { release, actions: draft ? ["created"] : ["created", "published", prerelease ? "prereleased" : "released"] },
      actor,
    );
    return release;
  });
}

/** Adds a release as it is, and tells nobody. */
export function addRelease(
  forge: Forge,
  fields: Omit<Release, "id" | "nodeId" | "author" | "untagged">,
  actor: Actor,
): Release {
  const release: Release = {
    ...nextIdentity(forge.state, "Release"),
    author: actor.account,
    untagged: forge.randomBytes(10).toString("hex"),
    ...fields,
  };
  release.repository.releases.push(release);
  forge.state.nodes.set(release.nodeId, { type: "Release", value: release });
  return release;
}

/**
 * Changes a release: its texts, its tag, whether it is a draft, a prerelease or the latest. A tag that it needs and that
 * is not there is made. Throws a Refusal where createRelease would.
 */
export async function editRelease(forge: Forge, { release, ...edit }: ReleaseEdit, actor: Actor): Promise<void> {
  const { repository } = release;
  await forge.inTurn(repository, async () => {
    const before = { ...release, wasLatest: latestRelease(repository) === release };
    const {
      tagName = before.tagName,
      targetCommitish = before.targetCommitish,
      name = before.name,
      body = before.body,
      draft = before.draft,
      prerelease = before.prerelease,
    } = edit;
    requireFit({ repository, tagName, draft, body }, release);
    // What is published keeps its tag, whatever has become of the branch that it was made from.
    const moves = tagName !== before.tagName || targetCommitish !== before.targetCommitish;
    const found =
      moves || (before.draft && !draft) ? await findTag(forge, { repository, tagName, targetCommitish, draft }) : null;
    const now = forge.clock();
    if (found !== null) {
      const commit = draft ? found.commit : await makeTag(forge, { repository, tagName, found }, actor);
      if (commit !== null) release.createdAt = await dateOf(forge, repository, commit);
    }
    const publishedAt = draft ? null : (before.publishedAt ?? now);
    Object.assign(release, { tagName, targetCommitish, name, body, draft, prerelease, publishedAt, updatedAt: now });
    const makeLatest = edit.makeLatest ?? (before.draft ? "true" : undefined);
    if (draft || prerelease) forgetLatest(release);
    else if (makeLatest !== undefined) chooseLatest(release, makeLatest);
    const isChosen = edit.makeLatest === "true" && !before.draft && latestRelease(repository) === release;
    const changes = {
      ...changesSince(before, release),
      ...(isChosen && !before.wasLatest ? { make_latest: { to: true } } : {}),
    };
    if (Object.keys(changes).length > 0) {
      await forge.announce({ event: "release", action: "edited", release, changes, sender: actor.account });
    }
    await announceAll(forge, { release, actions: actionsBetween(before, release) }, actor);
  });
}

/** Deletes a release; its tag stays. */
export async function deleteRelease(forge: Forge, release: Release, actor: Actor): Promise<void> {
  const { releases } = release.repository;
  forgetLatest(release);
  releases.splice(releases.indexOf(release), 1);
  forge.state.nodes.delete(release.nodeId);
  await forge.announce({ event: "release", action: "deleted", release, sender: actor.account });
}

function requireFit(
  { repository, tagName, draft, body }: Pick<Release, "repository" | "tagName" | "draft" | "body">,
  release: Release | null,
): void {
  if ((body?.length ?? 0) > longestBody) {
    const message = `body is too long (maximum is ${longestBody} characters)`;
    throw invalid({ resource: "Release", field: "body", code: "custom", message });
  }
  const isTaken = repository.releases.some((other) => other !== release && !other.draft && other.tagName === tagName);
  if (!draft && isTaken) throw invalid({ resource: "Release", field: "tag_name", code: "already_exists" });
}

function chooseLatest(release: Release, makeLatest: MakeLatest): void {
  const { repository } = release;
  if (makeLatest === "true") repository.chosenLatest = release;
  // Another one stays the latest, though the commit of this one may be newer.
  else if (makeLatest === "false") repository.chosenLatest = latestRelease(repository, release);
  else repository.chosenLatest = null;
}

function forgetLatest({ repository, id }: Release): void {
  if (repository.chosenLatest?.id === id) repository.chosenLatest = null;
}

/** What webhooks tell of an edit. */
function changesSince(before: Pick<Release, "name" | "body" | "tagName">, release: Release) {
  return {
    ...((before.name ?? "") === (release.name ?? "") ? {} : { name: { from: before.name ?? "" } }),
    ...((before.body ?? "") === (release.body ?? "") ? {} : { body: { from: before.body ?? "" } }),
    ...(before.tagName === release.tagName ? {} : { tag_name: { from: before.tagName } }),
  };
}

/**
 * What happened to a release besides its texts. Of a prerelease that was a draft GitHub says only that it is published:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#release
 */
function actionsBetween(
  before: Pick<Release, "draft" | "prerelease">,
  { draft, prerelease }: Release,
): readonly ReleaseAction[] {
  if (before.draft && draft) return [];
  if (before.draft) return prerelease ? ["published"] : ["published", "released"];
  if (draft) return ["unpublished"];
  return before.prerelease && !prerelease ? ["released"] : [];
}

async function announceAll(
  forge: Forge,
  { release, actions }: { release: Release; actions: readonly ReleaseAction[] },
  { account: sender }: Actor,
): Promise<void> {
  for (const action of actions) await forge.announce({ event: "release", action, release, sender });
}
