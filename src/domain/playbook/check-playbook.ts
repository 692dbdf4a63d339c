import type { Place } from "../config/read-by-schema.ts";
import type { CheckedTemplate } from "../template/check-template.ts";
import { checkFiles, decodeText } from "./check-files.ts";
import { pathClashes } from "./check-path.ts";
import type { Condition } from "./condition.ts";
import { findSources, templateEnding } from "./find-sources.ts";
import type { Manifest } from "./manifest-schema.ts";
import { manifestTexts, textKey } from "./manifest-texts.ts";
import type { FileSource, Playbook, PlaybookCheck, PlaybookError, PlaybookFile } from "./playbook.ts";
import { createPlaybookScope, type PlaybookScope } from "./playbook-scope.ts";
import { readManifest } from "./read-manifest.ts";

const manifestPath = "playbook.yml";
/** GitHub takes no longer text of an issue. */
const longestIssue = 65_536;

/**
 * Checks a whole playbook: its manifest, the names of its files, every template and every name in one. Returns what may be
 * rendered, or everything that is wrong. Never throws, whatever is in the files.
 */
export function checkPlaybook(files: readonly PlaybookFile[]): PlaybookCheck {
  const broken = checkFiles(files);
  if (broken.length > 0) return { ok: false, errors: broken };
  const manifestFile = files.find(({ path }) => path === manifestPath);
  if (manifestFile === undefined) return refuse(`There is no ${manifestPath}: each playbook has one.`);
  const text = decodeText(manifestFile.bytes);
  if (text === null) return refuse("This is no text in UTF-8.");
  const reading = readManifest(text);
  if (!reading.ok) {
    return { ok: false, errors: reading.errors.map(({ line, message }) => ({ path: manifestPath, line, message })) };
  }
  const { value: manifest, placeOf } = reading;
  const scope = createPlaybookScope(manifest);
  const texts = checkTexts(manifest, scope, placeOf);
  const found = findSources(files, manifest, scope);
  const issues = readIssues(files, { manifest, scope, placeOf });
  const errors = [...scope.errors, ...found.errors, ...issues.errors];
  if (errors.length > 0) return { ok: false, errors };
  const playbook = { manifest, files: found.files, issues: issues.texts, texts };
  const idle = found.idle.map((index) =>
    noted(placeOf(["files", index]), "This rule is about no file of the playbook."),
  );
  return {
    ok: true,
    playbook,
    notes: [...idle, ...noteManifest(playbook, scope, placeOf), ...noteClashes(found.files)],
  };
}

function refuse(message: string): PlaybookCheck {
  return { ok: false, errors: [{ path: manifestPath, line: null, message }] };
}

type PlaceOf = (path: readonly PropertyKey[]) => Place;

function checkTexts(manifest: Manifest, scope: PlaybookScope, placeOf: PlaceOf): ReadonlyMap<string, CheckedTemplate> {
  const templates = new Map<string, CheckedTemplate>();
  for (const { path, text } of manifestTexts(manifest)) {
    const source = { path: manifestPath, text, line: placeOf(path).line, mustQuote: false };
    const isDerived = path[0] === "derived";
    if (!isDerived && !text.includes("{{")) continue;
    const template = isDerived ? scope.derive(String(path[1]), source) : scope.check(source);
    if (template !== null) templates.set(textKey(path), template);
  }
  return templates;
}

function readIssues(
  files: readonly PlaybookFile[],
  { manifest, scope, placeOf }: { manifest: Manifest; scope: PlaybookScope; placeOf: PlaceOf },
): { readonly texts: readonly (CheckedTemplate | string)[]; readonly errors: readonly PlaybookError[] } {
  const errors: PlaybookError[] = [];
  const texts = manifest.issues.map(({ template: path }, index) => {
    const file = files.find((other) => other.path === path);
    const text = file === undefined ? null : decodeText(file.bytes);
    if (text === null) {
      const what = file === undefined ? "is no file of the playbook" : "is no text in UTF-8";
      const { line } = placeOf(["issues", index, "template"]);
      errors.push({ path: manifestPath, line, message: `issues[${index}].template ${what}.` });
      return "";
    }
    if (path.endsWith(templateEnding)) return scope.check({ path, text, mustQuote: true }) ?? "";
    if (text.length > longestIssue)
      errors.push({ path, line: null, message: `An issue may have ${longestIssue} characters.` });
    return text;
  });
  return { texts, errors };
}

function noteManifest(
  { manifest }: Pick<Playbook, "manifest">,
  { used }: PlaybookScope,
  placeOf: PlaceOf,
): readonly PlaybookError[] {
  const inConditions = new Set(allConditions(manifest).flatMap(inputsOf));
  // The repository's name and title are made of these, without any template.
  const unused = Object.keys(manifest.inputs).filter(
    (name) => !used.has(name) && !inConditions.has(name) && name !== "name" && name !== "title",
  );
  return [
    ...unused.map((name) => noted(placeOf(["inputs", name]), `inputs.${name} is asked for and used nowhere.`)),
    ...manifest.authors.flatMap((author, index) =>
      "login" in author && author.id === undefined
        ? [
            noted(
              placeOf(["authors", index]),
              `${author.login} has no id, without which nobody gets credit: gh api users/${author.login} shows it.`,
            ),
          ]
        : [],
    ),
  ];
}

function allConditions({ inputs, files, issues, repository }: Manifest): readonly (Condition | undefined)[] {
  const { labels, milestones, teams, protection } = repository;
  const conditional = [...Object.values(inputs), ...files, ...issues, ...labels, ...milestones, ...teams];
  return [...conditional.map(({ when }) => when), protection?.when];
}

function inputsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return [];
  const { input, all = [], any = [], not } = condition;
  return [...(input === undefined ? [] : [input]), ...[...all, ...any, not].flatMap(inputsOf)];
}

/** Files that are always made and cannot stand beside each other; of others only an answer tells. */
function noteClashes(files: readonly FileSource[]): readonly PlaybookError[] {
  const always = files.flatMap(({ source, names, conditions }) => {
    const plain = names.filter((name) => typeof name === "string");
    return conditions.length === 0 && plain.length === names.length ? [{ source, path: plain.join("/") }] : [];
  });
  return pathClashes(always.map(({ path }) => path)).map(({ index, message }) => ({
    path: always[index]?.source ?? "",
    line: null,
    message,
  }));
}

function noted({ line }: Place, message: string): PlaybookError {
  return { path: manifestPath, line, message };
}
