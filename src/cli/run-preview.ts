import { once } from "node:events";
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { UserError } from "../domain/errors.ts";
import { nearest } from "../domain/nearest.ts";
import { loadTemplate, readTemplate } from "../render/load-template.ts";
import { type OwnTemplate, readOwnTemplate } from "./own-template.ts";
import { ourTemplates, type PreviewSubject, previewSubjects, type SubjectName } from "./preview-subjects.ts";
import type { Terminal } from "./terminal.ts";
import { useOwnTemplate } from "./use-own-template.ts";

/** What the command `preview` was asked for, checked. */
export interface PreviewRequest {
  /** The name of one of ours, or the path of a file. */
  readonly template: string;
  /** Where a path begins. */
  readonly directory: string;
  /** The file of data; null for the sample. */
  readonly data: string | null;
  /** How many people the sample has at least; null where it is as it is. */
  readonly people: number | null;
  /** What a file is a template for; null where its name tells. */
  readonly subject: SubjectName | null;
}

/** Prints what a template makes. Throws a UserError with file, line and cause where it is broken. */
export async function runPreview(request: PreviewRequest, { stdout }: Pick<Terminal, "stdout">): Promise<void> {
  if (request.data !== null && request.people !== null) {
    throw new UserError("--people is for the sample: leave it or --data away", { misuse: true });
  }
  const text = await preview(request);
  if (!stdout.write(text)) await once(stdout, "drain");
}

async function preview({ template, directory, data, people, subject }: PreviewRequest): Promise<string> {
  const name = template.replace(/\.md\.hbs$/, "");
  const ours = existsSync(resolve(directory, template)) ? undefined : ourTemplates.get(name);
  if (ours !== undefined && subject !== null && subject !== ours) {
    throw new UserError(`${name} is for the ${ours}: leave --for ${subject} away`, { misuse: true });
  }
  const about = previewSubjects[ours ?? subject ?? subjectOf(template)];
  const path = resolve(directory, template);
  if (ours === undefined) requireFile(path, template);
  const drafts = data === null ? about.sample(people ?? 0) : await about.read(data);
  if (ours === undefined) return previewOwn(await readOwnTemplate(path), about, drafts);
  const file = `${name}.md.hbs`;
  // Data that nobody checked shows by line where it does not fit, as a stranger's template does.
  if (data !== null && ours !== "release") {
    return previewOwn({ path: `templates/${file}`, text: await readTemplate(file) }, about, drafts);
  }
  const render = await loadTemplate(file, about.partials);
  return fitFirst({ about, drafts, name, render: async (draft) => render(draft) });
}

function previewOwn(template: OwnTemplate, about: PreviewSubject, drafts: Iterable<object>): Promise<string> {
  return useOwnTemplate(template, about.partials, (render) => fitFirst({ about, drafts, name: template.path, render }));
}

async function fitFirst({
  about,
  drafts,
  name,
  render,
}: {
  readonly about: PreviewSubject;
  readonly drafts: Iterable<object>;
  readonly name: string;
  readonly render: (draft: object) => Promise<string>;
}): Promise<string> {
  for (const draft of drafts) {
    const text = about.fit(await render(draft));
    if (text !== null) return text;
  }
  throw new UserError(`${name} makes a longer text than GitHub takes there, however little it tells`);
}

function subjectOf(template: string): SubjectName {
  const subjects: Readonly<Record<string, SubjectName>> = {
    "credit.md.hbs": "comment",
    "credit-check.md.hbs": "check",
  };
  return subjects[basename(template)] ?? "release";
}

function requireFile(path: string, template: string): void {
  if (existsSync(path)) return;
  const known = [...ourTemplates.keys()];
  const meant = nearest(template, known);
  const question = meant === null ? "" : ` Did you mean ${meant}?`;
  throw new UserError(`'${template}' is neither a file nor one of ${known.join(", ")}.${question}`);
}
