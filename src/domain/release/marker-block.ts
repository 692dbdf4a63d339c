import { type FoundSection, findSection, type SectionName } from "./find-section.ts";
import { textHash, withPlainLines } from "./text-hash.ts";

/** A section to write. */
export interface Section {
  /** Which of ours; the acknowledgements where it is not given. */
  readonly name?: SectionName;
  /**
   * What it is about: `v1.3.0..v1.4.0`. Where it is null, the markers say nothing, neither of that nor of what was written:
   * two branches that both change the section meet only where they name the same people.
   */
  readonly range: string | null;
  /** Markdown. */
  readonly text: string;
}

/** What became of a text in which a section was to be written. */
export interface WrittenSection {
  readonly text: string;
  /**
   * `frozen` where somebody asked us to keep away, and `unplaced` where it would not be found again: the text ends within
   * code, or the section has a marker in it. In these two, as when `unchanged`, the text is as it was.
   */
  readonly outcome: "added" | "replaced" | "unchanged" | "frozen" | "unplaced";
  /** Whether somebody had changed what stood between the markers; false where the markers do not tell. */
  readonly wasEdited: boolean;
}

const keep = "<!-- curtain-call:keep -->";

/**
 * Writes a section between its markers: in the place of the first well-formed pair, or else at the end. Not a character
 * outside is touched, and a second time changes nothing. Lines end as they do around it.
 */
export function writeSection(text: string, section: Section): WrittenSection {
  const { name = "acknowledgements" } = section;
  const found = findSection(text, name);
  const wasEdited = found !== null && section.range !== null && isEdited(found);
  const unwritten = (outcome: "unchanged" | "frozen" | "unplaced"): WrittenSection => ({ text, outcome, wasEdited });
  if (found?.inside.includes(keep)) return unwritten("frozen");

  const lineEnd = (found?.lineEnd ?? /\r\n|[\r\n]/.exec(text)?.[0]) || "\n";
  const words = withPlainLines(section.text);
  const about = section.range === null ? null : { range: encodeRange(section.range), hash: textHash(words) };
  if (found !== null && !wasEdited && (about === null ? says(found, words) : isAbout(found, about))) {
    return unwritten("unchanged");
  }

  const lines = [
    `<!-- curtain-call:${[name, about?.range, about?.hash].filter((part) => part !== undefined).join(" ")} -->`,
    ...words.split("\n"),
    `<!-- /curtain-call:${name} -->`,
  ];
  const block = lines.join(lineEnd);
  const written =
    found === null ? append(text, block, lineEnd) : `${text.slice(0, found.start)}${block}${text.slice(found.end)}`;
  const again = findSection(written, name);
  const isFound = again !== null && written.slice(again.start, again.end) === block;
  if (!isFound || again.inside.includes(keep)) return unwritten("unplaced");
  return { text: written, outcome: found === null ? "added" : "replaced", wasEdited };
}

/** Whether a text can be a section: with a marker in it, or a block of code that does not end, it would not be found again. */
export function isSectionText(text: string): boolean {
  return writeSection("", { range: "v1", text }).outcome !== "unplaced";
}

function says({ inside }: FoundSection, words: string): boolean {
  return withPlainLines(inside) === words;
}

function isAbout(found: FoundSection, about: Pick<FoundSection, "range" | "hash">): boolean {
  return found.range === about.range && found.hash === about.hash;
}

function isEdited({ hash, inside }: FoundSection): boolean {
  return hash === null ? inside.trim() !== "" : textHash(inside) !== hash;
}

/** An empty line before the section, and a line's end behind it where the text has one. */
function append(text: string, block: string, lineEnd: string): string {
  if (text === "") return `${block}${lineEnd}`;
  if (!/[\r\n]$/.test(text)) return `${text}${lineEnd}${lineEnd}${block}`;
  const [lastLine] = text.split(/\r\n|[\r\n]/).slice(-2);
  const isBehindEmptyLine = lastLine?.trim() === "";
  return `${text}${isBehindEmptyLine ? "" : lineEnd}${block}${lineEnd}`;
}

/** A range as one word that ends no comment: names of tags may hold almost anything. */
function encodeRange(range: string): string {
  return range
    .toWellFormed()
    .replace(/[\s\p{Cc}<>%]|(?<=-)-/gu, (character) => encodeURIComponent(character).replace("-", "%2D"))
    .slice(0, 1000)
    .toWellFormed();
}
