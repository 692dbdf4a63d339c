import { isKind, plainName } from "./node-kinds.ts";
import { inlineRule, type TemplateLanguage } from "./template-language.ts";

/**
 * Puts the language's writer around every value of a checked template that would stand in its text as it is. Texts of the
 * template's own stay, as in `{{plural count "*one*" "*many*"}}`. Changes the program that it is given, and returns it.
 */
export function escapeValues(program: hbs.AST.Program, language: TemplateLanguage): hbs.AST.Program {
  for (const statement of program.body) {
    if (isKind(statement, "MustacheStatement")) escapeMustache(statement, language);
    if (isKind(statement, "BlockStatement")) {
      if (statement.program !== undefined) escapeValues(statement.program, language);
      if (statement.inverse !== undefined) escapeValues(statement.inverse, language);
    }
  }
  return program;
}

type Call = Pick<hbs.AST.SubExpression, "path" | "params" | "hash" | "loc">;

function escapeMustache(statement: hbs.AST.MustacheStatement, language: TemplateLanguage): void {
  const { path, params, hash, loc } = statement;
  if (!isKind(path, "PathExpression")) return;
  const call = { path, params, hash, loc };
  const gives = givenBy(call, language);
  if (gives === "text") return;
  if (gives === "choice") {
    statement.params = escapeChoices(call, language);
    return;
  }
  const escaped = written(gives === null ? path : asExpression(call), language);
  statement.path = escaped.path;
  statement.params = escaped.params;
  statement.hash = escaped.hash;
}

function escapeExpression(node: hbs.AST.Expression, language: TemplateLanguage): hbs.AST.Expression {
  const isCall = isKind(node, "SubExpression");
  if (!isCall && !isKind(node, "PathExpression")) return node;
  const gives = isCall ? givenBy(node, language) : null;
  if (gives === "text") return node;
  return isCall && gives === "choice"
    ? asExpression({ ...node, params: escapeChoices(node, language) })
    : written(node, language);
}

function asExpression({ path, params, hash, loc }: Call): hbs.AST.SubExpression {
  return { type: "SubExpression", path, params, hash, loc };
}

function written(value: hbs.AST.Expression, { writer }: TemplateLanguage): hbs.AST.SubExpression {
  const { loc } = value;
  const path: hbs.AST.PathExpression = {
    type: "PathExpression",
    data: false,
    depth: 0,
    parts: [writer],
    original: writer,
    loc,
  };
  return asExpression({ path, params: [value], hash: { type: "Hash", pairs: [], loc }, loc });
}

/** The first value of these decides; the others are what may be written. */
function escapeChoices({ params: [first, ...choices] }: Call, language: TemplateLanguage): hbs.AST.Expression[] {
  return first === undefined ? [] : [first, ...choices.map((choice) => escapeExpression(choice, language))];
}

function givenBy({ path }: Call, language: TemplateLanguage) {
  const name = plainName(path);
  return name === null ? null : (inlineRule(language, name)?.gives ?? null);
}
