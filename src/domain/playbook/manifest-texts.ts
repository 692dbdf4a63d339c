import { formatPath } from "../config/configuration-error.ts";
import type { Manifest } from "./manifest-schema.ts";

/** A text of the manifest that may be a template, with where it stands. */
export interface ManifestText {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Every text of the manifest that may be a template, in the order in which they are rendered. */
export function manifestTexts({ derived, repository, issues }: Manifest): readonly ManifestText[] {
  const { description, homepage, topics, labels, milestones, teams, properties } = repository;
  return [
    ...Object.entries(derived).map(([name, text]) => at(["derived", name], text)),
    ...at1(["repository", "description"], description),
    ...at1(["repository", "homepage"], homepage),
    ...topics.map((text, index) => at(["repository", "topics", index], text)),
    ...labels.map(({ name }, index) => at(["repository", "labels", index, "name"], name)),
    ...milestones.flatMap(({ title, description: text }, index) => [
      at(["repository", "milestones", index, "title"], title),
      ...at1(["repository", "milestones", index, "description"], text),
    ]),
    ...teams.map(({ team }, index) => at(["repository", "teams", index, "team"], team)),
    ...Object.entries(properties).map(([name, text]) => at(["repository", "properties", name], text)),
    ...issues.flatMap(({ title, labels: names, milestone, assignees }, index) => [
      at(["issues", index, "title"], title),
      ...names.map((text, place) => at(["issues", index, "labels", place], text)),
      ...at1(["issues", index, "milestone"], milestone),
      ...assignees.map((text, place) => at(["issues", index, "assignees", place], text)),
    ]),
  ];
}

/** What a text of the manifest is found by. */
export function textKey(path: readonly PropertyKey[]): string {
  return formatPath(path);
}

function at(path: readonly PropertyKey[], text: string): ManifestText {
  return { path, text };
}

function at1(path: readonly PropertyKey[], text: string | undefined): readonly ManifestText[] {
  return text === undefined ? [] : [at(path, text)];
}
