import { type Description, type Parameter, resolveReference, type Schema } from "./load-description.ts";

/** The most that a list holds per page, whatever is asked for, and what it holds where nothing sensible is. */
const largestPage = 100;
const usualPage = 30;

/** The values of all parameters that were given or have a default, each as the type that its schema asks for. */
export function readParameters(
  description: Description,
  parameters: readonly Parameter[],
  given: { readonly path: Readonly<Record<string, string>>; readonly query: URLSearchParams },
): Record<string, unknown> {
  const values = parameters.flatMap((parameter) => {
    const schema = resolveReference(description.components.schemas, parameter.schema);
    const value = readParameter({ ...parameter, schema }, textsOf(parameter, given), typesOf(description, schema));
    return value === undefined ? [] : [[parameter.name, value]];
  });
  return Object.fromEntries(values);
}

/** The names in a query that no parameter has. */
export function unknownQuery(parameters: readonly Parameter[], query: URLSearchParams): string[] {
  const known = new Set(parameters.flatMap((parameter) => (parameter.in === "query" ? [parameter.name] : [])));
  return [...new Set(query.keys())].filter((name) => !known.has(name.replace(/\[\]$/, "")));
}

function textsOf(
  { name, in: place }: Parameter,
  given: { readonly path: Readonly<Record<string, string>>; readonly query: URLSearchParams },
): string[] {
  if (place === "path") return given.path[name] === undefined ? [] : [given.path[name]];
  return [...given.query.getAll(name), ...given.query.getAll(`${name}[]`)];
}

function readParameter(
  { name, in: place, schema }: Parameter,
  texts: readonly string[],
  types: ReadonlySet<string>,
): unknown {
  if (place === "query" && types.has("integer") && (name === "page" || name === "per_page")) {
    return readPaging(name, texts.at(-1), schema.default);
  }
  // Of a name that is repeated, the last counts, as in most web frameworks.
  const last = texts.at(-1);
  if (last === undefined) return schema.default;
  if (types.has("array") && (texts.length > 1 || !types.has("string"))) {
    const itemTypes = new Set([schema.items?.type ?? "string"].flat());
    return texts.flatMap((text) => text.split(",")).map((text) => readText(text, itemTypes));
  }
  return readText(last, types);
}

/** GitHub never refuses a page: too much is capped, and nonsense is as if nothing was said. */
function readPaging(name: "page" | "per_page", text: string | undefined, fallback: unknown): number {
  const number = text !== undefined && /^\d+$/.test(text) ? Number(text) : 0;
  if (name === "page") return Math.max(1, number);
  const usual = typeof fallback === "number" ? fallback : usualPage;
  return number < 1 ? usual : Math.min(largestPage, number);
}

/** The text as one of the types, or as it is, so that the schema can say what is wrong with it. */
function readText(text: string, types: ReadonlySet<string>): string | number | boolean {
  if (types.has("integer") && /^-?\d+$/.test(text)) return Number(text);
  if (types.has("number") && /^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  if (types.has("boolean") && /^(true|false)$/.test(text)) return text === "true";
  return text;
}

function typesOf(description: Description, schema: Schema): ReadonlySet<string> {
  const target = resolveReference(description.components.schemas, schema);
  const alternatives = [...(target.oneOf ?? []), ...(target.anyOf ?? []), ...(target.allOf ?? [])];
  const own = [target.type ?? []].flat();
  return new Set([...own, ...alternatives.flatMap((alternative) => [...typesOf(description, alternative)])]);
}
