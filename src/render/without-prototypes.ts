/** The same data in objects that have nothing but their own values. */
export function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutPrototypes(inner)]);
  const bare: object = Object.assign(Object.create(null), Object.fromEntries(entries));
  // Handlebars compares what a block is about with what is around it by `!=`, which throws for a text beside an object
  // that is no text either. No template can name a symbol.
  return Object.defineProperty(bare, Symbol.toPrimitive, { value: notEqual });
}

/** Equals no text that there is in a context. */
function notEqual(): string {
  return "\0";
}
