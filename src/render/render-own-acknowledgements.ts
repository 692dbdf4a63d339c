import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { isSectionText } from "../domain/release/marker-block.ts";
import {
  draftAcknowledgements,
  fitAcknowledgements,
  type SectionRoom,
  wholeRelease,
} from "./render-acknowledgements.ts";
import { TemplateFailed } from "./template-failed.ts";

/** Words acknowledgements by somebody's own template. Throws TemplateFailed where that makes no section. */
export async function renderOwnAcknowledgements(
  acknowledgements: Acknowledgements,
  render: (context: object) => Promise<string>,
  room: SectionRoom = wholeRelease,
): Promise<string> {
  for (const draft of draftAcknowledgements(acknowledgements, room)) {
    const section = fitOwnAcknowledgements(await render(draft), room);
    if (section !== null) return section;
  }
  throw new TemplateFailed("It makes a longer section than GitHub takes, even without any names.");
}

/** What somebody's own template made, as the text of a section; null where it is too long. Throws TemplateFailed where it is none. */
export function fitOwnAcknowledgements(
  words: string,
  room: Pick<SectionRoom, "longest"> = wholeRelease,
): string | null {
  if (words.trim() === "") throw new TemplateFailed("It makes an empty section.");
  const section = fitAcknowledgements(words, room);
  if (section === null || isSectionText(section)) return section;
  throw new TemplateFailed(
    "It writes a marker of Curtain Call's by itself, or leaves a block of code open: the section would not be found again.",
  );
}
