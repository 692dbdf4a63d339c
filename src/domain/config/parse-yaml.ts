import {
  CST,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  Lexer,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { quote } from "./configuration-error.ts";

/** Something wrong with the text, at an offset in it. */
interface YamlProblem {
  readonly offset: number;
  readonly message: string;
}

/** A file's values, and where each of them stands. */
export interface ParsedYaml {
  readonly value: unknown;
  /** What the file has that we do not take, though its values can be read. */
  readonly problems: readonly YamlProblem[];
  /** Where a value stands; for `key` the key of the last step. The nearest there is, where that one is not there. */
  readonly find: (path: readonly PropertyKey[], part: "key" | "value") => number;
}

export type YamlReading = { ok: true; yaml: ParsedYaml } | { ok: false; problems: readonly YamlProblem[] };

const limits = { bytes: 64 * 1024, depth: 20, aliases: 10 };
const tooDeep = `This is nested more than ${limits.depth} levels deep: no setting needs that`;

/**
 * Reads a small YAML file that a stranger may have written. Nothing that YAML can do beyond plain values is taken:
 * tags, merge keys, directives, more than a few aliases, repeated keys. It never throws, and takes a time that is in
 * proportion to the text.
 */
export function parseYaml(text: string): YamlReading {
  const refusal = refuseText(text);
  if (refusal !== null) return { ok: false, problems: [refusal] };
  try {
    return readDocument(text);
  } catch (error) {
    return { ok: false, problems: [{ offset: 0, message: unreadable(error instanceof Error ? error.message : "") }] };
  }
}

function readDocument(text: string): YamlReading {
  // Our own look for repeated keys takes linear time; the library's does not.
  const document = parseDocument(text, {
    schema: "core",
    merge: false,
    stringKeys: true,
    uniqueKeys: false,
    prettyErrors: false,
    // "silent" would also hide that there is a second document.
    logLevel: "error",
  });
  const broken = [...document.errors, ...document.warnings].filter(({ code }) => code !== "TAG_RESOLVE_FAILED");
  if (broken.length > 0) {
    return {
      ok: false,
      problems: broken.map(({ pos, code, message }) => ({ offset: pos[0], message: explain(code, message) })),
    };
  }
  const problems = inspect(document);
  const fatal = problems.filter(({ isFatal }) => isFatal);
  if (fatal.length > 0) return { ok: false, problems: fatal };
  const value: unknown = document.toJS({ maxAliasCount: limits.aliases });
  return { ok: true, yaml: { value, problems, find: (path, part) => find(document, path, part) } };
}

/** What must not even reach the parser: nested deep enough, it takes minutes for a few kilobytes (yaml 2.9). */
function refuseText(text: string): YamlProblem | null {
  if (text.length > limits.bytes || new TextEncoder().encode(text).length > limits.bytes) {
    return { offset: 0, message: "The file is larger than 64 kB: shorten it" };
  }
  const control = text.search(/[^\P{Cc}\t\n\r\u0085]|\p{Cs}/u);
  if (control >= 0) return { offset: control, message: "An invisible control character stands here: remove it" };
  let offset = 0;
  let open = 0;
  let onLine = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === "newline") onLine = 0;
    if (type === "seq-item-ind" || type === "map-value-ind") onLine++;
    if (type === "flow-map-start" || type === "flow-seq-start") open++;
    if (type === "flow-map-end" || type === "flow-seq-end") open--;
    if (type === "explicit-key-ind")
      return { offset, message: 'A key that starts with "?" is not known here: write "key: value"' };
    if (type === "directive-line")
      return { offset, message: 'A line that starts with "%" is not known here: remove it' };
    if (open > limits.depth || (open === 0 && onLine > limits.depth)) return { offset, message: tooDeep };
    // The lexer adds marks of its own, which are not in the text.
    if (!libraryMarks.has(token)) offset += token.length;
  }
  return null;
}

const libraryMarks = new Set<string>([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

function inspect(document: Document): readonly (YamlProblem & { isFatal: boolean })[] {
  const problems: (YamlProblem & { isFatal: boolean })[] = [];
  const note = (node: unknown, message: string, isFatal = false) => {
    problems.push({ offset: startOf(node), message, isFatal });
  };
  let aliases = 0;
  visit(document, {
    Alias(_, alias) {
      if (++aliases > limits.aliases) {
        note(alias, `More than ${limits.aliases} aliases (*) are not taken: write the values out`, true);
        return visit.BREAK;
      }
      if (alias.resolve(document) === undefined) {
        note(alias, `No anchor above is named ${quote(alias.source)}: write the value out`, true);
      }
      return undefined;
    },
    Value(_, value, ancestors) {
      if (value.tag !== undefined) note(value, "A tag (! or !!) is not known here: remove it");
      if (isMap(value)) for (const { key, message } of keyProblems(value)) note(key, message);
      if (!isCollection(value) || ancestors.filter(isCollection).length < limits.depth) return undefined;
      note(value, tooDeep, true);
      return visit.BREAK;
    },
  });
  return problems;
}

function keyProblems({ items }: YAMLMap): readonly { key: unknown; message: string }[] {
  const seen = new Set<unknown>();
  return items.flatMap(({ key }) => {
    const name: unknown = isScalar(key) ? key.value : null;
    if (name === "<<") return [{ key, message: 'A merge key ("<<") is not known here: write the settings out' }];
    if (name === "__proto__") return [{ key, message: '"__proto__" is not a name that is known here: remove it' }];
    if (seen.has(name)) return [{ key, message: `${quote(name)} stands here a second time: keep one of them` }];
    seen.add(name);
    return [];
  });
}

function find(document: Document, path: readonly PropertyKey[], part: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, step] of path.entries()) {
    const collection: unknown = isAlias(node) ? node.resolve(document) : node;
    if (isMap(collection)) {
      // Of a key that is there twice the last one counts.
      const pair = collection.items.findLast(({ key }) => isScalar(key) && key.value === String(step));
      if (pair === undefined) return offset;
      node = pair.value;
      const wantsKey = part === "key" && index === path.length - 1;
      offset = startOf(wantsKey || !isWritten(node) ? pair.key : node);
    } else if (isCollection(collection)) {
      node = collection.items[Number(step)];
      offset = isNode(node) ? startOf(node) : offset;
    } else return offset;
  }
  return offset;
}

/** A value that was left empty has no place of its own. */
function isWritten(node: unknown): node is Node {
  return isNode(node) && !(isScalar(node) && node.source === "");
}

function startOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function explain(code: string, message: string): string {
  if (code === "TAB_AS_INDENT") return "A tab stands where only spaces may: use spaces";
  if (code === "MULTIPLE_DOCS") return 'A second document starts here: keep one, without a line of "---" between';
  if (code === "NON_STRING_KEY") return 'A key has to be a plain text, as in "key: value"';
  return unreadable(message);
}

function unreadable(message: string): string {
  const [reason = ""] = message.split("\n");
  return `This cannot be read as YAML (${quote(reason).slice(1, -1)}): look at indentation, quotes, brackets and colons here`;
}
