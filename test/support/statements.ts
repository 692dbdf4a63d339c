import type { KyselyPlugin } from "kysely";
import type { Database } from "../../src/store/open-database.ts";

/** The same database, and every statement in which it was asked something through the store, once. */
export function listenToStatements(database: Database): {
  readonly database: Database;
  readonly statements: Set<string>;
} {
  const statements = new Set<string>();
  const executor = database.query.getExecutor();
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      statements.add(executor.compileQuery(node, queryId).sql.replaceAll(/\s+/g, " ").trim());
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { database: { ...database, query: database.query.withPlugin(plugin) }, statements };
}
