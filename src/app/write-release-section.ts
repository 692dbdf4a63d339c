import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { findSection } from "../domain/release/find-section.ts";
import { type WrittenSection, writeSection } from "../domain/release/marker-block.ts";
import type { GitHubClient } from "../github/github-client.ts";
import type { Place } from "../github/place.ts";
import { updateReleaseBody } from "../github/releases.ts";
import { longestRelease } from "../render/render-acknowledgements.ts";
import type { Sections } from "./sections-in-force.ts";

interface ReleaseSection {
  readonly place: Place;
  /** The release's number. */
  readonly id: number;
  readonly acknowledgements: Acknowledgements;
  readonly sections: Sections;
  readonly page: string | null;
  /** Tells of what somebody wrote between the markers, before it is written over. */
  readonly tellOfEdits: () => Promise<void>;
}

/** What became of a release's section; `nobody` where there is none, and nobody to thank. */
export type SectionOutcome = WrittenSection["outcome"] | "nobody";

/**
 * Writes the section into the release as it is at that moment; null where it is gone. Throws what GitHubClient throws, and what
 * telling of edits does: nothing is written then, so that whoever looks again still finds the edit.
 */
export async function writeReleaseSection(
  client: GitHubClient,
  section: ReleaseSection,
): Promise<SectionOutcome | null> {
  const first = await write(client, section, { mayReplaceEdits: false });
  if (!first?.isHeldBack) return first?.outcome ?? null;
  await section.tellOfEdits();
  // Telling takes its time, so that the text is read again.
  return (await write(client, section, { mayReplaceEdits: true }))?.outcome ?? null;
}

async function write(
  client: GitHubClient,
  { place, id, acknowledgements, sections, page }: ReleaseSection,
  { mayReplaceEdits }: { readonly mayReplaceEdits: boolean },
): Promise<{ readonly outcome: SectionOutcome; readonly isHeldBack: boolean } | null> {
  let done: { readonly outcome: SectionOutcome; readonly isHeldBack: boolean } = {
    outcome: "nobody",
    isHeldBack: false,
  };
  const compose = async (body: string): Promise<string | null> => {
    const found = findSection(body);
    const isNobody = acknowledgements.people.length + acknowledgements.assistants.length === 0;
    if (found === null && isNobody) return null;
    const around = found === null ? body.length : body.length - (found.end - found.start);
    const text = await sections.word({ longest: longestRelease - around, page });
    if (text === null) {
      done = { outcome: "unplaced", isHeldBack: false };
      return null;
    }
    const { outcome, wasEdited, text: written } = writeSection(body, { range: acknowledgements.range, text });
    done = { outcome, isHeldBack: outcome === "replaced" && wasEdited && !mayReplaceEdits };
    return done.isHeldBack ? null : written;
  };
  const updated = await updateReleaseBody(client, place, { id, compose });
  return updated === null ? null : done;
}
