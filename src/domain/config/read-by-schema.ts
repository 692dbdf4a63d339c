import { LineCounter } from "yaml";
import type { z } from "zod";
import { type ConfigurationError, formatPath } from "./configuration-error.ts";
import { describeIssue } from "./describe-issue.ts";
import { type ParsedYaml, parseYaml } from "./parse-yaml.ts";

/** Where the value at a path stands in its file. Both count from 1. */
export type Place = Pick<ConfigurationError, "line" | "column">;

/** Something wrong with the value at a path, or, for `key`, with the last step's key. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  readonly part?: "key" | "value";
  /** One line, to be read after the path where it does not name it: see `named`. */
  readonly message: string;
}

/** What a file has to be, and how its own mistakes are told. */
export interface FileRules<Schema extends z.ZodType> {
  readonly schema: Schema;
  /** What to say of a key that is not known within the group. */
  readonly describeUnknown: (group: readonly PropertyKey[], key: string) => string;
  /** Changes the values before they are checked: to say what an empty one is. */
  readonly prepare?: (value: unknown) => unknown;
  /** What no schema can say, of a file that the schema takes. */
  readonly judge?: (value: z.output<Schema>) => readonly Finding[];
}

export type FileReading<Value> =
  | { readonly ok: true; readonly value: Value; readonly placeOf: (path: readonly PropertyKey[]) => Place }
  | { readonly ok: false; readonly errors: readonly ConfigurationError[] };

/** Nobody reads more, and each takes time to describe. */
const mostErrors = 100;

interface Located {
  readonly offset: number;
  readonly path: string;
  readonly message: string;
}

/**
 * Reads a YAML file that a stranger may have written, by its schema. Returns the whole value, or everything that is
 * wrong, in the order of the file (of a file that is wrong all over, the first hundred). Never throws, whatever the text is.
 */
export function readBySchema<Schema extends z.ZodType>(
  text: string,
  rules: FileRules<Schema>,
): FileReading<z.output<Schema>> {
  // A byte order mark is no part of the first line.
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const reading = parseYaml(plain);
  const locate = createLocator(plain);
  if (!reading.ok) return refuse(reading.problems.map(inFile), locate);
  const { yaml } = reading;
  const result = rules.schema.safeParse((rules.prepare ?? asItIs)(yaml.value), { error: describeIssue });
  const problems = yaml.problems.map(inFile);
  if (!result.success) {
    const issues = result.error.issues.flatMap((issue) => explain(issue, yaml, rules));
    return refuse([...problems, ...issues], locate);
  }
  const judged = (rules.judge?.(result.data) ?? []).map(({ path, part, message }) => {
    return { offset: yaml.find(path, part ?? "value"), path: formatPath(path), message };
  });
  if (problems.length + judged.length > 0) return refuse([...problems, ...judged], locate);
  return { ok: true, value: result.data, placeOf: (path) => locate(yaml.find(path, "value")) };
}

/** A message that begins with the path that it is about. */
export function named(path: readonly PropertyKey[], message: string): Finding {
  return { path, message: `${formatPath(path)} ${message}` };
}

function explain<Schema extends z.ZodType>(
  issue: z.core.$ZodIssue,
  yaml: ParsedYaml,
  { describeUnknown }: Pick<FileRules<Schema>, "describeUnknown">,
): readonly Located[] {
  if (issue.code === "unrecognized_keys") {
    return (
      issue.keys
        // The parser has said so already.
        .filter((key) => key !== "<<" && key !== "__proto__")
        .slice(0, mostErrors)
        .map((key) => {
          const path = [...issue.path, key];
          return { offset: yaml.find(path, "key"), path: formatPath(path), message: describeUnknown(issue.path, key) };
        })
    );
  }
  const path = formatPath(issue.path);
  const part = issue.code === "invalid_key" ? "key" : "value";
  return [{ offset: yaml.find(issue.path, part), path, message: `${path || "The file"} ${issue.message}` }];
}

function asItIs(value: unknown): unknown {
  return value;
}

function inFile({ offset, message }: { readonly offset: number; readonly message: string }): Located {
  return { offset, path: "", message };
}

function createLocator(text: string): (offset: number) => Place {
  const starts = new LineCounter();
  starts.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) starts.addNewLine(index + 1);
  return (offset) => {
    const { line, col: column } = starts.linePos(Math.min(offset, text.length));
    return { line, column };
  };
}

function refuse(
  findings: readonly Located[],
  locate: (offset: number) => Place,
): { readonly ok: false; readonly errors: readonly ConfigurationError[] } {
  // One cause often shows several times on its line; the first says it.
  const byPlace = new Map<string, ConfigurationError>();
  for (const { offset, path, message } of findings.toSorted((left, right) => left.offset - right.offset)) {
    const { line, column } = locate(offset);
    const place = `${line} ${path}`;
    if (!byPlace.has(place))
      byPlace.set(place, { line, column, path, message: `${message.replace(/\.$/, "")}.`.replace("?.", "?") });
  }
  return { ok: false, errors: Array.from(byPlace.values()).slice(0, mostErrors) };
}
