import type { Hono } from "hono";
import type { PageToRender } from "../render/load-pages.ts";
import { type Mentoring, readMentoring } from "../store/mentoring.ts";
import { readRecentWork, type Work } from "../store/recent-work.ts";
import { readTally } from "../store/tally.ts";
import { readWorksByRepository } from "../store/works-by-repository.ts";
import { findPersonHere, type PersonHere, wishFor } from "./find-place.ts";
import { ownerPath, personPath, queryOf, repositoryPath, subjectUrl } from "./links.ts";
import { type Asked, readPageQuery } from "./parameters.ts";
import { type Site, showPage } from "./site.ts";
import { subjectWords } from "./subject-words.ts";
import { viewFilter } from "./view-filter.ts";
import { readSeries, viewMonths } from "./view-months.ts";
import { viewPerson, viewRoles } from "./view-people.ts";

const mostRecent = 30;

/** The page of a person, as what they did for one organisation. */
export function addPersonPage(app: Hono, site: Site): void {
  app.get("/:owner/-/people/:login", async (context) => {
    const asked = { ...readPageQuery(context.req.query()), role: null, page: 1 };
    const found = await findPersonHere(site, context);
    return showPage(site, context, { key: { page: "person", found, asked }, make: () => makePage(site, found, asked) });
  });
}

async function makePage(site: Site, { owner, person }: PersonHere, asked: Asked): Promise<PageToRender> {
  const { database, github } = site;
  const wish = { ...wishFor({ owner, repository: null }, asked), accountId: person.accountId };
  const { people } = await readTally(database, { ...wish, limit: 1 });
  const [tallied] = people;
  const path = personPath(owner.login, person.login);
  const { taught, taughtBy } = await readMentoring(database, wish);
  const repositories = await readWorksByRepository(database, wish);
  const recent = await readRecentWork(database, { ...wish, limit: mostRecent });
  const data = {
    owner: owner.login,
    ownerHref: ownerPath(owner.login),
    name: person.name,
    login: person.login,
    github: `${github}${ownerPath(person.login)}`,
    json: `/api/people/${owner.login}/${encodeURIComponent(person.login)}${queryOf(asked)}`,
    tally: tallied === undefined ? null : { ...tallied, roles: viewRoles(tallied) },
    filter: viewFilter(asked, { path, now: site.clock(), hasRoles: false }),
    months: viewMonths(await readSeries(site, { wish, role: null })),
    repositories: repositories.map((one) => ({ ...one, href: repositoryPath(owner.login, one.name) })),
    recent: recent.map((work) => viewWork(github, work)),
    taught: viewMentoring(owner.login, taught),
    taughtBy: viewMentoring(owner.login, taughtBy),
  };
  return { template: "person", title: `${person.name} · ${owner.login}`, data };
}

function viewWork(github: string, { repository, subject, title, roles, countedAt }: Work) {
  const words = subjectWords(subject);
  return {
    repository: repository.name,
    href: subjectUrl(github, repository, subject),
    text: title ?? words,
    words: title === null ? null : words,
    roles,
    countedAt,
  };
}

function viewMentoring(owner: string, mentoring: readonly Mentoring[]) {
  return mentoring.map(({ person, since, works }) => ({ ...viewPerson(owner, person), since, works }));
}
