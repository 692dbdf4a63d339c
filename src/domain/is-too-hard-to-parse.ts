/**
 * What a text may ask of the Markdown parser, whose time grows with the square of some things and whose stack is not endless.
 * Each limit is far above what people write, and keeps the slowest text within about two seconds.
 */
const limits = {
  /** As many as GitHub takes in a comment. */
  characters: 65_536,
  /** Markers of quotes and lists at the start of one line. */
  lineMarkers: 50,
  /** Brackets open at once within a paragraph. */
  openBrackets: 50,
  /** The sum, over all runs of lines without a blank one, of the square of the characters that may be markup there. */
  markupSquared: 16_000_000,
  /** The sum, over the same runs, of where comments begin, each times the length that is looked through for its end. */
  lookedThrough: 30_000_000,
  /** Quotes and underlined headings: what the parser looks for again from the start of the document. */
  reparsedBlocks: 1000,
};

/** The end of a line with a blank one behind it; a line ends once by CR and LF. */
const blankLine = /(?:\r\n|\r(?!\n)|\n)[ \t]*(?=[\r\n])/;

/** Whether the text is one that takes the parser too long, seen from its characters alone. */
export function isTooHardToParse(text: string): boolean {
  if (text.length > limits.characters) return true;
  let markupSquared = 0;
  let lookedThrough = 0;
  let reparsedBlocks = 0;
  for (const run of text.split(blankLine)) {
    markupSquared += (run.match(/[\r\n[\]*_~&@`]|<[?!]/g)?.length ?? 0) ** 2;
    lookedThrough += (run.match(/<[?!]/g)?.length ?? 0) * run.length;
    reparsedBlocks += run.match(/^ {0,3}(?:=+|-+)[ \t]*$|(?<!^[ \t]*>.*[\r\n]+)^[ \t]*>/gm)?.length ?? 0;
    if (mostOpenBrackets(run) > limits.openBrackets) return true;
  }
  if (markupSquared > limits.markupSquared || lookedThrough > limits.lookedThrough) return true;
  if (reparsedBlocks > limits.reparsedBlocks) return true;
  return (text.match(/^(?:[ \t]*(?:>|[-+*](?=\s)|\d{1,9}[.)](?=\s)))+/gm) ?? []).some(
    (start) => (start.match(/[>+*.)-]/g)?.length ?? 0) > limits.lineMarkers,
  );
}

function mostOpenBrackets(run: string): number {
  let open = 0;
  let most = 0;
  for (const [bracket] of run.matchAll(/[[\]]/g)) {
    open = bracket === "[" ? open + 1 : Math.max(0, open - 1);
    most = Math.max(most, open);
  }
  return most;
}
