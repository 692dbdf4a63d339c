import type { Acknowledgements } from "../domain/release/acknowledge.ts";
import { acknowledgementPartials, draftAcknowledgements } from "../render/render-acknowledgements.ts";
import { creditCheckContext, splitCreditCheck } from "../render/render-credit-check.ts";
import { draftCreditComment, signCreditComment } from "../render/render-credit-comment.ts";
import { fitOwnAcknowledgements } from "../render/render-own-acknowledgements.ts";
import { readObjectData, readReleaseData } from "./read-preview-data.ts";
import { sampleCheck, sampleComment } from "./sample-comment.ts";
import { sampleRelease } from "./sample-release.ts";

/** What a template may be about. */
export interface PreviewSubject {
  /** What it may include, below templates/. */
  readonly partials: readonly string[];
  /** What to say, in full and then ever shorter, for the first whose text fits. */
  readonly sample: (people: number) => Iterable<object>;
  /** The same from a file. */
  readonly read: (path: string) => Promise<Iterable<object>>;
  /** The text as it would be shown; null where GitHub takes none so long. Throws TemplateFailed where it would not be used. */
  readonly fit: (words: string) => string | null;
}

/** GitHub takes no longer summary: https://docs.github.com/rest/checks/runs. */
const longestSummary = 65_535;
const inComments = ["credit-warning", "evidence"].map((name) => `comments/${name}.md.hbs`);

/** All that a template may be about. */
export const previewSubjects = {
  release: {
    partials: acknowledgementPartials,
    sample: (people) => draftsOf(sampleRelease(people)),
    read: async (path) => draftsOf(await readReleaseData(path)),
    fit: (words) => fitOwnAcknowledgements(words),
  },
  comment: {
    partials: inComments,
    sample: (people) => draftCreditComment(sampleComment(people)),
    read: async (path) => [await readObjectData(path)],
    fit: (words) => (signCreditComment(words) === null ? null : `${words.trim()}\n`),
  },
  check: {
    partials: inComments,
    sample: (people) => [creditCheckContext(sampleCheck(people))],
    read: async (path) => [await readObjectData(path)],
    fit: (words) => (splitCreditCheck(words).summary.length > longestSummary ? null : `${words.trim()}\n`),
  },
} as const satisfies Readonly<Record<string, PreviewSubject>>;

export type SubjectName = keyof typeof previewSubjects;

/** The templates that come with the product, and what each is about. */
export const ourTemplates: ReadonlyMap<string, SubjectName> = new Map([
  ["releases/sections", "release"],
  ["releases/flat", "release"],
  ["releases/table", "release"],
  ["comments/credit", "comment"],
  ["comments/credit-check", "check"],
]);

function draftsOf(acknowledgements: Acknowledgements): Iterable<object> {
  return draftAcknowledgements(acknowledgements);
}
