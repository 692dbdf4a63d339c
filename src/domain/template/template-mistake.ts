/** What is wrong with a template of a repository's, for whoever wrote it. */
export interface TemplateMistake {
  /** Of the file, in the repository. */
  readonly path: string;
  /** Counts from 1; null where it is about no line in particular. */
  readonly line: number | null;
  readonly message: string;
}
