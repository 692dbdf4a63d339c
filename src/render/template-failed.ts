/** A template could not be rendered: its message is one line for whoever wrote it. */
export class TemplateFailed extends Error {
  override readonly name = "TemplateFailed";
  /** Counts from 1; null where it is about no line in particular. */
  readonly line: number | null;
  /** How many more mistakes there are. */
  readonly others: number;

  constructor(message: string, line: number | null = null, others = 0) {
    super(message);
    this.line = line;
    this.others = others;
  }
}
