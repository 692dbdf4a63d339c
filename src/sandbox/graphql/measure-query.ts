import type { getVariableValues } from "graphql";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Lexer,
  type OperationDefinitionNode,
  type SelectionSetNode,
  Source,
  TokenKind,
} from "graphql";
import { Problem } from "./problem.ts";

/** The most that one query may ask for, fragments written out: enough for any person, and little for the machine. */
const mostFields = 10_000;
const deepest = 60;
/** GitHub's, https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
const mostNodes = 500_000;

type VariableValues = NonNullable<
  Extract<ReturnType<typeof getVariableValues>, { variableValues: unknown }>["variableValues"]
>;

/** The deepest that brackets may stand in each other: the parser goes down once for each. */
const deepestBrackets = 500;

/** Throws a Problem where brackets are so deep that the parser would break, a GraphQLError where a text is no GraphQL. */
export function requireShallow(query: string): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (/^[[({]$/.test(token.kind)) depth += 1;
    else if (/^[\])}]$/.test(token.kind)) depth -= 1;
    if (depth > deepestBrackets) throw new Problem("RESOURCE_LIMITS_EXCEEDED", "The query is nested too deeply.");
  }
}

/**
 * Throws a Problem where a query, its fragments written out, is too large or too deep to be looked at, before anybody
 * does. A fragment that contains itself is no more than one that is too deep.
 */
export function requireModest(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  const sizes = new Map<string, { fields: number; depth: number }>();

  function measure(set: SelectionSetNode | undefined, within: ReadonlySet<string>): { fields: number; depth: number } {
    let fields = 0;
    let depth = 0;
    for (const selection of set?.selections ?? []) {
      const isField = selection.kind === "Field";
      const inner =
        selection.kind === "FragmentSpread"
          ? measureFragment(selection.name.value, within)
          : measure(selection.selectionSet, within);
      fields += inner.fields + 1;
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
    }
    return { fields, depth };
  }

  function measureFragment(name: string, within: ReadonlySet<string>): { fields: number; depth: number } {
    const known = sizes.get(name);
    if (known !== undefined) return known;
    // The validation names the circle.
    if (within.has(name)) return { fields: 0, depth: 0 };
    const size = measure(fragments.get(name)?.selectionSet, new Set([...within, name]));
    sizes.set(name, size);
    return size;
  }

  let total = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== "OperationDefinition" && definition.kind !== "FragmentDefinition") continue;
    const { fields, depth } = measure(definition.selectionSet, new Set());
    total += fields;
    if (total > mostFields || depth > deepest) {
      throw new Problem("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.");
    }
  }
}

/** What a query may cost at most, by its page sizes. */
export interface QueryCost {
  readonly nodeCount: number;
  /** In points of the rate limit. */
  readonly cost: number;
}

/** Counts the nodes that the page sizes of a query allow. Throws GitHub's Problem where they are too many. */
export function countNodes(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation, variables }: { operation: OperationDefinitionNode; variables: VariableValues },
): QueryCost {
  const fragments = fragmentsOf(document);
  let nodeCount = 0;
  let requests = 1;

  function walk(set: SelectionSetNode, parent: GraphQLCompositeType, times: number): void {
    for (const selection of set.selections) {
      if (selection.kind === "FragmentSpread") {
        const fragment = fragments.get(selection.name.value);
        const type = fragment === undefined ? undefined : schema.getType(fragment.typeCondition.name.value);
        if (fragment !== undefined && isCompositeType(type)) walk(fragment.selectionSet, type, times);
        continue;
      }
      if (selection.kind === "InlineFragment") {
        const condition = selection.typeCondition;
        const type = condition === undefined ? parent : schema.getType(condition.name.value);
        if (isCompositeType(type)) walk(selection.selectionSet, type, times);
        continue;
      }
      const field =
        isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
      if (field === undefined || selection.selectionSet === undefined) continue;
      const type = getNamedType(field.type);
      let inner = times;
      if (type.name.endsWith("Connection")) {
        const { first, last } = getArgumentValues(field, selection, variables);
        const size = typeof first === "number" ? first : typeof last === "number" ? last : 0;
        requests += times;
        inner = times * Math.max(0, size);
        nodeCount += inner;
      }
      if (isCompositeType(type)) walk(selection.selectionSet, type, inner);
    }
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, 1);
  if (nodeCount > mostNodes) {
    const message = `This query requests up to ${nodeCount.toLocaleString("en-US")} possible nodes which exceeds the maximum limit of ${mostNodes.toLocaleString("en-US")}.`;
    throw new Problem("MAX_NODE_LIMIT_EXCEEDED", message);
  }
  return { nodeCount, cost: Math.max(1, Math.round(requests / 100)) };
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === "FragmentDefinition" ? [[definition.name.value, definition] as const] : [],
    ),
  );
}
