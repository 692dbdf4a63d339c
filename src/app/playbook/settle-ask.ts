import { inCode, type Mistake, mistake } from "../../domain/command/mistake.ts";
import { readVisibility } from "../../github/playbook/read-visibility.ts";
import type { Deps } from "../deps.ts";
import { organisationOf, type PlaybookAsk, type SettledAsk } from "./playbook-ask.ts";
import { readPlaybookSettings } from "./playbook-settings.ts";

/** Reads the organisation's settings, and says where else it can be asked. Throws what GitHubClient throws. */
export async function settleAsk(deps: Deps, ask: PlaybookAsk): Promise<SettledAsk | Mistake> {
  const organisation = organisationOf(ask);
  const reading = await readPlaybookSettings(deps, { installationId: ask.installationId, organisation });
  if (!reading.ok) return mistake(reading.mistake);
  const { settings } = reading;
  const { owner, name } = ask.comment.conversation.repository;
  const here = `${owner}/${name}`.toLowerCase();
  if (settings.where.length === 0 || settings.where.some((place) => place.toLowerCase() === here)) {
    return { ...ask, settings };
  }
  const places = await showablePlaces(deps, ask, settings.where);
  const where =
    places.length === 0
      ? "elsewhere: the organisation's settings say where"
      : `in ${places.map((place) => inCode(place)).join(", ")}`;
  return mistake(`Here no playbook can be asked for: it can ${where}.`);
}

const mostPlaces = 5;

/** Where everybody can read it, only what everybody can read is named. */
async function showablePlaces(
  { octokitFor }: Deps,
  { installationId, comment }: PlaybookAsk,
  places: readonly string[],
): Promise<readonly string[]> {
  const first = places.slice(0, mostPlaces);
  if (comment.conversation.repository.isPrivate) return first;
  const client = octokitFor(installationId, { permissions: { metadata: "read" } });
  const shown: string[] = [];
  for (const place of first) {
    const [owner = "", name = ""] = place.split("/");
    if ((await readVisibility(client, { owner, name })) === "public") shown.push(place);
  }
  return shown;
}
