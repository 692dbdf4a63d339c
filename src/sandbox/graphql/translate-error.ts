import { type ASTNode, type DocumentNode, type GraphQLError, Kind, print, visit } from "graphql";
import { Problem } from "./problem.ts";

/** An error as GitHub writes it. */
export interface ErrorBody {
  readonly type?: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: object;
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly message: string;
}

/** What a resolver threw. */
export function writeProblem(error: GraphQLError): ErrorBody {
  const problem = error.originalError instanceof Problem ? error.originalError : null;
  return {
    ...(problem === null ? {} : { type: problem.type }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...placeOf(error),
    message: error.message,
  };
}

function placeOf({ locations }: GraphQLError): Pick<ErrorBody, "locations"> {
  return locations === undefined
    ? {}
    : { locations: locations.slice(0, 1).map(({ line, column }) => ({ line, column })) };
}

/** A query that is none. */
export function writeSyntaxError(error: GraphQLError): ErrorBody {
  const { line, column } = error.locations?.[0] ?? { line: 1, column: 1 };
  if (error.message.includes("<EOF>")) return { message: "Unexpected end of document", locations: [] };
  const [, found = ""] = /(?:found|Unexpected|character:?) (.+?)\.?$/.exec(error.message) ?? [];
  const text = /"(.*)"/.exec(found)?.[1] ?? found;
  return {
    message: `Parse error on ${JSON.stringify(text)} (${tokenNames[text] ?? "IDENTIFIER"}) at [${line}, ${column}]`,
    ...placeOf(error),
  };
}

const tokenNames: Readonly<Record<string, string>> = {
  "{": "LCURLY",
  "}": "RCURLY",
  "(": "LPAREN",
  ")": "RPAREN",
  "[": "LBRACKET",
  "]": "RBRACKET",
  ":": "COLON",
  "!": "BANG",
  "=": "EQUALS",
  $: "VAR_SIGN",
  "@": "DIR_SIGN",
  "|": "PIPE",
  "...": "ELLIPSIS",
};

/** A query that does not fit the schema: in the words and with the codes of graphql-ruby, by which GitHub runs. */
export function writeValidationError(document: DocumentNode, error: GraphQLError): ErrorBody {
  const [node] = error.nodes ?? [];
  const path = node === undefined ? [] : pathTo(document, node);
  for (const [pattern, write] of wordings) {
    const match = pattern.exec(error.message);
    if (match === null) continue;
    const { message, extensions } = write(
      match.slice(1).map((text) => text ?? ""),
      node,
    );
    return { path, extensions, ...placeOf(error), message };
  }
  return { path, ...placeOf(error), message: error.message };
}

interface Wording {
  readonly message: string;
  readonly extensions: object;
}

const wordings: readonly (readonly [RegExp, (parts: readonly string[], node: ASTNode | undefined) => Wording])[] = [
  [
    /^Cannot query field "(.+?)" on type "(.+?)"/,
    ([fieldName, typeName]) => ({
      message: `Field '${fieldName}' doesn't exist on type '${typeName}'`,
      extensions: { code: "undefinedField", typeName, fieldName },
    }),
  ],
  [
    /^Unknown argument "(.+?)" on field "(?:.+\.)?(.+?)"/,
    ([argumentName, name]) => ({
      message: `Field '${name}' doesn't accept argument '${argumentName}'`,
      extensions: { code: "argumentNotAccepted", name, typeName: "Field", argumentName },
    }),
  ],
  [
    /^Argument "(?:.+\.)?(.+?)\((.+?):\)" of type ".+" is required/,
    ([name, missing]) => ({
      message: `Field '${name}' is missing required arguments: ${missing}`,
      extensions: { code: "missingRequiredArguments", className: "Field", name, arguments: missing },
    }),
  ],
  [
    /^Field "(.+?)" of type "(.+?)" must have/,
    ([name, type]) => ({
      message: `Field must have selections (field '${name}' returns ${bare(type)} but has no selections. Did you mean '${name} { ... }'?)`,
      extensions: { code: "selectionMismatch", nodeName: `field '${name}'`, typeName: bare(type) },
    }),
  ],
  [
    /^Field "(.+?)" must not have a selection since type "(.+?)"/,
    ([name, type], node) => ({
      message: `Selections can't be made on scalars (field '${name}' returns ${bare(type)} but has selections [${selectionNames(node)}])`,
      extensions: { code: "selectionMismatch", nodeName: `field '${name}'`, typeName: bare(type) },
    }),
  ],
  [
    /^Variable "\$(.+?)" is not defined(?: by operation "(.+?)")?/,
    ([variableName, name]) => ({
      message: `Variable $${variableName} is used by ${name || "anonymous query"} but not declared`,
      extensions: { code: "variableNotDefined", variableName },
    }),
  ],
  [
    /^Variable "\$(.+?)" is never used(?: in operation "(.+?)")?/,
    ([variableName, name]) => ({
      message: `Variable $${variableName} is declared by ${name || "anonymous query"} but not used`,
      extensions: { code: "variableNotUsed", variableName },
    }),
  ],
  [
    /^Unknown fragment "(.+?)"/,
    ([fragmentName]) => ({
      message: `Fragment ${fragmentName} was used, but not defined`,
      extensions: { code: "useAndDefineFragment", fragmentName },
    }),
  ],
  [
    /^Fragment "(.+?)" is never used/,
    ([fragmentName]) => ({
      message: `Fragment ${fragmentName} was defined, but not used`,
      extensions: { code: "useAndDefineFragment", fragmentName },
    }),
  ],
  [
    /^Unknown type "(.+?)"/,
    ([typeName]) => ({
      message: `No such type ${typeName}, so it can't be a fragment condition`,
      extensions: { code: "undefinedType", typeName },
    }),
  ],
  [
    /^Fragment .*cannot be spread here as objects of type "(.+?)" can never be of type "(.+?)"/,
    ([typeName, fragment]) => ({
      message: `Fragment on ${fragment} can't be spread inside ${typeName}`,
      extensions: { code: "cannotSpreadFragment", typeName, fragmentName: "unknown", parentName: typeName },
    }),
  ],
  [
    /^Variable "\$(.+?)" of type "(.+?)" used in position expecting type "(.+?)"/,
    ([variableName, typeName, argument]) => ({
      message: `Type mismatch on variable $${variableName} and argument (${typeName} / ${argument})`,
      extensions: { code: "variableMismatch", variableName, typeName, errorMessage: "Type mismatch" },
    }),
  ],
];

/** The name of a type without its list and null marks. */
function bare(type: string | undefined): string {
  return (type ?? "").replace(/[[\]!]/g, "");
}

function selectionNames(node: ASTNode | undefined): string {
  if (node?.kind !== Kind.SELECTION_SET) return "";
  return node.selections
    .map((selection) => (selection.kind === Kind.FIELD ? selection.name.value : print(selection)))
    .join(", ");
}

/** Through which fields and fragments a node is reached, as `["query", "repository", "... on User", "name"]`. */
function pathTo(document: DocumentNode, target: ASTNode): string[] {
  const path: string[] = [];
  let found: string[] | null = null;
  visit(document, {
    enter(node) {
      const step = stepOf(node);
      if (step !== null) path.push(step);
      if (node === target) found ??= [...path];
    },
    leave(node) {
      if (stepOf(node) !== null) path.pop();
    },
  });
  return found ?? [];
}

function stepOf(node: ASTNode): string | null {
  if (node.kind === Kind.OPERATION_DEFINITION) {
    return node.name === undefined ? node.operation : `${node.operation} ${node.name.value}`;
  }
  if (node.kind === Kind.FRAGMENT_DEFINITION) return `fragment ${node.name.value}`;
  if (node.kind === Kind.FIELD) return node.alias?.value ?? node.name.value;
  if (node.kind === Kind.FRAGMENT_SPREAD) return `... ${node.name.value}`;
  if (node.kind === Kind.ARGUMENT) return node.name.value;
  if (node.kind !== Kind.INLINE_FRAGMENT) return null;
  return node.typeCondition === undefined ? "..." : `... on ${node.typeCondition.name.value}`;
}

/** Variables that are missing or of another type. */
export function writeVariableError(error: GraphQLError, types: ReadonlyMap<string, string>): ErrorBody {
  const [, name = "", path = "", detail = ""] =
    /^Variable "\$(\w+)" has invalid value(?: at ([^:]+))?: (.*)$/s.exec(error.message) ?? [];
  if (name === "") return { ...placeOf(error), message: error.message };
  const at = path.split(/[.[\]]+/).filter((part) => part !== "" && part !== "value");
  const isMissing = /non-null|required type|to not be null|not provided/.test(detail);
  const explanation = isMissing ? "Expected value to not be null" : detail;
  const where = at.length === 0 ? "" : ` for ${at.join(".")} (${explanation})`;
  return {
    extensions: { problems: [{ path: at, explanation }] },
    ...placeOf(error),
    message: `Variable $${name} of type ${types.get(name) ?? ""} was provided invalid value${where}`,
  };
}
