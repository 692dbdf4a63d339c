import fc from "fast-check";
import type { FuzzTarget } from "./fuzz-target.ts";

/** What means trouble wherever it comes in. */
const hostile = [
  "\0",
  "\r",
  "\r\n",
  "\n",
  "\t",
  "\u2028",
  "\u202E",
  "\u00AD",
  "\uD800",
  "\uFEFF",
  "ﬀ",
  "İ",
  "👩‍👩‍👧",
  "__proto__",
  "constructor",
  "toString",
  "${{ github.token }}",
  "<!--",
  "-->",
  "<script>",
  "@everyone",
  "a".repeat(1000),
  " ".repeat(1000),
  "\n".repeat(1000),
];

/** Half ones too. */
const anyCharacters = fc
  .array(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff }), fc.nat({ max: 0x10ffff })), { maxLength: 4 })
  .map((points) => String.fromCodePoint(...points));

/** Texts of a target's pieces, of what means trouble, and of any characters, in any order. */
export function hostileText({ pieces }: Pick<FuzzTarget, "pieces">, maxLength = 40): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...pieces) },
    { weight: 1, arbitrary: fc.constantFrom(...hostile) },
    { weight: 1, arbitrary: anyCharacters },
  );
  return fc.array(piece, { maxLength, size: "max" }).map((parts) => parts.join(""));
}

/** A text that can be made as long as one likes: something, something else again and again, and an end. */
export interface GrowingText {
  readonly start: string;
  readonly again: string;
  readonly end: string;
}

export function growingText(target: Pick<FuzzTarget, "pieces">): fc.Arbitrary<GrowingText> {
  const again = hostileText(target, 3).filter((text) => text !== "");
  return fc.record({ start: hostileText(target, 4), again, end: hostileText(target, 2) });
}

/** The text with as many characters, or a few more. */
export function grow({ start, again, end }: GrowingText, length: number): string {
  return start + again.repeat(Math.max(1, Math.ceil((length - start.length - end.length) / again.length))) + end;
}
