import { isKind, plainName } from "./node-kinds.ts";
import { inlineRule } from "./template-helpers.ts";

/**
 * Puts the helper `md` around every value of a checked template that would stand in its text as it is. Texts of the
 * template's own stay, as in `{{plural count "*one*" "*many*"}}`. Changes the program that it is given, and returns it.
 */
export function escapeValues(program: hbs.AST.Program): hbs.AST.Program {
  for (const statement of program.body) {
    if (isKind(statement, "MustacheStatement")) escapeMustache(statement);
    if (isKind(statement, "BlockStatement")) {
      if (statement.program !== undefined) escapeValues(statement.program);
      if (statement.inverse !== undefined) escapeValues(statement.inverse);
    }
  }
  return program;
}

type Call = Pick<hbs.AST.SubExpression, "path" | "params" | "hash" | "loc">;

function escapeMustache(statement: hbs.AST.MustacheStatement): void {
  const { path, params, hash, loc } = statement;
  if (!isKind(path, "PathExpression")) return;
  const call = { path, params, hash, loc };
  const gives = givenBy(call);
  if (gives === "markdown") return;
  if (gives === "choice") {
    statement.params = escapeChoices(call);
    return;
  }
  const escaped = markdownOf(gives === null ? path : asExpression(call), loc);
  statement.path = escaped.path;
  statement.params = escaped.params;
  statement.hash = escaped.hash;
}

function escapeExpression(node: hbs.AST.Expression): hbs.AST.Expression {
  const isCall = isKind(node, "SubExpression");
  if (!isCall && !isKind(node, "PathExpression")) return node;
  const gives = isCall ? givenBy(node) : null;
  if (gives === "markdown") return node;
  return isCall && gives === "choice"
    ? asExpression({ ...node, params: escapeChoices(node) })
    : markdownOf(node, node.loc);
}

function asExpression({ path, params, hash, loc }: Call): hbs.AST.SubExpression {
  return { type: "SubExpression", path, params, hash, loc };
}

function markdownOf(value: hbs.AST.Expression, loc: hbs.AST.SourceLocation): hbs.AST.SubExpression {
  const path: hbs.AST.PathExpression = {
    type: "PathExpression",
    data: false,
    depth: 0,
    parts: ["md"],
    original: "md",
    loc,
  };
  return asExpression({ path, params: [value], hash: { type: "Hash", pairs: [], loc }, loc });
}

/** The first value of these decides; the others are what may be written. */
function escapeChoices({ params: [first, ...choices] }: Call): hbs.AST.Expression[] {
  return first === undefined ? [] : [first, ...choices.map(escapeExpression)];
}

function givenBy({ path }: Call) {
  const name = plainName(path);
  return name === null ? null : (inlineRule(name)?.gives ?? null);
}
