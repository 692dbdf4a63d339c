import { LineCounter } from "yaml";
import type { z } from "zod";
import { type ConfigurationError, formatPath } from "./configuration-error.ts";
import { type Configuration, configurationSchema } from "./configuration-schema.ts";
import { describeIssue, describeUnknown } from "./describe-issue.ts";
import { type ParsedYaml, parseYaml } from "./parse-yaml.ts";

export type ConfigurationReading =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly errors: readonly ConfigurationError[] };

/** Nobody reads more, and each takes time to describe. */
const mostErrors = 100;

interface Finding {
  readonly offset: number;
  readonly path: string;
  readonly message: string;
}

/**
 * Reads `.github/curtain-call.yml`. An empty file, group or setting is the default. Returns the whole configuration,
 * or everything that is wrong, in the order of the file
 * (of a file that is wrong all over, the first hundred). Never throws, whatever the text is.
 */
export function readConfiguration(text: string): ConfigurationReading {
  // A byte order mark is no part of the first line.
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const reading = parseYaml(plain);
  if (!reading.ok) return refuse(plain, reading.problems.map(inFile));
  const { yaml } = reading;
  const result = configurationSchema.safeParse(withoutEmpty(yaml.value), { error: describeIssue });
  const findings = [
    ...yaml.problems.map(inFile),
    ...(result.error?.issues.flatMap((issue) => explain(issue, yaml)) ?? []),
  ];
  if (result.success && findings.length === 0) return { ok: true, configuration: result.data };
  return refuse(plain, findings);
}

/** Groups and settings without a value count as not set. */
function withoutEmpty(value: unknown, level = 0): unknown {
  if (value === null) return level === 0 ? {} : undefined;
  if (level === 2 || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEmpty(inner, level + 1)]));
}

function explain(issue: z.core.$ZodIssue, yaml: ParsedYaml): readonly Finding[] {
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

function inFile({ offset, message }: { readonly offset: number; readonly message: string }): Finding {
  return { offset, path: "", message };
}

function refuse(text: string, findings: readonly Finding[]): ConfigurationReading {
  const starts = new LineCounter();
  starts.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) starts.addNewLine(index + 1);
  // One cause often shows several times on its line; the first says it.
  const byPlace = new Map<string, ConfigurationError>();
  for (const { offset, path, message } of findings.toSorted((left, right) => left.offset - right.offset)) {
    const { line, col: column } = starts.linePos(Math.min(offset, text.length));
    const place = `${line} ${path}`;
    if (!byPlace.has(place))
      byPlace.set(place, { line, column, path, message: `${message.replace(/\.$/, "")}.`.replace("?.", "?") });
  }
  return { ok: false, errors: Array.from(byPlace.values()).slice(0, mostErrors) };
}
