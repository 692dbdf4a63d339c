import { readFile } from "node:fs/promises";
import { buildSchema, type GraphQLSchema } from "graphql";

/**
 * Builds GitHub's schema as it publishes it. It names types that interfaces of its own do not allow, so it is taken
 * as it is.
 */
export async function loadSchema(): Promise<GraphQLSchema> {
  const file = new URL("schema.graphql", import.meta.resolve("@octokit/graphql-schema"));
  return buildSchema(await readFile(file, "utf8"), { assumeValid: true, assumeValidSDL: true });
}
