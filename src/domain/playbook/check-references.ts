import { quote } from "../config/configuration-error.ts";
import { nearest } from "../nearest.ts";
import type { TemplateError } from "../template/check-template.ts";
import { isKind, plainName } from "../template/node-kinds.ts";
import { playbookLanguage } from "../template/playbook-language.ts";
import { inlineRule } from "../template/template-language.ts";
import { freeText, type Shape, tameText } from "./shape.ts";

/** What is known of a checked template of a playbook's, before anything is answered. */
export interface References {
  /** Names that lead nowhere, and values that may hold anything where nothing quotes them. */
  readonly errors: readonly TemplateError[];
  /** The inputs that it looks at. */
  readonly inputs: ReadonlySet<string>;
  /** Whether its text can be nothing but tame. */
  readonly isTame: boolean;
}

interface Look {
  readonly root: Shape;
  /** Whether a value that may hold anything needs a helper, as it does in a file. */
  readonly mustQuote: boolean;
  readonly errors: TemplateError[];
  readonly inputs: Set<string>;
  isTame: boolean;
}

/** Where a piece of template stands: what `this` is, and what it was further out, and names given by `as |name|`. */
interface Scope {
  readonly contexts: readonly Shape[];
  readonly names: ReadonlyMap<string, Shape>;
}

const joining = new Set(["upper", "lower", "title", "join"]);

/** Follows every name in a template that passed its check. */
export function checkReferences(
  program: hbs.AST.Program,
  { root, mustQuote }: Pick<Look, "root" | "mustQuote">,
): References {
  const look: Look = { root, mustQuote, errors: [], inputs: new Set(), isTame: true };
  lookAt(program, { contexts: [root], names: new Map() }, look);
  return look;
}

function lookAt(program: hbs.AST.Program, scope: Scope, look: Look): void {
  for (const node of program.body) {
    if (isKind(node, "MustacheStatement")) lookAtMustache(node, scope, look);
    else if (isKind(node, "BlockStatement")) lookAtBlock(node, scope, look);
    else if (isKind(node, "ContentStatement") && !/^[\w.-]*$/.test(node.value)) look.isTame = false;
  }
}

/** Each has a helper around it: the writer, where nobody asked for one. */
function lookAtMustache(node: hbs.AST.MustacheStatement, scope: Scope, look: Look): void {
  const shapes = node.params.map((param) => shapeOfExpression(param, scope, look));
  const helper = plainName(node.path);
  if (helper !== playbookLanguage.writer) {
    if (!tameHelpers.has(helper ?? "")) look.isTame = false;
    return;
  }
  const [shape] = shapes;
  if (shape === null || shape === undefined) return;
  if (shape.kind !== "text") {
    report(
      look,
      node,
      `${shown(node.params[0])} is a ${shape.kind} of values: name one of them, or use {{#each}} or join.`,
    );
    return;
  }
  if (shape.isTame) return;
  look.isTame = false;
  if (look.mustQuote) {
    report(
      look,
      node,
      `${shown(node.params[0])} may hold anything: write it by json, yaml, sh, md, code, paragraphs or line, or make a name of it by kebab, or give its input a pattern.`,
    );
  }
}

const tameHelpers = new Set(["kebab", "snake", "camel", "pascal", "year"]);

function lookAtBlock(node: hbs.AST.BlockStatement, scope: Scope, look: Look): void {
  const [shape = null] = node.params.map((param) => shapeOfExpression(param, scope, look));
  const block = plainName(node.path);
  let inner = scope;
  if (block === "each" || block === "with") {
    const isList = shape?.kind === "list";
    if (block === "each" && shape !== null && !isList) report(look, node, `${shown(node.params[0])} is no list.`);
    const here = block === "each" ? (isList ? shape.entry : freeText) : (shape ?? freeText);
    const given = node.program?.blockParams ?? [];
    inner = {
      contexts: [here, ...scope.contexts],
      names: new Map([...scope.names, ...given.map((name, index) => [name, index === 0 ? here : tameText] as const)]),
    };
  }
  // Without a piece of template before its {{else}}, or after it, there is none, whatever the types say.
  if (node.program !== undefined && node.program !== null) lookAt(node.program, inner, look);
  if (node.inverse !== undefined && node.inverse !== null) lookAt(node.inverse, scope, look);
}

