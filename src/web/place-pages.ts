import type { Context, Hono } from "hono";
import type { PageToRender } from "../render/load-pages.ts";
import { readMentoringSummary } from "../store/mentoring-summary.ts";
import { readRepositories } from "../store/public-repositories.ts";
import { findPlace, type Place, wishFor } from "./find-place.ts";
import { ownerPath, queryOf, repositoryPath } from "./links.ts";
import { type Asked, pageSize, readPageQuery } from "./parameters.ts";
import { readPart, type TallyPart } from "./read-part.ts";
import { type Site, showPage } from "./site.ts";
import { viewFilter } from "./view-filter.ts";
import { readSeries, viewMonths } from "./view-months.ts";
import { viewTallied } from "./view-people.ts";

/** How many assistants a page names at most. */
const mostAssistants = 12;

/** The pages of an organisation, and of one of its repositories. */
export function addPlacePages(app: Hono, site: Site): void {
  app.get("/:owner", (context) => showPlace(site, context));
  app.get("/:owner/:repository", (context) => showPlace(site, context));
}

async function showPlace(site: Site, context: Context): Promise<Response> {
  const asked = readPageQuery(context.req.query());
  const place = await findPlace(site, context);
  return showPage(site, context, { key: { page: "place", place, asked }, make: () => makePage(site, place, asked) });
}

async function makePage(site: Site, place: Place, asked: Asked): Promise<PageToRender> {
  const wish = wishFor(place, asked);
  const part = await readPart(site, { wish, asked, size: pageSize });
  const { owner, repository } = place;
  const path = repository === null ? ownerPath(owner.login) : repositoryPath(owner.login, repository.name);
  const title = repository === null ? owner.login : `${owner.login}/${repository.name}`;
  const data = {
    owner: owner.login,
    ownerHref: ownerPath(owner.login),
    repository: repository?.name ?? null,
    github: `${site.github}${path}`,
    json: `/api/tally${path}${queryOf({ ...asked, page: 1 })}`,
    role: asked.role,
    filter: viewFilter(asked, { path, now: site.clock(), hasRoles: true }),
    months: viewMonths(await readSeries(site, { wish, role: asked.role })),
    mentoring: await readMentoringSummary(site.database, wish),
    repositories: await viewRepositories(site, place),
    ...viewPart(part, { owner: owner.login, path, asked }),
  };
  return { template: "place", title, data };
}

function viewPart(
  { people, assistants, works, peopleCount, hasMore }: TallyPart,
  { owner, path, asked }: { readonly owner: string; readonly path: string; readonly asked: Asked },
) {
  const { page } = asked;
  const pageAt = (number: number): string => `${path}${queryOf({ ...asked, page: number })}`;
  return {
    works,
    peopleCount,
    people: people.map((person) => viewTallied(owner, person)),
    assistants: assistants.slice(0, mostAssistants).map(({ name, works: count }) => ({ name, works: count })),
    page,
    previous: page > 1 ? pageAt(page - 1) : null,
    next: hasMore ? pageAt(page + 1) : null,
  };
}

/** Those of an organisation; a repository has none. */
async function viewRepositories({ database }: Site, { owner, repository }: Place) {
  if (repository !== null) return [];
  const repositories = await readRepositories(database, owner);
  return repositories.map((one) => ({ ...one, href: repositoryPath(owner.login, one.name) }));
}
