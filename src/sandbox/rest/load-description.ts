import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { UserError } from "../../domain/errors.ts";
import { correctDescription } from "./correct-description.ts";

/** What GitHub publishes about itself, as far as we read it: OpenAPI 3.0 for requests, 3.1 for webhooks. */
export interface Description {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly webhooks?: Readonly<Record<string, { readonly post: Operation }>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Response>>;
    readonly examples: Readonly<Record<string, Example>>;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly externalDocs?: { readonly url: string };
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response | Reference>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Response {
  readonly content?: Content;
}

type Content = Readonly<
  Record<string, { readonly schema: Schema; readonly examples?: Readonly<Record<string, Example | Reference>> }>
>;

interface Example {
  readonly value: unknown;
}

export interface Reference {
  readonly $ref: string;
}

/** A JSON schema in OpenAPI's dialects. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly format?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Written out, so that what looks for unused packages finds them; asked when needed, as they may not be there. */
const files = {
  "@octokit/openapi": () => import.meta.resolve("@octokit/openapi/generated/api.github.com.json"),
  "@octokit/openapi-webhooks": () => import.meta.resolve("@octokit/openapi-webhooks/generated/api.github.com.json"),
};

/**
 * Reads the description of api.github.com out of one of Octokit's two data packages, and puts right what is known to be
 * wrong in it. They are development dependencies: a UserError says so where they are missing.
 */
export async function loadDescription(packageName: keyof typeof files): Promise<Description> {
  try {
    const description: Description = JSON.parse(await readFile(fileURLToPath(files[packageName]()), "utf8"));
    return correctDescription(description);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    const message = `${packageName} is not installed; the sandbox needs the development dependencies: run npm ci`;
    throw new UserError(message, { cause });
  }
}

/** What a reference into one kind of components stands for; anything else stands for itself. */
export function resolveReference<T extends object>(
  components: Readonly<Record<string, T | Reference>>,
  value: T | Reference,
): T {
  if (!isReference(value)) return value;
  const target = components[value.$ref.split("/").at(-1) ?? ""];
  if (target === undefined) throw new Error(`GitHub's description refers to ${value.$ref}, which it does not hold`);
  return resolveReference(components, target);
}

function isReference(value: object): value is Reference {
  return "$ref" in value;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "ENOENT" || code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}
