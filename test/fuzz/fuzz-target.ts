/** A door through which texts of strangers come in. */
export interface FuzzTarget {
  readonly name: string;
  /** What means something there, as people write it and as nobody should. */
  readonly pieces: readonly string[];
  /** Reads a text as the app does, and throws where anything comes of it that was not promised. */
  readonly read: (text: string) => void;
  /** So many characters are tried where it is measured whether time grows with the text alone: what the app would still read. */
  readonly longest: number;
  /** How long the longest text may take, in milliseconds, where a library's time does not grow with the text alone. */
  readonly patience?: number;
}
