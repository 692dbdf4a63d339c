import type { Context, Hono } from "hono";
import type { Forge } from "../forge.ts";
import { inReleaseOrder, latestRelease, type Release } from "../model/release.ts";
import type { Repository } from "../model/repository.ts";
import { releasePage } from "../present/release.ts";
import { notFound } from "../refusal.ts";
import { pageNumber, pageSize, paginate } from "./pagination.ts";
import { contentPath, repositoryPath } from "./paths.ts";
import { type TextRenderer, textRenderer } from "./people-text.ts";
import { personOf } from "./person.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";

/** The list of releases, and each by itself. Drafts are shown too, as private repositories are. */
export function addReleasePages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/:owner/:repository/releases", async (context) => {
    const repository = requireRepository(forge, context);
    const ordered = inReleaseOrder(repository.releases);
    const start = (pageNumber(context) - 1) * pageSize;
    const part = ordered.slice(start, start + pageSize);
    const render = await rendererFor(forge, repository, part);
    const data = {
      frame: frameOf(forge, repository, "Releases"),
      releases: part.map((release) => viewRelease(forge, release, render)),
      pages: paginate(context, ordered.length > start + pageSize),
    };
    return showPage(site, context, { template: "releases", title: "Releases", data });
  });
  app.get("/:owner/:repository/releases/tag/:tag{.+}", async (context) => showRelease(site, context));
}

/** Where a release's page is, as a path. */
export function releasePath({ web }: Forge, release: Release): string {
  return releasePage({ web }, release).slice(web.length);
}

/** Where a release is edited, as a path. */
export function releaseFormPath({ repository, id }: Release): string {
  return `${repositoryPath(repository)}/releases/${id}`;
}

async function showRelease(site: Site, context: Context): Promise<Response> {
  const { forge } = site;
  const repository = requireRepository(forge, context);
  const tag = context.req.param("tag");
  const release = repository.releases.find(({ draft, tagName, untagged }) =>
    draft ? `untagged-${untagged}` === tag : tagName === tag,
  );
  if (release === undefined) throw notFound();
  const render = await rendererFor(forge, repository, [release]);
  const view = viewRelease(forge, release, render);
  const data = { frame: frameOf(forge, repository, "Releases"), release: view };
  return showPage(site, context, { template: "release", title: view.title, data });
}

async function rendererFor(forge: Forge, repository: Repository, releases: readonly Release[]): Promise<TextRenderer> {
  const texts = releases.map(({ body }) => body);
  return textRenderer(forge, repository, texts);
}

function viewRelease(forge: Forge, release: Release, render: TextRenderer) {
  const { repository, tagName, name, body, draft, prerelease, author, publishedAt, createdAt, id } = release;
  return {
    title: name?.trim() ? name : tagName,
    href: releasePath(forge, release),
    edit: releaseFormPath(release),
    tag: tagName,
    tree: draft ? null : contentPath(repository, { kind: "tree", revision: tagName }),
    isDraft: draft,
    isPrerelease: prerelease,
    isLatest: latestRelease(repository) === release,
    author: personOf(forge, author),
    at: publishedAt ?? createdAt,
    html: body?.trim() ? render(body, `release-${id}`) : null,
  };
}
