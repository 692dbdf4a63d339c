import type { CheckedTemplate } from "../template/check-template.ts";
import type { Condition } from "./condition.ts";
import type { Manifest } from "./manifest-schema.ts";

/** A file of a playbook's folder, as git has it. */
export interface PlaybookFile {
  /** From the playbook's folder, with `/`. */
  readonly path: string;
  /** Git's: 100644, 100755, 120000 for a link, 160000 for a submodule. */
  readonly mode: string;
  readonly bytes: Uint8Array;
}

/** One thing that is wrong with a playbook, for whoever wrote it. */
export interface PlaybookError {
  /** Of the file, from the playbook's folder. */
  readonly path: string;
  /** Counts from 1; null where it is about no line in particular. */
  readonly line: number | null;
  /** One line that says what is wrong and what to do. It may quote the file. */
  readonly message: string;
}

/** A text that stays as it is, or one to be rendered. */
export type TextSource = string | CheckedTemplate;

/** A file to be made, once its rules' conditions hold. */
export interface FileSource {
  readonly source: string;
  /** The names of its folders and its own, without the ending of a template. */
  readonly names: readonly TextSource[];
  readonly content: Uint8Array | CheckedTemplate;
  readonly isExecutable: boolean;
  readonly conditions: readonly Condition[];
  /** It is made once for each entry of this list, which templates find at `as`. */
  readonly loop: { readonly each: string; readonly as: string } | null;
}

/** A playbook that was checked as a whole: what is in it may be rendered. */
export interface Playbook {
  readonly manifest: Manifest;
  readonly files: readonly FileSource[];
  /** The texts of the manifest's issues, in their order. */
  readonly issues: readonly (CheckedTemplate | string)[];
  /** The templates among the manifest's own texts, by where they stand: see `manifestTexts`. */
  readonly texts: ReadonlyMap<string, CheckedTemplate>;
}

export type PlaybookCheck =
  | {
      readonly ok: true;
      readonly playbook: Playbook;
      /** What is no reason to refuse it, and yet not as its author means it. */
      readonly notes: readonly PlaybookError[];
    }
  | { readonly ok: false; readonly errors: readonly PlaybookError[] };
