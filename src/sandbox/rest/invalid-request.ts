import type { ErrorObject } from "ajv";

/** One thing that GitHub refuses a request for. */
export interface RequestError {
  /** What the field belongs to; null where the schema alone refuses it, as GitHub then names no resource. */
  readonly resource: string | null;
  /** The parameter or body property, nested ones with dots; empty for the body as a whole. */
  readonly field: string;
  readonly code: "missing_field" | "invalid" | "not_found";
  readonly message: string;
}

/** What GitHub answers to a request that does not fit its schema, with status 422. */
export interface InvalidRequest {
  readonly message: string;
  readonly documentation_url: string;
  readonly status: "422";
}

/** The answer to a request that `readRequest` refused. */
export function invalidRequest(documentationUrl: string, errors: readonly RequestError[]): InvalidRequest {
  const sentences = new Set(errors.map(({ message }) => message));
  const message = `Invalid request.\n\n${[...sentences].join("\n")}`;
  return { message, documentation_url: documentationUrl, status: "422" };
}

/** Words a schema's complaints as GitHub does, where its wording is known from answers that people have published. */
export function requestErrors(errors: readonly ErrorObject[]): RequestError[] {
  const [missing, others] = [errors.filter(isMissing), errors.filter((error) => !isMissing(error))];
  // What holds alternatives comes before what is wrong with each of them.
  const unions = others.filter(isUnion);
  const rest = others.filter((error) => !isUnion(error));
  return [...missingFields(missing), ...unions.map(invalid), ...rest.map(invalid)];
}

function isMissing({ keyword }: ErrorObject): boolean {
  return keyword === "required";
}

function isUnion({ keyword }: ErrorObject): boolean {
  return keyword === "oneOf" || keyword === "anyOf";
}

function missingFields(errors: readonly ErrorObject[]): RequestError[] {
  return [...Map.groupBy(errors, ({ schemaPath, instancePath }) => `${instancePath} ${schemaPath}`).values()].flatMap(
    (group) => {
      const names = group.map(({ params }) => String(params["missingProperty"]));
      const quoted = names.map((name) => JSON.stringify(name)).join(", ");
      const message = `${quoted} ${names.length === 1 ? "wasn't" : "weren't"} supplied.`;
      const parent = fieldOf(group[0]?.instancePath ?? "");
      return names.map((name): RequestError => {
        return { resource: null, field: parent === "" ? name : `${parent}.${name}`, code: "missing_field", message };
      });
    },
  );
}

function invalid(error: ErrorObject): RequestError {
  return { resource: null, field: fieldOf(error.instancePath), code: "invalid", message: wording(error) };
}

function wording(error: ErrorObject): string {
  const { keyword, params, data } = error;
  const text = typeof data === "string" ? data : inspect(data);
  if (keyword === "type") return `For '${placeOf(error)}', ${inspect(data)} is not ${typeList(params["type"])}.`;
  if (isUnion(error)) return `No subschema in "${keyword}" matched.`;
  if (keyword === "enum") return `${text} is not a member of ${inspect(params["allowedValues"])}.`;
  if (keyword === "additionalProperties")
    return `${JSON.stringify(params["additionalProperty"])} is not a permitted key.`;
  if (keyword === "format") return `${text} is not a valid ${String(params["format"]).replace("iso-", "")}.`;
  return `For '${placeOf(error)}', ${inspect(data)} ${error.message ?? "is invalid"}.`;
}

/** The last step into the schema, by which GitHub says where it is; the body as a whole has a place of its own. */
function placeOf({ schemaPath, instancePath }: ErrorObject): string {
  const step = /(properties\/[^/]+|items|(?:anyOf|oneOf|allOf)\/\d+)(?:\/else)?\/[^/]+$/.exec(schemaPath)?.[1];
  if (step !== undefined) return step;
  const last = instancePath.split("/").at(-1) ?? "";
  if (last === "") return "links/0/schema";
  return /^\d+$/.test(last) ? "items" : `properties/${last}`;
}

function fieldOf(instancePath: string): string {
  return instancePath.slice(1).replaceAll("/", ".");
}

function typeList(type: unknown): string {
  const types = [type].flat().join(" or ");
  return `${/^[aeiou]/.test(types) ? "an" : "a"} ${types}`;
}

/** A JSON value as GitHub's error messages show it, which is as Ruby does. */
function inspect(value: unknown): string {
  if (value === null || value === undefined) return "nil";
  if (Array.isArray(value)) return `[${value.map(inspect).join(", ")}]`;
  if (typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)} => ${inspect(member)}`);
  return `{${members.join(", ")}}`;
}
