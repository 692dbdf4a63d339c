/**
 * Rows and texts as lines that are equal for equal outcomes, whenever they came about: ids and object ids are replaced
 * by the order of their first appearance, and moments by a word, as two things may or may not fall into one second.
 * Lines of one kind are sorted by what is left of them; each line stays, so that what is there twice shows twice.
 */
export function canonical(records: readonly object[]): string[] {
  const texts = records.map((record) => {
    return JSON.stringify(record).replaceAll(moment, "<moment>").replaceAll(mode, '"mode":"0o$1"');
  });
  const whole = new Set(texts.flatMap((text) => text.match(objectId) ?? []).map(shorten));
  const isObject = (found: string): boolean => whole.has(shorten(found)) || (!/^\d+$/.test(found) && /\d/.test(found));
  const numbers = { object: new Map<string, number>(), id: new Map<string, number>() };

  function replace(text: string, name: (kind: "object" | "id", key: string) => string): string {
    return text.replaceAll(token, (found) => (isObject(found) ? name("object", shorten(found)) : name("id", found)));
  }

  function number(kind: "object" | "id", key: string): string {
    const known = numbers[kind].get(key) ?? numbers[kind].size + 1;
    numbers[kind].set(key, known);
    return `<${kind} ${known}>`;
  }

  const byMask = Map.groupBy(texts, (text) => replace(text, (kind) => `<${kind}>`));
  const lines: string[] = [];
  for (const mask of [...byMask.keys()].toSorted(compare)) {
    // Lines that differ in ids alone are told apart by those that earlier lines have named.
    const named = (text: string): string => replace(text, (kind, key) => `<${kind} ${numbers[kind].get(key) ?? ""}>`);
    const group = (byMask.get(mask) ?? []).map((text) => ({ text, key: named(text) }));
    for (const { text } of group.toSorted((one, other) => compare(one.key, other.key)))
      lines.push(replace(text, number));
  }
  return lines;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)/g;
/** Git's modes of files have six digits, as ids have; they stay. */
const mode = /"mode":"(\d{6})"/g;
const objectId = /\b[\da-f]{40}\b/g;
/** Object ids are written in full or shortened; ids of the sandbox have six digits and more. */
const token = /\b(?:[\da-f]{7,40}|\d{6})\b/g;

function shorten(id: string): string {
  return id.slice(0, 7);
}
