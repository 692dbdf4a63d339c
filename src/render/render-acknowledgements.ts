import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { type AcknowledgementsDraft, shortenAcknowledgements } from "../domain/release/shorten-acknowledgements.ts";

/** What the templates of acknowledgements include, and any other of them may. */
export const acknowledgementPartials = ["opening", "closing", "pulls", "named", "did", "row"].map(
  (name) => `releases/${name}.md.hbs`,
);

/** GitHub takes no longer text of a release, and answers 422: https://docs.github.com/rest/releases/releases. */
export const longestRelease = 125_000;
/** What the markers take, with the longest range. */
const markers = 1200;

/** How much is shown until it fits: first fewer pull requests, then fewer names, and at last how many people there are. */
const lengths = [
  { people: Number.POSITIVE_INFINITY, pulls: 12 },
  { people: Number.POSITIVE_INFINITY, pulls: 0 },
  { people: 1000, pulls: 0 },
  { people: 500, pulls: 0 },
  { people: 200, pulls: 0 },
  { people: 50, pulls: 0 },
  { people: 0, pulls: 0 },
];

/** What a section may take. */
export interface SectionRoom {
  /** How many characters it may have, its markers among them. */
  readonly longest: number;
  /** The address of the page with everybody on it, for a section that leaves some out; null where there is none. */
  readonly page: string | null;
}

/** The room of a release that has no other text. */
export const wholeRelease: SectionRoom = { longest: longestRelease, page: null };

/** Words acknowledgements by a template. Throws an Error where the template's own text is longer than the room. */
export function renderAcknowledgements(
  acknowledgements: Acknowledgements,
  template: (context: object) => string,
  room: SectionRoom = wholeRelease,
): string {
  for (const draft of draftAcknowledgements(acknowledgements, room)) {
    const text = fitAcknowledgements(template(draft), room);
    if (text !== null) return text;
  }
  throw new Error(`the template of the acknowledgements alone is longer than ${room.longest} characters`);
}

/** What to say, in full and then ever shorter, for the first whose text fits; what is shorter names the page. */
export function draftAcknowledgements(
  acknowledgements: Acknowledgements,
  { page }: Pick<SectionRoom, "page"> = wholeRelease,
): Iterable<AcknowledgementsDraft & Pick<SectionRoom, "page">> {
  return lengths.values().map((most, step) => {
    return { ...shortenAcknowledgements(acknowledgements, most), page: step === 0 ? null : page };
  });
}

/** The text of a section, as it is written; null where it is too long for the room. */
export function fitAcknowledgements(
  words: string,
  { longest }: Pick<SectionRoom, "longest"> = wholeRelease,
): string | null {
  const text = `${words.trim()}\n`;
  return text.length <= longest - markers ? text : null;
}
