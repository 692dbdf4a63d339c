/** A trailer that the repository's git configuration names: `trailer.<name>.key` and its like. */
export interface ConfiguredTrailer {
  readonly name: string;
  /** What git shows in place of the written key, or null to show what was written. */
  readonly key: string | null;
}

/** What git's configuration changes in how it reads trailers. */
export interface TrailerGrammar {
  /** What a comment line starts with: `core.commentChar` or `core.commentString`. */
  readonly commentPrefix: string;
  /** The characters that may end a key: `trailer.separators`. */
  readonly separators: string;
  readonly configured: readonly ConfiguredTrailer[];
}

/** Git's own defaults. */
export const defaultTrailerGrammar: TrailerGrammar = { commentPrefix: "#", separators: ":", configured: [] };
