import type { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { defaultConfiguration } from "../domain/config/configuration-schema.ts";
import { readConfiguration } from "../domain/config/read-configuration.ts";
import { acknowledge, type ThankedPerson } from "../domain/release/acknowledge.ts";
import { creditsOfWorks, firstMoments } from "../domain/release/credits-of-works.ts";
import { workKey } from "../domain/release/range-works.ts";
import { readReleaseSettings } from "../domain/release/release-settings.ts";
import type { PageToRender } from "../render/load-pages.ts";
import { readConfigurationText } from "../store/configurations.ts";
import { readPublishedRelease, type StoredRelease } from "../store/releases.ts";
import { isHistoryLoaded } from "../store/repositories.ts";
import { findKnownBefore, readWorkCredits } from "../store/work-credits.ts";
import { findPlace, type Place } from "./find-place.ts";
import { ownerPath, personPath, repositoryPath, subjectUrl } from "./links.ts";
import { type Site, showPage } from "./site.ts";

const longestTag = 255;

/** The page with everybody whom a release thanks, however many they are. */
export function addReleasePage(app: Hono, site: Site): void {
  app.get("/:owner/:repository/-/releases/:tag", async (context) => {
    const place = await findPlace(site, context);
    const tag = context.req.param("tag");
    const { owner, repository } = place;
    if (repository === null || tag.length > longestTag) throw new HTTPException(404);
    const key = { installationId: owner.installationId, repositoryId: repository.id };
    const release = await readPublishedRelease(site.database, key, tag);
    if (release === null) throw new HTTPException(404);
    return showPage(site, context, {
      key: { page: "release", place, tag },
      make: () => makePage(site, place, release),
    });
  });
}

async function makePage(site: Site, { owner, repository }: Place, release: StoredRelease): Promise<PageToRender> {
  const { database, github } = site;
  const name = repository?.name ?? "";
  const key = { installationId: owner.installationId, repositoryId: repository?.id ?? 0 };
  const { works, tag, range } = release;
  const credits = await readWorkCredits(
    database,
    key,
    works.flatMap(({ subject, originals }) => [subject, ...originals]),
  );
  const inRange = new Set(works.map(({ subject }) => workKey(subject)));
  const firsts = firstMoments(credits.filter(({ subject }) => inRange.has(workKey(subject))));
  // Of a first release nobody is there yet to welcome anybody; and until the history is read, nobody knows who is new.
  const isWelcoming = range.includes("..") && (await isHistoryLoaded(database, key));
  const known = isWelcoming ? await findKnownBefore(database, key, firsts) : new Set(firsts.keys());
  const newcomers = new Set([...firsts.keys()].filter((personKey) => !known.has(personKey)));
  const read = readConfiguration((await readConfigurationText(database, key)) ?? "");
  const { rules, excludedTeams } = readReleaseSettings(read.ok ? read.configuration : defaultConfiguration);
  // Who is in a team is not known here, so that they could not be left out.
  if (excludedTeams.length > 0) throw new HTTPException(404);
  const thanked = acknowledge(creditsOfWorks(works, credits, { web: github, newcomers }), {
    ...rules,
    release: tag,
    range,
  });
  const viewThanked = (person: ThankedPerson) => ({
    name: person.name || "Somebody without a name",
    href: person.login === null ? null : personPath(owner.login, person.login),
    isNewcomer: person.isNewcomer,
    roles: Object.entries(person.roles).map(([role, count]) => ({ role, count })),
    pulls: person.pulls.map((number) => ({
      number,
      href: subjectUrl(github, { owner: owner.login, name }, { kind: "pull request", number }),
    })),
  });
  const data = {
    owner: owner.login,
    ownerHref: ownerPath(owner.login),
    repository: name,
    repositoryHref: repositoryPath(owner.login, name),
    tag,
    range,
    github: `${github}${repositoryPath(owner.login, name)}/releases/tag/${encodeURIComponent(tag)}`,
    people: thanked.people.map(viewThanked),
    assistants: thanked.assistants.map((assistant) => assistant.name),
  };
  return { template: "release", title: `${tag} · ${owner.login}/${name}`, data };
}
