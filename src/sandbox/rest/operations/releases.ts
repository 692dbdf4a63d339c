import { createRelease, deleteRelease, editRelease } from "../../actions/releases.ts";
import { gitDirectory } from "../../forge.ts";
import { type GitRef, listRefs } from "../../git/refs.ts";
import type { Caller } from "../../identity/access.ts";
import { canSeeRelease, releasesFor } from "../../identity/see-releases.ts";
import { latestRelease, type Release } from "../../model/release.ts";
import type { Repository } from "../../model/repository.ts";
import { refNodeId } from "../../present/commit.ts";
import { archiveUrl, presentRelease } from "../../present/release.ts";
import { repositoryUrl } from "../../present/repository.ts";
import { notFound, Refusal } from "../../refusal.ts";
import { actorOf, created, done, inRepository, type Operation, ok, paged, toRead, toWrite } from "../operation.ts";

const toReadContents = toRead("contents");
const toWriteContents = toWrite("write", "contents");

export const releaseOperations: readonly Operation[] = [
  inRepository("repos/list-tags", toReadContents, async (request) => {
    const { forge, repository } = request;
    const tags = await listRefs(gitDirectory(forge, repository), "refs/tags/");
    return paged(request, tags.toReversed(), ({ name: ref, sha, peeled }: GitRef) => {
      const name = ref.slice("refs/tags/".length);
      const commit = peeled?.sha ?? sha;
      return {
        name,
        zipball_url: archiveUrl(forge, repository, { kind: "zipball", tag: ref }),
        tarball_url: archiveUrl(forge, repository, { kind: "tarball", tag: ref }),
        commit: { sha: commit, url: `${repositoryUrl(forge, repository)}/commits/${commit}` },
        node_id: refNodeId(repository, ref),
      };
    });
  }),
  inRepository("repos/list-releases", toReadContents, (request) => {
    const { forge, repository, caller } = request;
    return paged(request, releasesFor(caller, repository), (release) => presentRelease(forge, release));
  }),
  inRepository("repos/get-latest-release", toReadContents, ({ forge, repository }) => {
    const release = latestRelease(repository);
    if (release === null) throw notFound();
    return ok(presentRelease(forge, release));
  }),
  inRepository("repos/get-release-by-tag", toReadContents, ({ forge, repository, parameters }) => {
    // Drafts are not found by their tags, whoever asks.
    const release = repository.releases.find(({ draft, tagName }) => !draft && tagName === parameters.tag);
    if (release === undefined) throw notFound();
    return ok(presentRelease(forge, release));
  }),
  inRepository("repos/get-release", toReadContents, (request) => {
    return ok(presentRelease(request.forge, requireRelease(request, request.parameters.release_id)));
  }),
  inRepository("repos/list-release-assets", toReadContents, (request) => {
    requireRelease(request, request.parameters.release_id);
    return paged(request, [], (none) => none);
  }),
  inRepository("repos/create-release", toWriteContents, async (request) => {
    const { forge, repository, body } = request;
    requireNoDiscussion(body);
    if (body.generate_release_notes === true) throw new Refusal(501, "The sandbox writes no release notes.");
    const wanted = {
      repository,
      tagName: body.tag_name,
      targetCommitish: body.target_commitish,
      name: body.name,
      body: body.body,
      draft: body.draft,
      prerelease: body.prerelease,
      makeLatest: body.make_latest,
    };
    return created(presentRelease(forge, await createRelease(forge, wanted, actorOf(request))));
  }),
  inRepository("repos/update-release", toWriteContents, async (request) => {
    const { forge, body } = request;
    const release = requireRelease(request, request.parameters.release_id);
    if (body !== undefined) requireNoDiscussion(body);
    const edit = {
      release,
      tagName: body?.tag_name,
      targetCommitish: body?.target_commitish,
      name: body?.name,
      body: body?.body,
      draft: body?.draft,
      prerelease: body?.prerelease,
      makeLatest: body?.make_latest,
    };
    await editRelease(forge, edit, actorOf(request));
    return ok(presentRelease(forge, release));
  }),
  inRepository("repos/delete-release", toWriteContents, async (request) => {
    await deleteRelease(request.forge, requireRelease(request, request.parameters.release_id), actorOf(request));
    return done();
  }),
];

function requireRelease({ repository, caller }: { repository: Repository; caller: Caller }, id: number): Release {
  const release = repository.releases.find((one) => one.id === id);
  if (release === undefined || !canSeeRelease(caller, release)) throw notFound();
  return release;
}

/** There are no discussions here, so no category of them is found. */
function requireNoDiscussion(body: { readonly discussion_category_name?: string }): void {
  if (body.discussion_category_name !== undefined) throw notFound();
}
