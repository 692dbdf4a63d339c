import { findSection } from "../release/find-section.ts";
import { type Section, type WrittenSection, writeSection } from "../release/marker-block.ts";
import { withPlainLines } from "../release/text-hash.ts";

/** The words of the file, in Markdown. */
export interface ContributorsWords {
  /** What stands between the markers. */
  readonly list: string;
  /** What a new file begins with. */
  readonly beginning: string;
}

/** The list as a section, whose markers say nothing else. */
export function contributorsSection(list: string): Section {
  return { name: "contributors", range: null, text: list };
}

/** Writes the list into the text of a file, null where there is none yet; not a character outside the markers is touched. */
export function writeContributors(text: string | null, { list, beginning }: ContributorsWords): WrittenSection {
  return writeSection(text ?? beginning, contributorsSection(list));
}

/** The list that stands in a file; null where there is none. */
export function findContributors(text: string): string | null {
  const found = findSection(text, "contributors");
  return found === null ? null : withPlainLines(found.inside);
}
