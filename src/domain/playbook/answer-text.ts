/** What somebody wrote as answers, before anybody knows what is asked. */
export interface WrittenAnswers {
  /** By input; of one that is answered twice, the last. */
  readonly answers: ReadonlyMap<string, string>;
  /** Each a line for people. */
  readonly mistakes: readonly string[];
}

const mostAnswers = 200;
const bare = /^[^\s"'“”\\=]+$/;
const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t" };

/**
 * Reads answers such as `name=tides title="Tide tables"`, with blanks or line ends between them. In quotes a value may have
 * blanks and lines of its own, and `\"`, `\\` and `\n`. Whatever is not understood is a mistake. Takes a time in
 * proportion to the text.
 */
export function readAnswerText(text: string): WrittenAnswers {
  const answers = new Map<string, string>();
  const mistakes: string[] = [];
  let at = 0;
  while (at < text.length && mistakes.length < mostAnswers) {
    const [blanks = ""] = /^\s+/.exec(text.slice(at, at + 1000)) ?? [];
    at += blanks.length;
    if (blanks !== "" || at >= text.length) continue;
    const [start, key = ""] = keyAt(text, at);
    if (start === undefined) {
      const [word = ""] = /^\S+/.exec(text.slice(at, at + 100)) ?? [];
      mistakes.push(`"${word.slice(0, 40)}" is no answer: write it as name=value`);
      at = endOfWord(text, at);
      continue;
    }
    const value = readValue(text, at + start.length);
    if (value.text === null) mistakes.push(`the value of ${key} has a quote that does not close`);
    else if (answers.has(key)) mistakes.push(`${key} is answered twice: leave one of them away`);
    else answers.set(key, value.text);
    if (answers.size > mostAnswers) return { answers, mistakes: [...mistakes, `more than ${mostAnswers} answers`] };
    at = value.end;
  }
  return { answers, mistakes };
}

/**
 * Where the answers end that begin in a text at `start`: at the end of the first line, outside quotes, after which the line
 * that begins where `goesOn` is asked is none of theirs. Takes a time in proportion to the text.
 */
export function endOfAnswers(text: string, start: number, goesOn: (lineStart: number) => boolean): number {
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === "\n" || character === "\r") {
      const next = at + (text.startsWith("\r\n", at) ? 2 : 1);
      if (!goesOn(next)) return at;
      at = next;
    } else if (/\s/.test(character)) at += 1;
    else {
      const [key] = keyAt(text, at);
      at = key === undefined ? endOfWord(text, at) : readValue(text, at + key.length).end;
    }
  }
  return text.length;
}

/** An answer as it can be written, read back by `readAnswerText` as it was. */
export function writeAnswer(name: string, value: string): string {
  if (bare.test(value)) return `${name}=${value}`;
  const quoted = value
    .replace(/["\\“”]/g, "\\$&")
    .replaceAll("\n", "\\n")
    .replaceAll("\t", "\\t");
  return `${name}="${quoted}"`;
}

/** The start of an answer, `name=`, and the name in it; nothing where there is none. */
function keyAt(text: string, at: number): readonly string[] {
  return /^([A-Za-z][\w-]{0,60})=/.exec(text.slice(at, at + 100)) ?? [];
}

function readValue(text: string, start: number): { readonly text: string | null; readonly end: number } {
  // Phones write these, and the closing one is another.
  const closing = { '"': '"', "'": "'", "“": "”" }[text.charAt(start)];
  if (closing === undefined) {
    const end = endOfWord(text, start);
    return { text: text.slice(start, end), end };
  }
  let value = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === closing) return { text: value, end: at + 1 };
    if (character === "\\" && at + 1 < text.length) {
      at += 1;
      const escaped = text.charAt(at);
      value += escapes[escaped] ?? escaped;
    } else value += character;
  }
  return { text: null, end: text.length };
}

function endOfWord(text: string, start: number): number {
  const word = /\s/g;
  word.lastIndex = start;
  return word.exec(text)?.index ?? text.length;
}
