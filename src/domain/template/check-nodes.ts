import { quote } from "../config/configuration-error.ts";
import { nearest } from "../nearest.ts";
import type { TemplateError } from "./check-template.ts";
import { isKind, plainName } from "./node-kinds.ts";
import { blockParams, dataVariables, type HelperRule, inlineRule, type TemplateLanguage } from "./template-language.ts";

const deepestBlocks = 50;
const deepestExpressions = 5;
const mostNodes = 5000;
const literals = new Set(["StringLiteral", "NumberLiteral", "BooleanLiteral", "NullLiteral", "UndefinedLiteral"]);
const forbiddenNames = new Set(["constructor", "prototype"]);

interface Check {
  readonly language: TemplateLanguage;
  readonly partials: ReadonlySet<string>;
  readonly errors: TemplateError[];
  nodes: number;
}

/** Everything in a parsed template that is not on the list of what it may have. */
export function checkNodes(
  program: hbs.AST.Program,
  allowed: Pick<Check, "language" | "partials">,
): readonly TemplateError[] {
  const check: Check = { ...allowed, errors: [], nodes: 0 };
  for (const statement of program.body) checkStatement(statement, 0, check);
  if (check.nodes > mostNodes) {
    check.errors.push({ line: 1, message: `A template may have ${mostNodes} pieces; this one has more.` });
  }
  return check.errors;
}

function report({ errors }: Check, { loc }: hbs.AST.Node, message: string): void {
  errors.push({ line: loc.start.line, message });
}

/** What stands within a block, which knows its line: after an {{else if}} the piece itself does not. */
function checkWithin(block: hbs.AST.BlockStatement, depth: number, check: Check): void {
  if (depth > deepestBlocks) {
    report(check, block, `Blocks may stand within each other ${deepestBlocks} deep; each {{else if}} counts.`);
    return;
  }
  // Without a piece of template before its {{else}}, or after it, there is none, whatever the types say.
  const programs = [block.program, block.inverse].filter((program) => program !== undefined && program !== null);
  for (const { blockParams: names, body } of programs) {
    for (const name of names ?? []) {
      // Handlebars would take such a name for the value, wherever the helper is meant.
      if (inlineRule(check.language, name) !== null || blockParams(check.language, name) !== null) {
        report(check, block, `"as |${name}|" hides the helper ${name}: take another name.`);
      }
    }
    for (const statement of body) checkStatement(statement, depth, check);
  }
}

function checkStatement(node: hbs.AST.Statement, depth: number, check: Check): void {
  check.nodes += 1;
  if (check.nodes > mostNodes || node.type === "ContentStatement" || node.type === "CommentStatement") return;
  if (isKind(node, "MustacheStatement")) checkMustache(node, check);
  else if (isKind(node, "BlockStatement")) checkBlock(node, depth, check);
  else if (isKind(node, "PartialStatement")) checkPartial(node, check);
  else if (node.type === "PartialBlockStatement") report(check, node, "{{#> …}} is not known here: use {{> …}}.");
  else report(check, node, "Decorators and inline partials, as in {{#* …}}, are not known here: take them out.");
}

function checkMustache(node: hbs.AST.MustacheStatement, check: Check): void {
  if (!node.escaped) report(check, node, "Values have two braces here: write {{…}} for {{{…}}} and for {{&…}}.");
  const name = plainName(node.path);
  const isCall =
    node.params.length > 0 || hasPairs(node.hash) || (name !== null && inlineRule(check.language, name) !== null);
  if (isCall) checkCall(node, 1, check);
  else if (name !== null && blockParams(check.language, name) !== null)
    report(check, node, `${name} is a block: write {{#${name}}}.`);
  else checkPath(node.path, check);
}

