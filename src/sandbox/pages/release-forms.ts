import type { Context, Hono } from "hono";
import { createRelease, deleteRelease, editRelease } from "../actions/releases.ts";
import { type Actor, gitDirectory } from "../forge.ts";
import { listRefs } from "../git/refs.ts";
import { isAtLeast, roleOf } from "../identity/access.ts";
import { latestRelease, type Release } from "../model/release.ts";
import type { Repository } from "../model/repository.ts";
import { notFound, Refusal } from "../refusal.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type Fields, readForm } from "./forms.ts";
import { repositoryPath } from "./paths.ts";
import { releaseFormPath, releasePath } from "./release-pages.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";
import { currentSpeaker, rememberSpeaker, requireRight, requireSpeaker, viewSpeakers } from "./speaker.ts";

/** What a form is about: a release that is to be, or one that is there. */
interface Place {
  readonly repository: Repository;
  readonly release: Release | null;
}

/** A form that has been sent, and why it was refused. */
interface Refused {
  readonly fields: Fields;
  readonly refusal: Refusal;
}

/** The forms that draft, publish, edit and delete releases. */
export function addReleaseForms(app: Hono, site: Site): void {
  const { forge } = site;
  const fresh = (context: Context): Place => ({ repository: requireRepository(forge, context), release: null });
  const existing = (context: Context): Place => {
    const repository = requireRepository(forge, context);
    const release = repository.releases.find(({ id }) => id === Number(context.req.param("release")));
    if (release === undefined) throw notFound();
    return { repository, release };
  };
  const one = "/:owner/:repository/releases/:release{[0-9]+}";
  app.get("/:owner/:repository/releases/new", async (context) => showForm(site, context, { place: fresh(context) }));
  app.post("/:owner/:repository/releases", async (context) => send(site, context, fresh(context)));
  app.get(one, async (context) => showForm(site, context, { place: existing(context) }));
  app.post(one, async (context) => send(site, context, existing(context)));
}

async function send(site: Site, context: Context, place: Place): Promise<Response> {
  const { forge } = site;
  const { repository } = place;
  const fields = await readForm(context);
  try {
    const account = requireSpeaker(forge, repository, fields["speaker"] ?? "");
    rememberSpeaker(context, account);
    requireRight(!repository.archived && isAtLeast(roleOf(account, repository), "write"), repository);
    return context.redirect(await carryOut(site, place, { fields, actor: { account, viaAppId: null } }), 303);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return showForm(site, context, { place, refused: { fields, refusal: error } });
  }
}

/** Does what the button says, and gives where to go on. */
async function carryOut(
  { forge }: Site,
  { repository, release }: Place,
  { fields, actor }: { fields: Fields; actor: Actor },
): Promise<string> {
  const { tag = "", target = "", title = "", body = "" } = fields;
  if (fields["do"] === "delete" && release !== null) {
    await deleteRelease(forge, release, actor);
    return `${repositoryPath(repository)}/releases`;
  }
  const draft = fields["do"] === "draft" || (fields["do"] === "save" && release?.draft === true);
  const wanted = {
    tagName: tag.trim(),
    targetCommitish: target.trim() || repository.defaultBranch,
    name: title.trim() || null,
    body,
    draft,
    prerelease: fields["prerelease"] === "yes",
    makeLatest: latestWish(release, fields["latest"] === "yes"),
  };
  if (release === null) return releasePath(forge, await createRelease(forge, { repository, ...wanted }, actor));
  await editRelease(forge, { release, ...wanted }, actor);
  return releasePath(forge, release);
}

/** Of a release that is published only a change is a wish. */
function latestWish(release: Release | null, isWanted: boolean): "true" | "false" | undefined {
  const isOut = release !== null && !release.draft;
  if (isOut && (latestRelease(release.repository) === release) === isWanted) return undefined;
  return isWanted ? "true" : "false";
}

async function showForm(
  { forge, ...site }: Site,
  context: Context,
  { place: { repository, release }, refused }: { place: Place; refused?: Refused },
): Promise<Response> {
  const refs = await listRefs(gitDirectory(forge, repository), "refs/heads/");
  const typed = refused?.fields;
  const target = typed?.["target"] ?? release?.targetCommitish ?? repository.defaultBranch;
  const login = typed?.["speaker"] ?? currentSpeaker(forge, repository, context)?.login ?? null;
  const data = {
    frame: frameOf(forge, repository, "Releases"),
    action: release === null ? `${repositoryPath(repository)}/releases` : releaseFormPath(release),
    heading: release === null ? "New release" : `Edit ${release.name ?? release.tagName}`,
    isThere: release !== null,
    isPublished: release !== null && !release.draft,
    tag: typed?.["tag"] ?? release?.tagName ?? context.req.query("tag") ?? "",
    target,
    branches: refs.map(({ name }) => name.slice("refs/heads/".length)),
    title: typed?.["title"] ?? release?.name ?? "",
    body: typed?.["body"] ?? release?.body ?? "",
    prerelease: typed === undefined ? release?.prerelease === true : typed["prerelease"] === "yes",
    latest: typed === undefined ? isLatestByDefault(release) : typed["latest"] === "yes",
    speakers: viewSpeakers(forge, repository, login),
    refusal: refused === undefined ? null : explainRefusal(refused.refusal),
  };
  const status = refused?.refusal.status ?? 200;
  return showPage({ forge, ...site }, context, { template: "release-form", title: data.heading, data, status });
}

function isLatestByDefault(release: Release | null): boolean {
  return release === null || release.draft || latestRelease(release.repository) === release;
}
