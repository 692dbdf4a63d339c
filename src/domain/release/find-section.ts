/** Which of our sections it is: each has markers of its own. */
export type SectionName = "acknowledgements" | "contributors";

/** Where a section of ours stands in a text. */
export interface FoundSection {
  /** The offset of the opening marker, and the one behind the closing marker. */
  readonly start: number;
  readonly end: number;
  /** What the opening marker says of the range, as written; empty where it says nothing. */
  readonly range: string;
  /** The hash of what we wrote, as the opening marker gives it; null where somebody wrote the markers. */
  readonly hash: string | null;
  /** What stands between the markers. */
  readonly inside: string;
  /** What ends the line of the opening marker. */
  readonly lineEnd: string;
}

interface Line {
  readonly start: number;
  readonly text: string;
  readonly lineEnd: string;
}

const markers = {
  acknowledgements: {
    opening: /^<!-- curtain-call:acknowledgements(?: (\S{1,1000}?))?(?: ([\da-f]{16}))? -->[ \t]*$/,
    closing: /^<!-- \/curtain-call:acknowledgements -->[ \t]*$/,
  },
  contributors: {
    opening: /^<!-- curtain-call:contributors -->[ \t]*$/,
    closing: /^<!-- \/curtain-call:contributors -->[ \t]*$/,
  },
} as const satisfies Record<SectionName, unknown>;

/**
 * Finds the first opening marker that is followed by a closing one with no other marker between them. Markers stand alone on
 * their line, at its start; within fenced code they are somebody's example. Null where there is no such pair.
 */
export function findSection(text: string, name: SectionName = "acknowledgements"): FoundSection | null {
  const { opening, closing } = markers[name];
  let open: { line: Line; match: RegExpExecArray } | null = null;
  for (const line of linesOutsideCode(text)) {
    const match = opening.exec(line.text);
    if (match !== null) open = { line, match };
    if (open === null || !closing.test(line.text)) continue;
    const insideStart = open.line.start + open.line.text.length + open.line.lineEnd.length;
    return {
      start: open.line.start,
      end: line.start + line.text.trimEnd().length,
      range: open.match[1] ?? "",
      hash: open.match[2] ?? null,
      inside: text.slice(insideStart, line.start),
      lineEnd: open.line.lineEnd,
    };
  }
  return null;
}

/** A fence that code began with. */
interface Fence {
  readonly text: string;
  /** Whether it stands behind a marker of a list or a quote, and ends with these. */
  readonly isNested: boolean;
}

/** The lines that are in no fenced code block, https://spec.commonmark.org/0.31.2/#fenced-code-blocks; of lists too. */
function* linesOutsideCode(text: string): Generator<Line> {
  let fence: Fence | null = null;
  for (const match of text.matchAll(/([^\r\n]*)(\r\n|[\r\n]|$)/g)) {
    const [, content = "", lineEnd = ""] = match;
    if (fence?.isNested && /^[^\s>]/.test(content)) fence = null;
    if (fence !== null) {
      if (closes(fence, content)) fence = null;
      continue;
    }
    fence = fenceAt(content);
    if (fence === null) yield { start: match.index, text: content, lineEnd };
  }
}

/** The fence that a line begins code with, behind any markers of lists and quotes. */
function fenceAt(line: string): Fence | null {
  const [before = ""] = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)])(?=[ \t])))*[ \t]*/.exec(line) ?? [];
  const [text] = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(line.slice(before.length)) ?? [];
  return text === undefined ? null : { text, isNested: before.trim() !== "" };
}

function closes({ text, isNested }: Fence, line: string): boolean {
  const written = line.replace(isNested ? /^[> \t]+/ : /^[ \t]+/, "").trimEnd();
  return written.length >= text.length && written === text.charAt(0).repeat(written.length);
}
