/** One thing that a run does to GitHub, as its journal knows it. */
export interface JournalEntry {
  /** In a few words, the same whenever it is tried: `repository`, `label type:bug`. */
  readonly effect: string;
  /** `begun` may have been done, so that it is looked for; `missing` could not be done and is tried again when asked. */
  readonly state: "begun" | "done" | "missing";
  /** What came of it, as ids and addresses. */
  readonly result: Readonly<Record<string, string | number>>;
  /** Why it is missing, for people; null for any other state. */
  readonly cause: string | null;
}

/** The entries of a run by their effects. */
export type Journal = ReadonlyMap<string, JournalEntry>;
