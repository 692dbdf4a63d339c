import type { Description, Schema } from "./load-description.ts";

/**
 * What GitHub answers with null though its description says otherwise: the head of a pull request whose fork or
 * author is gone. See https://github.com/github/rest-api-description/issues/1811 and /5562. And the body of an issue
 * that a search has found, which is an issue's as anywhere else.
 */
const nullable: readonly (readonly [schema: string, ...properties: string[]])[] = [
  ["pull-request", "head", "label"],
  ["pull-request", "head", "user"],
  ["pull-request", "head", "repo"],
  ["pull-request-simple", "head", "label"],
  ["pull-request-simple", "head", "repo"],
  ["issue-search-result-item", "body"],
];

/**
 * Answers that are described wrongly as a whole, by operation and status. The account of an installation would have to
 * be a user and an enterprise at once in this list; each of its items is what other operations call an installation.
 */
export const correctedAnswers: Readonly<Record<string, Schema>> = {
  "apps/list-installations 200": { type: "array", items: { $ref: "#/components/schemas/installation" } },
};

/** Bodies that are described wrongly: an empty list takes all labels away, as the same description says in words. */
export const correctedBodies: Readonly<Record<string, Schema>> = {
  "issues/set-labels": {
    type: "object",
    properties: {
      labels: {
        type: "array",
        items: { anyOf: [{ type: "string" }, { type: "object", properties: { name: { type: "string" } } }] },
      },
    },
  },
};

/**
 * What bodies may say besides what is described: GitHub's own command line switches discussions on by it.
 * https://github.com/cli/cli/blob/trunk/pkg/cmd/repo/edit/edit.go
 */
export const undescribed: Readonly<Record<string, Readonly<Record<string, Schema>>>> = {
  "repos/update": { has_discussions: { type: "boolean" } },
};

/** The description with what is known to be wrong in its schemas put right. */
export function correctDescription(description: Description): Description {
  const schemas = { ...description.components.schemas };
  for (const [name, ...properties] of nullable) {
    const schema = schemas[name];
    if (schema !== undefined) schemas[name] = allowNull(schema, properties);
  }
  schemas["app-permissions"] = addRepositoryCreation(schemas["app-permissions"]);
  return { ...description, components: { ...description.components, schemas } };
}

/** Apps have been able to create repositories without administering them since October 2026; this is from before. */
function addRepositoryCreation(permissions: Schema = {}): Schema {
  const creation: Schema = { type: "string", enum: ["write"] };
  return { ...permissions, properties: { ...permissions.properties, repository_creation: creation } };
}

function allowNull(schema: Schema, [property, ...rest]: readonly string[]): Schema {
  if (property === undefined) return { ...schema, nullable: true };
  const inner = schema.properties?.[property];
  if (inner === undefined) throw new Error(`GitHub's description has no property ${property} any more to correct`);
  return { ...schema, properties: { ...schema.properties, [property]: allowNull(inner, rest) } };
}
