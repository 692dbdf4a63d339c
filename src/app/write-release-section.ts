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
}

/** What became of a release's section; `nobody` where there is none, and nobody to thank. */
export interface SectionOutcome extends Pick<WrittenSection, "wasEdited"> {
  readonly outcome: WrittenSection["outcome"] | "nobody";
}

/** Writes the section into the release as it is at that moment; null where it is gone. Throws what GitHubClient throws. */
export async function writeReleaseSection(
  client: GitHubClient,
  { place, id, acknowledgements, sections, page }: ReleaseSection,
): Promise<SectionOutcome | null> {
  let done: SectionOutcome = { outcome: "nobody", wasEdited: false };
  const compose = async (body: string): Promise<string | null> => {
    const found = findSection(body);
    const isNobody = acknowledgements.people.length + acknowledgements.assistants.length === 0;
    if (found === null && isNobody) return null;
    const around = found === null ? body.length : body.length - (found.end - found.start);
    const text = await sections.word({ longest: longestRelease - around, page });
    if (text === null) {
      done = { outcome: "unplaced", wasEdited: false };
      return null;
    }
    const written = writeSection(body, { range: acknowledgements.range, text });
    done = written;
    return written.text;
  };
  const updated = await updateReleaseBody(client, place, { id, compose });
  return updated === null ? null : done;
}
