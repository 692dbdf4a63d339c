import type { Context, Hono } from "hono";
import { findPlace, type Place, wishFor } from "./find-place.ts";
import { type Asked, readTallyQuery } from "./parameters.ts";
import { toPersonAnswer } from "./person-answer.ts";
import { readPart } from "./read-part.ts";
import { type Site, showAnswer } from "./site.ts";
import { readSeries } from "./view-months.ts";

/** What an organisation's people did, or those of one of its repositories. */
export function addTallyAnswers(app: Hono, site: Site): void {
  app.get("/api/tally/:owner", (context) => answer(site, context));
  app.get("/api/tally/:owner/:repository", (context) => answer(site, context));
}

async function answer(site: Site, context: Context): Promise<Response> {
  const asked = readTallyQuery(context.req.query());
  const place = await findPlace(site, context);
  return showAnswer(site, context, {
    key: { answer: "tally", place, asked },
    make: () => makeAnswer(site, place, asked),
  });
}

async function makeAnswer(site: Site, place: Place, asked: Asked & { readonly limit: number }): Promise<object> {
  const wish = wishFor(place, asked);
  const part = await readPart(site, { wish, asked, size: asked.limit });
  const { months, roles } = await readSeries(site, { wish, role: asked.role });
  const { since, until, role, page, limit } = asked;
  return {
    owner: place.owner.login,
    repository: place.repository?.name ?? null,
    since,
    until,
    role,
    page,
    limit,
    works: part.works,
    peopleCount: part.peopleCount,
    people: part.people.map(toPersonAnswer),
    assistants: part.assistants.map(({ name, works }) => ({ name, works })),
    months: { names: months, credits: Object.fromEntries(roles.map(({ role: name, credits }) => [name, credits])) },
  };
}
