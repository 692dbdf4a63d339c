import { shorten } from "../credit/named-person.ts";
import { nearest } from "../nearest.ts";
import { oneLine } from "../one-line.ts";

/** A command that can't be carried out as it is written. */
export interface Mistake {
  readonly kind: "mistake";
  /** One line of Markdown, safe as it is: what is wrong, and what to write instead. */
  readonly text: string;
}

const longestWord = 40;
/** Words that are longer are nobody's slip, and would take time to compare. */
const longestSlip = 60;

/** A mistake of one line, in which what people wrote stands only through `inCode`. */
export function mistake(text: string): Mistake {
  return { kind: "mistake", text };
}

/** What somebody wrote as a span of code that it can't leave: one line of `most` characters, without backticks. */
export function inCode(text: string, most = longestWord): string {
  const word = shorten(oneLine(text).replaceAll("`", "'").trim(), most);
  return `\`${word === "" ? "?" : word}\``;
}

/** The known word that was most likely meant, as a question to put behind what is wrong; empty where none is near. */
export function didYouMean(word: string, known: ReadonlyMap<string, string>): string {
  const near = word.length > longestSlip ? null : nearest(word, [...known.keys()]);
  const meant = near === null ? undefined : known.get(near);
  return meant === undefined ? "" : ` Did you mean ${inCode(meant)}?`;
}
