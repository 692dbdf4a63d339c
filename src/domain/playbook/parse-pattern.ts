/** The characters that one place in a pattern takes. */
export interface CharacterSet {
  readonly has: (character: string) => boolean;
  /** Whether all of them are letters and digits of ASCII, `_`, `.` and `-`: nothing that means something in any file. */
  readonly isTame: boolean;
}

/** What a pattern says. */
export type PatternNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "choice"; readonly parts: readonly PatternNode[] }
  | { readonly kind: "repeat"; readonly part: PatternNode; readonly min: number; readonly max: number | null };

/** A pattern that cannot be taken; its message is to be read after the pattern's place. */
export class PatternMistake extends Error {
  override readonly name = "PatternMistake";
}

const tame = /^[A-Za-z0-9_.-]$/;
const deepest = 10;
const mostRepeats = 1000;
const escapes: Readonly<Record<string, CharacterSet>> = {
  d: { has: (character) => /^\d$/.test(character), isTame: true },
  w: { has: (character) => /^\w$/.test(character), isTame: true },
  s: { has: (character) => /^\s$/.test(character), isTame: false },
  D: { has: (character) => /^\D$/u.test(character), isTame: false },
  W: { has: (character) => /^\W$/u.test(character), isTame: false },
  S: { has: (character) => /^\S$/u.test(character), isTame: false },
};
const unicodeClasses = /^\\p\{(L|Lu|Ll|M|N|Nd|P|S|Emoji)\}/;

/**
 * Reads the part of JavaScript's regular expressions that can be matched in linear time: characters, classes, groups,
 * `|`, `?`, `*`, `+` and `{2,5}`. The pattern is of the whole text, whether `^` and `$` stand around it or not. Throws
 * PatternMistake for everything else.
 */
export function parsePattern(pattern: string): PatternNode {
  const characters = Array.from(pattern);
  let at = characters[0] === "^" ? 1 : 0;
  const isEscaped = characters.at(-2) === "\\" && characters.at(-3) !== "\\";
  const end = characters.at(-1) === "$" && !isEscaped ? characters.length - 1 : characters.length;

  function choice(depth: number): PatternNode {
    if (depth > deepest) throw new PatternMistake(`has groups within each other more than ${deepest} deep`);
    const parts = [sequence(depth)];
    while (at < end && characters[at] === "|") {
      at += 1;
      parts.push(sequence(depth));
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "choice", parts };
  }

  function sequence(depth: number): PatternNode {
    const parts: PatternNode[] = [];
    while (at < end && characters[at] !== "|" && characters[at] !== ")") parts.push(repeat(depth));
    return { kind: "sequence", parts };
  }

  function repeat(depth: number): PatternNode {
    const part = atom(depth);
    const rest = characters.slice(at, Math.min(end, at + 12)).join("");
    const [written = ""] = /^(?:[?*+]|\{\d{1,4}(?:,\d{0,4})?\})/.exec(rest) ?? [];
    if (written === "") return part;
    at += written.length;
    if (at < end && /^[?*+{]$/.test(characters[at] ?? "")) {
      throw new PatternMistake("repeats a repetition: write it once, and without a ? or + behind it");
    }
    const [min, max] = bounds(written);
    if (Math.max(min, max ?? 0) > mostRepeats || (max !== null && max < min)) {
      throw new PatternMistake(`has a repetition that cannot be: from 0 to ${mostRepeats}, the smaller number first`);
    }
    return { kind: "repeat", part, min, max };
  }

  function atom(depth: number): PatternNode {
    const character = characters[at] ?? "";
    if (character === "(") return group(depth);
    if (character === "[") return { kind: "set", set: characterClass() };
    if (character === "\\") return { kind: "set", set: escape() };
    at += 1;
    if (character === ".")
      return { kind: "set", set: { has: (other) => !/^[\n\r\u2028\u2029]$/.test(other), isTame: false } };
    if (/^[?*+{})\]^$]$/.test(character))
      throw new PatternMistake(`has a ${character} that says nothing: put \\ before it`);
    return { kind: "set", set: literal(character) };
  }

  function group(depth: number): PatternNode {
    const opening = characters.slice(at, at + 3).join("");
    if (opening.startsWith("(?") && opening !== "(?:") {
      throw new PatternMistake("looks around or names its groups: only ( ) and (?: ) are known here");
    }
    at += opening === "(?:" ? 3 : 1;
    const inner = choice(depth + 1);
    if (at >= end || characters[at] !== ")") throw new PatternMistake("has a ( that does not close");
    at += 1;
    return inner;
  }

  function escape(): CharacterSet {
    const [unicode, name] = unicodeClasses.exec(characters.slice(at, at + 12).join("")) ?? [];
    if (unicode !== undefined) {
      at += unicode.length;
      const expression = new RegExp(`^\\p{${name}}$`, "u");
      return { has: (character) => expression.test(character), isTame: false };
    }
    const character = at + 1 < end ? (characters[at + 1] ?? "") : "";
    const known = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
    if (known === undefined && !/^[\p{P}\p{S}]$/u.test(character)) {
      throw new PatternMistake(`has \\${character}, which is not known here: known are \\d, \\w, \\s and \\p{L}`);
    }
    at += 2;
    return known ?? literal(character);
  }

  function characterClass(): CharacterSet {
    at += 1;
    const isNegated = characters[at] === "^";
    if (isNegated) at += 1;
    const sets: CharacterSet[] = [];
    while (at < end && characters[at] !== "]") sets.push(classMember());
    if (at >= end) throw new PatternMistake("has a [ that does not close");
    if (sets.length === 0) throw new PatternMistake("has an empty [ ]: write what may stand there");
    at += 1;
    return {
      has: (character) => sets.some((set) => set.has(character)) !== isNegated,
      isTame: !isNegated && sets.every((set) => set.isTame),
    };
  }

  function classMember(): CharacterSet {
    const from = characters[at] ?? "";
    const isRange = characters[at + 1] === "-" && at + 2 < end && characters[at + 2] !== "]";
    if (from === "\\") return escape();
    at += 1;
    if (!isRange) return literal(from);
    const to = characters[at + 1] ?? "";
    if (to === "\\") throw new PatternMistake("has a range that ends in a \\: put the - last");
    at += 2;
    const [first = 0, last = 0] = [from.codePointAt(0), to.codePointAt(0)];
    if (last < first)
      throw new PatternMistake(`has the range ${from}-${to}, which is empty: the smaller one comes first`);
    const isTame = /^(?:[a-z]{2}|[A-Z]{2}|[0-9]{2})$/.test(from + to);
    return {
      has: (character) => (character.codePointAt(0) ?? 0) >= first && (character.codePointAt(0) ?? 0) <= last,
      isTame,
    };
  }

  const whole = choice(0);
  if (at < end) throw new PatternMistake("has a ) that was not opened");
  return whole;
}

function literal(character: string): CharacterSet {
  return { has: (other) => other === character, isTame: tame.test(character) };
}

function bounds(written: string): readonly [min: number, max: number | null] {
  if (written === "?") return [0, 1];
  if (written === "*") return [0, null];
  if (written === "+") return [1, null];
  const [min = "0", max] = written.slice(1, -1).split(",");
  return [Number(min), max === undefined ? Number(min) : max === "" ? null : Number(max)];
}
