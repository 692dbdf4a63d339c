/// <reference types="handlebars" />

interface Kinds {
  readonly Program: hbs.AST.Program;
  readonly MustacheStatement: hbs.AST.MustacheStatement;
  readonly BlockStatement: hbs.AST.BlockStatement;
  readonly PartialStatement: hbs.AST.PartialStatement;
  readonly PathExpression: hbs.AST.PathExpression;
  readonly SubExpression: hbs.AST.SubExpression;
  readonly ContentStatement: hbs.AST.ContentStatement;
  readonly StringLiteral: hbs.AST.StringLiteral;
}

/** Whether a node of a parsed template is of this kind. */
export function isKind<Kind extends keyof Kinds>(node: hbs.AST.Node, kind: Kind): node is Kinds[Kind] {
  return node.type === kind;
}

/** The name, where the node is nothing but a plain one: no path, no literal, no variable. */
export function plainName(node: hbs.AST.Node): string | null {
  if (!isKind(node, "PathExpression") || node.data || node.depth > 0) return null;
  const [name, ...others] = node.parts;
  return name === node.original && others.length === 0 ? name : null;
}
