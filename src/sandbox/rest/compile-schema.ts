import { Ajv, type ErrorObject } from "ajv";
import { validateUnion } from "ajv/dist/vocabularies/code.js";
import formats from "ajv-formats";
import { type Description, resolveReference, type Schema } from "./load-description.ts";

/** What is wrong with a value; empty where the schema takes it. */
export type Check = (value: unknown) => readonly ErrorObject[];

/** The keywords that mean the same to OpenAPI and to JSON Schema. Titles, examples and the like have no say. */
const plainKeywords = new Set([
  "const",
  "required",
  "pattern",
  "minimum",
  "maximum",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
]);

/**
 * Compiles schemas of one description, each when it is first asked for; what they refer to is compiled once for all.
 * `oneOf` is read as `anyOf`, because GitHub's alternatives overlap. Formats that JSON Schema does not know are let be.
 */
export function schemaCompiler(description: Description): (schema: Schema) => Check {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    addUsedSchema: false,
    inlineRefs: false,
  });
  formats.default(ajv);
  // The private address of a bot, `1+app[bot]@users.noreply.github.com`, is none by the format's rules.
  ajv.addFormat("email", true);
  const error = { message: "must match a schema in oneOf" };
  ajv.removeKeyword("oneOf");
  ajv.addKeyword({ keyword: "oneOf", schemaType: "array", trackErrors: true, code: validateUnion, error });
  const added = new Set<string>();

  function translateReference(reference: string): object {
    // A path of its own, so that a reference means the same wherever it stands.
    const key = reference.slice("#".length);
    if (!added.has(key)) {
      added.add(key);
      ajv.addSchema(translate(resolveReference(description.components.schemas, { $ref: reference })), key);
    }
    return { $ref: key };
  }

  function translate(schema: Schema): object {
    const target = schema.$ref === undefined ? translateKeywords(schema) : translateReference(schema.$ref);
    return schema.nullable && needsEscape(schema) ? { if: { type: "null" }, else: target } : target;
  }

  function translateKeywords(schema: Schema): object {
    const plain = Object.entries(schema).filter(([name]) => plainKeywords.has(name));
    const { type, format, properties, additionalProperties, items } = schema;
    return {
      ...Object.fromEntries(plain),
      ...(type !== undefined && { type: schema.nullable ? [...new Set([type, "null"].flat())] : type }),
      ...(schema.enum && { enum: schema.nullable ? [...new Set([...schema.enum, null])] : schema.enum }),
      ...(format !== undefined &&
        format in ajv.formats && { format: format === "date-time" ? "iso-date-time" : format }),
      ...(properties && { properties: mapValues(properties, translate) }),
      ...(items && { items: translate(items) }),
      ...(typeof additionalProperties === "object" && { additionalProperties: translate(additionalProperties) }),
      ...(additionalProperties === false && { additionalProperties }),
      ...(schema.allOf && { allOf: schema.allOf.map(translate) }),
      ...(schema.anyOf && { anyOf: schema.anyOf.map(translate) }),
      ...(schema.oneOf && { oneOf: schema.oneOf.map(translate) }),
    };
  }

  return (schema) => {
    const validate = ajv.compile(translate(schema));
    return (value) => (validate(value) ? [] : (validate.errors ?? []).filter(({ keyword }) => keyword !== "if"));
  };
}

/** Whether `nullable` cannot be said by the type alone, as where the type is what a reference points to. */
function needsEscape({ $ref, allOf, anyOf: any, oneOf }: Schema): boolean {
  return [$ref, allOf, any, oneOf].some((keyword) => keyword !== undefined);
}

function mapValues<Value>(record: Readonly<Record<string, Value>>, map: (value: Value) => object): object {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
