/** Crockford's letters: none that people mistake for another when they read it out. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A short name for something with a long id, for people to quote: "8K3F-2M". The same id has the same name always. */
export function referenceOf(id: string): string {
  // FNV-1a, so that ids which begin alike get names which don't.
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  const digits = Array.from({ length: 6 }, (_, place) => letters[(hash >>> (place * 5)) & 31]).join("");
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}
