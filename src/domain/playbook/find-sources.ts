import { matchesPath } from "../config/matches-path.ts";
import { decodeText } from "./check-files.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { FileSource, PlaybookError, PlaybookFile, TextSource } from "./playbook.ts";
import type { PlaybookScope } from "./playbook-scope.ts";
import { freeText, shapeOf } from "./shape.ts";

/** What systems leave behind in folders. */
const leftBehind = ["**/.DS_Store", "**/Thumbs.db", "**/*~"];
const folder = "files/";
export const templateEnding = ".hbs";

interface Found {
  readonly files: readonly FileSource[];
  readonly errors: readonly PlaybookError[];
  /** Rules that are about no file, by their places. */
  readonly idle: readonly number[];
}

/** The files to be made, with what the rules say of each. */
export function findSources(files: readonly PlaybookFile[], manifest: Manifest, scope: PlaybookScope): Found {
  const errors: PlaybookError[] = [];
  const idle = new Set(manifest.files.keys());
  const sources = files
    .filter(({ path }) => path.startsWith(folder) && !matchesPath([...leftBehind, ...manifest.ignore], path))
    .flatMap((file) => {
      const rules = manifest.files.filter(({ path: glob }, index) => {
        const matches = matchesPath([glob], file.path);
        if (matches) idle.delete(index);
        return matches;
      });
      const loops = rules.flatMap(({ each, as }) => (each === undefined || as === undefined ? [] : [{ each, as }]));
      if (loops.length > 1) {
        errors.push({
          path: file.path,
          line: null,
          message: "Two rules make this file once for each entry: keep one.",
        });
      }
      const loop = loops[0] ?? null;
      const source = readSource(file, loop, { manifest, scope, errors });
      if (source === null) return [];
      const isExecutable = rules.findLast(({ executable }) => executable !== undefined)?.executable;
      return [
        {
          ...source,
          isExecutable: isExecutable ?? file.mode === "100755",
          conditions: rules.flatMap(({ when }) => (when === undefined ? [] : [when])),
          loop,
        },
      ];
    });
  return { files: sources, errors, idle: Array.from(idle) };
}

function readSource(
  { path, bytes }: PlaybookFile,
  loop: FileSource["loop"],
  { manifest, scope, errors }: { manifest: Manifest; scope: PlaybookScope; errors: PlaybookError[] },
): Pick<FileSource, "source" | "names" | "content"> | null {
  const isTemplate = path.endsWith(templateEnding);
  const target = path.slice(folder.length, isTemplate ? -templateEnding.length : undefined);
  if (target === "" || target.endsWith("/")) {
    errors.push({ path, line: null, message: "Without its .hbs, no name is left of this file." });
    return null;
  }
  const list = loop === null ? undefined : manifest.inputs[loop.each];
  const entry = list === undefined ? freeText : shapeOf(list);
  const more = loop === null ? new Map() : new Map([[loop.as, entry.kind === "list" ? entry.entry : entry]]);
  const names = target.split("/").map((name): TextSource => {
    if (!name.includes("{{")) return name;
    return scope.check({ path, text: name, mustQuote: false, more }) ?? name;
  });
  if (loop !== null) scope.used.add(loop.each);
  if (!isTemplate) return { source: path, names, content: bytes };
  const text = decodeText(bytes);
  if (text === null) {
    errors.push({
      path,
      line: null,
      message: "A template has to be a text in UTF-8: take the .hbs away to have it copied.",
    });
    return null;
  }
  const content = scope.check({ path, text, mustQuote: true, more });
  return content === null ? null : { source: path, names, content };
}
