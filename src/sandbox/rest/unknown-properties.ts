import { type Description, resolveReference, type Schema } from "./load-description.ts";

/**
 * The JSON pointers of all properties that no schema names, though it names others: invented or mistyped ones.
 * Alternatives count together, and a schema that lets further properties in makes its object an open map.
 */
export function unknownProperties(description: Description, schemas: readonly Schema[], value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const parts = schemas.flatMap((schema) => partsOf(description, schema));
  if (Array.isArray(value)) {
    const items = parts.flatMap((part) => part.items ?? []);
    return value.flatMap((item, index) => below(String(index), unknownProperties(description, items, item)));
  }
  const named = parts.some(({ properties }) => properties && Object.keys(properties).length > 0);
  const open = parts.some(({ additionalProperties: more }) => more === true || typeof more === "object");
  return Object.entries(value).flatMap(([name, member]) => {
    // JSON leaves it out.
    if (member === undefined) return [];
    const known = parts.flatMap(({ properties }) =>
      properties && Object.hasOwn(properties, name) ? [properties[name]] : [],
    );
    if (known.length === 0 && named && !open) return [`/${escapePointer(name)}`];
    const more = parts.flatMap((part) =>
      typeof part.additionalProperties === "object" ? part.additionalProperties : [],
    );
    const inner = known.length > 0 ? known.filter((schema) => schema !== undefined) : more;
    return below(name, unknownProperties(description, inner, member));
  });
}

/** A schema and all that it is put together from. */
function partsOf(description: Description, schema: Schema): Schema[] {
  const target = resolveReference(description.components.schemas, schema);
  const { allOf = [], anyOf = [], oneOf = [] } = target;
  return [target, ...[...allOf, ...anyOf, ...oneOf].flatMap((part) => partsOf(description, part))];
}

function below(name: string, pointers: readonly string[]): string[] {
  return pointers.map((pointer) => `/${escapePointer(name)}${pointer}`);
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