function checkBlock(node: hbs.AST.BlockStatement, depth: number, check: Check): void {
  const name = plainName(node.path);
  const params = name === null ? null : blockParams(check.language, name);
  if (params === null) {
    report(
      check,
      node,
      `${shown(node.path)} is not a block that is known here. Known are ${known(check.language.blocks)}.`,
    );
  } else {
    if (node.params.length !== params) report(check, node, `{{#${name}}} takes ${countValues(params)}.`);
    const isSwitch = name === "if" || name === "unless";
    checkPairs(node.hash, (key) => isSwitch && key === "includeZero", check);
  }
  for (const param of node.params) checkExpression(param, 1, check);
  checkWithin(node, depth + 1, check);
}

function checkPartial(node: hbs.AST.PartialStatement, check: Check): void {
  const { partials } = check;
  const name = isKind(node.name, "PathExpression") ? node.name.original : null;
  if (name === null) report(check, node, "Which template to include has to stand in the template: write its name.");
  else if (!partials.has(name)) {
    const others = partials.size === 0 ? "None can be included here" : `Known are ${[...partials].join(", ")}`;
    report(check, node, `${quote(name)} is not a template that can be included. ${others}.`);
  }
  checkPairs(node.hash, () => false, check);
  for (const param of node.params) checkExpression(param, 1, check);
}

function checkCall(node: hbs.AST.MustacheStatement | hbs.AST.SubExpression, depth: number, check: Check): void {
  const name = plainName(node.path);
  const rule = name === null ? null : inlineRule(check.language, name);
  if (rule === null) {
    const meant = name === null || name.length > 60 ? null : nearest(name, Object.keys(check.language.inline));
    const question = meant === null ? "" : ` Did you mean ${meant}?`;
    report(check, node, `${shown(node.path)} is not a helper.${question} Known are ${known(check.language.inline)}.`);
  } else if (!takes(rule, node.params.length)) {
    report(check, node, `The helper ${name} takes ${countValues(rule.params)}; a value of that name is {{./${name}}}.`);
  }
  checkPairs(node.hash, () => false, check);
  for (const param of node.params) checkExpression(param, depth, check);
}

function checkExpression(node: hbs.AST.Expression, depth: number, check: Check): void {
  check.nodes += 1;
  if (literals.has(node.type)) return;
  if (!isKind(node, "SubExpression")) {
    checkPath(node, check);
    return;
  }
  if (depth > deepestExpressions) {
    report(check, node, `Parentheses may stand within each other ${deepestExpressions} deep.`);
    return;
  }
  checkCall(node, depth + 1, check);
}

function checkPath(node: hbs.AST.Node, check: Check): void {
  if (!isKind(node, "PathExpression")) {
    report(check, node, "A value has a name: what stands for itself needs no braces.");
    return;
  }
  const forbidden = node.parts.find((part) => forbiddenNames.has(part) || part.startsWith("__"));
  if (forbidden !== undefined) report(check, node, `${quote(forbidden)} is not a name that leads anywhere here.`);
  else if (node.data && !dataVariables.includes(node.parts[0] ?? "")) {
    const names = dataVariables.map((name) => `@${name}`).join(", ");
    report(check, node, `${quote(node.original)} is not known here. Known are ${names}.`);
  }
}

function hasPairs(hash: hbs.AST.Hash | undefined): boolean {
  return (hash?.pairs.length ?? 0) > 0;
}

function checkPairs(hash: hbs.AST.Hash | undefined, isKnown: (key: string) => boolean, check: Check): void {
  for (const { key, value, loc } of hash?.pairs ?? []) {
    if (!isKnown(key)) check.errors.push({ line: loc.start.line, message: `${quote(key)}= is not known here.` });
    checkExpression(value, 1, check);
  }
}

function shown(node: hbs.AST.Node): string {
  return isKind(node, "PathExpression") ? quote(node.original) : "A value";
}

function known(helpers: Readonly<Record<string, unknown>>): string {
  return Object.keys(helpers).join(", ");
}

function takes({ params }: HelperRule, count: number): boolean {
  return typeof params === "number" ? count === params : count >= params.from && count <= params.to;
}

function countValues(count: HelperRule["params"]): string {
  if (typeof count !== "number") return `${count.from} to ${count.to} values`;
  return count === 0 ? "no value" : count === 1 ? "one value" : `${count} values`;
}