/** What an expression stands for; null where its name leads nowhere, which is told. */
function shapeOfExpression(node: hbs.AST.Expression, scope: Scope, look: Look): Shape | null {
  if (isKind(node, "PathExpression")) return shapeOfPath(node, scope, look);
  if (!isKind(node, "SubExpression")) return tameText;
  const shapes = node.params.map((param) => shapeOfExpression(param, scope, look));
  const name = plainName(node.path) ?? "";
  if (joining.has(name)) {
    const free = shapes.some(
      (shape) => shape !== null && !(shape.kind === "list" ? isTame(shape.entry) : isTame(shape)),
    );
    const separator = node.params[1];
    const isPlain =
      separator === undefined || !isKind(separator, "StringLiteral") || /^[\w., -]*$/.test(separator.value);
    return free || !isPlain ? freeText : tameText;
  }
  return inlineRule(playbookLanguage, name)?.gives === "text" && !tameHelpers.has(name) ? freeText : tameText;
}

function isTame(shape: Shape): boolean {
  return shape.kind === "text" && shape.isTame;
}

function shapeOfPath(node: hbs.AST.PathExpression, scope: Scope, look: Look): Shape | null {
  const parts = node.parts.map(String);
  const [first = ""] = parts;
  if (node.data) return first === "root" ? follow({ node, parts: parts.slice(1), from: look.root }, look) : tameText;
  const named = node.depth === 0 && !/^(?:this|\.)/.test(node.original) ? scope.names.get(first) : undefined;
  if (named !== undefined) return follow({ node, parts: parts.slice(1), from: named }, look);
  const from = scope.contexts[node.depth];
  if (from === undefined) {
    report(look, node, `${shown(node)} leads out of the template: it begins at inputs, playbook or repository.`);
    return null;
  }
  return follow({ node, parts, from }, look);
}

interface Way {
  readonly node: hbs.AST.PathExpression;
  readonly parts: readonly string[];
  readonly from: Shape;
}

function follow({ node, parts, from }: Way, look: Look): Shape | null {
  let at = from;
  const inputs = inputsOf(look.root);
  for (const part of parts) {
    if (at.kind === "list" && part === "length") return tameText;
    const next = at.kind === "group" ? at.fields.get(part) : undefined;
    if (next === undefined) {
      report(look, node, describeUnknown(node, part, at));
      return null;
    }
    if (at === inputs) look.inputs.add(part);
    at = next;
  }
  return at;
}

function inputsOf(root: Shape): Shape | undefined {
  return root.kind === "group" ? root.fields.get("inputs") : undefined;
}

const outermost = new Set(["inputs", "playbook", "repository"]);

function describeUnknown(node: hbs.AST.Node, part: string, at: Shape): string {
  if (outermost.has(part)) {
    return `${shown(node)} leads nowhere: within {{#each}} and {{#with}}, ${part} is at @root.${part}.`;
  }
  if (at.kind !== "group") return `${shown(node)} leads nowhere: ${quote(part)} is asked of a ${at.kind}.`;
  const known = Array.from(at.fields.keys());
  const meant = part.length > 60 ? null : nearest(part, known);
  const question = meant === null ? "" : ` Did you mean ${meant}?`;
  return `${shown(node)} leads nowhere: ${quote(part)} is not known.${question} Known are ${known.join(", ")}.`;
}

function report({ errors }: Look, { loc }: hbs.AST.Node, message: string): void {
  errors.push({ line: loc.start.line, message });
}

function shown(node: hbs.AST.Node | undefined): string {
  return node !== undefined && isKind(node, "PathExpression") ? quote(node.original) : "This value";
}
