import { isGiven } from "./condition.ts";
import { describeAuthors } from "./describe-authors.ts";
import { describeInput } from "./describe-input.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { Playbook } from "./playbook.ts";
import type { PlaybookShown } from "./playbook-reply.ts";

/** Puts into words what a playbook asks for and makes, and who made it; `web` is where profiles are. */
export function showPlaybook(
  { manifest, files, issues }: Playbook,
  { web, use }: { readonly web: string; readonly use: PlaybookShown["use"] },
): PlaybookShown {
  const { name, title, description, version, lifecycle, license, inputs, repository } = manifest;
  return {
    name,
    title,
    description,
    version,
    lifecycle,
    license,
    visibility: repository.visibility,
    inputs: Object.entries(inputs).map(([input, rules]) => {
      return { name: input, help: rules.help ?? "", takes: describeInput(rules) };
    }),
    counts: {
      files: files.length,
      labels: repository.labels.length,
      milestones: repository.milestones.length,
      issues: issues.length,
    },
    authors: describeAuthors(manifest, web),
    use,
    example: exampleOf(manifest),
  };
}

function exampleOf({ name, inputs }: Manifest): string {
  const needed = Object.entries(inputs).flatMap(([input, rules]) => {
    const preset = "default" in rules ? (rules.default ?? null) : null;
    return rules.required && rules.when === undefined && !isGiven(preset) ? [`${input}=…`] : [];
  });
  return `/playbook use ${name} ${needed.join(" ")}`.trimEnd();
}
