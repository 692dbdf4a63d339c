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

/** A pattern, and how far it was read. */
interface Reader {
  readonly characters: readonly string[];
  at: number;
  readonly end: number;
}

/**
 * Reads the part of JavaScript's regular expressions that can be matched in linear time: characters, classes, groups,
 * `|`, `?`, `*`, `+` and `{2,5}`. The pattern is of the whole text, whether `^` and `$` stand around it or not. Throws
 * PatternMistake for everything else.
 */
export function parsePattern(pattern: string): PatternNode {
  const characters = Array.from(pattern);
  const isEscaped = characters.at(-2) === "\\" && characters.at(-3) !== "\\";
  const end = characters.at(-1) === "$" && !isEscaped ? characters.length - 1 : characters.length;
  const reader = { characters, at: characters[0] === "^" ? 1 : 0, end };
  const whole = readChoice(reader, 0);
  if (reader.at < end) throw new PatternMistake("has a ) that was not opened");
  return whole;
}

/** The next characters, at most so many. */
function ahead({ characters, at, end }: Reader, most: number): string {
  return characters.slice(at, Math.min(end, at + most)).join("");
}

function readChoice(reader: Reader, depth: number): PatternNode {
  if (depth > deepest) throw new PatternMistake(`has groups within each other more than ${deepest} deep`);
  const first = readSequence(reader, depth);
  const others: PatternNode[] = [];
  while (ahead(reader, 1) === "|") {
    reader.at += 1;
    others.push(readSequence(reader, depth));
  }
  return others.length === 0 ? first : { kind: "choice", parts: [first, ...others] };
}

function readSequence(reader: Reader, depth: number): PatternNode {
  const parts: PatternNode[] = [];
  while (!["", "|", ")"].includes(ahead(reader, 1))) parts.push(readRepeat(reader, depth));
  return { kind: "sequence", parts };
}

function readRepeat(reader: Reader, depth: number): PatternNode {
  const part = readAtom(reader, depth);
  const [written] = /^(?:[?*+]|\{\d{1,4}(?:,\d{0,4})?\})/.exec(ahead(reader, 12)) ?? [];
  if (written === undefined) return part;
  reader.at += written.length;
  if (/^[?*+{]/.test(ahead(reader, 1))) {
    throw new PatternMistake("repeats a repetition: write it once, and without a ? or + behind it");
  }
  const [min, max] = bounds(written);
  if (Math.max(min, max ?? 0) > mostRepeats || (max !== null && max < min)) {
    throw new PatternMistake(`has a repetition that cannot be: from 0 to ${mostRepeats}, the smaller number first`);
  }
  return { kind: "repeat", part, min, max };
}

function readAtom(reader: Reader, depth: number): PatternNode {
  const character = ahead(reader, 1);
  if (character === "(") return readGroup(reader, depth);
  if (character === "[") return { kind: "set", set: readClass(reader) };
  if (character === "\\") return { kind: "set", set: readEscape(reader) };
  reader.at += 1;
  if (character === ".") return { kind: "set", set: anyOfLine };
  if (/^[?*+{})\]^$]$/.test(character)) {
    throw new PatternMistake(`has a ${character} that says nothing: put \\ before it`);
  }
  return { kind: "set", set: literal(character) };
}

function readGroup(reader: Reader, depth: number): PatternNode {
  const opening = ahead(reader, 3);
  if (opening.startsWith("(?") && opening !== "(?:") {
    throw new PatternMistake("looks around or names its groups: only ( ) and (?: ) are known here");
  }
  reader.at += opening === "(?:" ? 3 : 1;
  const inner = readChoice(reader, depth + 1);
  if (ahead(reader, 1) !== ")") throw new PatternMistake("has a ( that does not close");
  reader.at += 1;
  return inner;
}

function readEscape(reader: Reader): CharacterSet {
  const [unicode, name] = unicodeClasses.exec(ahead(reader, 12)) ?? [];
  if (unicode !== undefined) {
    reader.at += unicode.length;
    const expression = new RegExp(`^\\p{${name}}$`, "u");
    return { has: (character) => expression.test(character), isTame: false };
  }
  const [, character = ""] = Array.from(ahead(reader, 2));
  const known = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
  if (known === undefined && !/^[\p{P}\p{S}]$/u.test(character)) {
    throw new PatternMistake(`has \\${character}, which is not known here: known are \\d, \\w, \\s and \\p{L}`);
  }
  reader.at += 2;
  return known ?? literal(character);
}

function readClass(reader: Reader): CharacterSet {
  reader.at += 1;
  const isNegated = ahead(reader, 1) === "^";
  if (isNegated) reader.at += 1;
  const sets: CharacterSet[] = [];
  while (!["", "]"].includes(ahead(reader, 1))) sets.push(readMember(reader));
  if (reader.at >= reader.end) throw new PatternMistake("has a [ that does not close");
  if (sets.length === 0) throw new PatternMistake("has an empty [ ]: write what may stand there");
  reader.at += 1;
  return {
    has: (character) => sets.some((set) => set.has(character)) !== isNegated,
    isTame: !isNegated && sets.every((set) => set.isTame),
  };
}

function readMember(reader: Reader): CharacterSet {
  const [from = "", dash, to = "]"] = Array.from(ahead(reader, 3));
  if (from === "\\") return readEscape(reader);
  if (dash !== "-" || to === "]") {
    reader.at += 1;
    return literal(from);
  }
  if (to === "\\") throw new PatternMistake("has a range that ends in a \\: put the - last");
  reader.at += 3;
  const [first = 0, last = 0] = [from.codePointAt(0), to.codePointAt(0)];
  if (last < first)
    throw new PatternMistake(`has the range ${from}-${to}, which is empty: the smaller one comes first`);
  return {
    has: (character) => (character.codePointAt(0) ?? 0) >= first && (character.codePointAt(0) ?? 0) <= last,
    isTame: /^(?:[a-z]{2}|[A-Z]{2}|[0-9]{2})$/.test(from + to),
  };
}

const anyOfLine: CharacterSet = { has: (character) => !/^[\n\r\u2028\u2029]$/.test(character), isTame: false };

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
