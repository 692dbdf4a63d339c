import { oneLine } from "../one-line.ts";

/** One thing that is wrong in a configuration file. */
export interface ConfigurationError {
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  /** Which setting, as in `credit.paths.docs[0]`; empty where it is about the file. */
  readonly path: string;
  /**
   * One line that says what, where and what to do. It may quote the file: whoever shows it escapes it for where it
   * goes, and shows it to nobody who may not read the file.
   */
  readonly message: string;
}

/** A path into the file as people write it. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${cut(String(key))}`))
    .join("");
}

/** What somebody wrote, as a piece of one line. */
export function quote(value: unknown): string {
  if (typeof value === "string") return `"${cut(value)}"`;
  if (Array.isArray(value)) return "a list";
  if (value === null || value === undefined) return "an empty value";
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "a group of settings";
}

function cut(text: string): string {
  const line = oneLine(text.slice(0, 100));
  return line.length > 60 ? `${line.slice(0, 60).toWellFormed()}…` : line;
}
