import type { Hono } from "hono";
import { type Mentoring, readMentoring } from "../store/mentoring.ts";
import type { TalliedPerson } from "../store/rank-people.ts";
import { readRecentWork } from "../store/recent-work.ts";
import { readTally } from "../store/tally.ts";
import { readWorksByRepository } from "../store/works-by-repository.ts";
import { findPersonHere, type PersonHere, wishFor } from "./find-place.ts";
import { subjectUrl } from "./links.ts";
import { type Period, readPersonQuery } from "./parameters.ts";
import { type Site, showAnswer } from "./site.ts";
import { readSeries } from "./view-months.ts";
import { viewRoles } from "./view-people.ts";

/** What one person did for an organisation. */
export function addPersonAnswer(app: Hono, site: Site): void {
  app.get("/api/people/:owner/:login", async (context) => {
    const asked = readPersonQuery(context.req.query());
    const found = await findPersonHere(site, context);
    return showAnswer(site, context, {
      key: { answer: "person", found, asked },
      make: () => makeAnswer(site, found, asked),
    });
  });
}

async function makeAnswer(
  site: Site,
  { owner, person }: PersonHere,
  asked: Period & { readonly limit: number },
): Promise<object> {
  const { database, github } = site;
  const wish = { ...wishFor({ owner, repository: null }, asked), accountId: person.accountId };
  const { people } = await readTally(database, { ...wish, limit: 1 });
  const [tallied] = people;
  const { months, roles } = await readSeries(site, { wish, role: null });
  const { taught, taughtBy } = await readMentoring(database, wish);
  const recent = await readRecentWork(database, { ...wish, limit: asked.limit });
  return {
    owner: owner.login,
    ...asked,
    ...(tallied === undefined ? idle(person) : toPersonAnswer(tallied)),
    repositories: await readWorksByRepository(database, wish),
    months: { names: months, credits: Object.fromEntries(roles.map(({ role, credits }) => [role, credits])) },
    taught: taught.map(toMentoringAnswer),
    taughtBy: taughtBy.map(toMentoringAnswer),
    recent: recent.map(({ repository, subject, title, roles: own, countedAt }) => ({
      repository: repository.name,
      ...subject,
      title,
      url: subjectUrl(github, repository, subject),
      roles: own,
      countedAt,
    })),
  };
}

/** Somebody as others may know them: without the key, which may tell of an address. */
export function toPersonAnswer(person: TalliedPerson) {
  const { accountId, login, name, works, first, last } = person;
  const roles = Object.fromEntries(viewRoles(person).map(({ role, count }) => [role, count]));
  return { id: accountId, login, name, works, roles, first, last };
}

function idle({
  accountId,
  login,
  name,
}: {
  readonly accountId: number;
  readonly login: string;
  readonly name: string;
}) {
  return { id: accountId, login, name, works: 0, roles: {}, first: null, last: null };
}

function toMentoringAnswer({ person: { accountId, login, name }, since, works }: Mentoring) {
  return { id: accountId, login, name, since, works };
}
