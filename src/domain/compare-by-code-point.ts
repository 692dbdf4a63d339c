/**
 * Orders two texts by Unicode code point, for `sort`. JavaScript's `<` compares UTF-16 units, which puts 😀 before ﬀ.
 */
export function compareByCodePoint(left: string, right: string): number {
  const shorter = Math.min(left.length, right.length);
  for (let index = 0; index < shorter; index += 1) {
    if (left.charCodeAt(index) !== right.charCodeAt(index)) {
      return codePointAround(left, index) - codePointAround(right, index);
    }
  }
  return left.length - right.length;
}

/** The code point that the UTF-16 unit at `index` belongs to. */
function codePointAround(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isSecondHalf = unit >= 0xdc00 && unit <= 0xdfff && index > 0;
  const start = isSecondHalf && (text.codePointAt(index - 1) ?? 0) > 0xffff ? index - 1 : index;
  return text.codePointAt(start) ?? 0;
}
