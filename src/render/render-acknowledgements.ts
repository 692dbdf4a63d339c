import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { shortenAcknowledgements } from "../domain/release/shorten-acknowledgements.ts";

/** GitHub takes no longer text of a release, and answers 422: https://docs.github.com/rest/releases/releases. */
const longest = 125_000;
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

/** Words acknowledgements by a template. Throws an Error where the template's own text is longer than a release may have. */
export function renderAcknowledgements(
  acknowledgements: Acknowledgements,
  template: (context: object) => string,
): string {
  for (const most of lengths) {
    const text = `${template(shortenAcknowledgements(acknowledgements, most)).trim()}\n`;
    if (text.length <= longest - markers) return text;
  }
  throw new Error(`the template of the acknowledgements alone is longer than ${longest} characters`);
}
