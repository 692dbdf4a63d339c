/**
 * A mistake or a state that the person in front of the screen can do something about: its message is the whole
 * answer, one line that says what is wrong, where, and what to do. Any other error is a bug of ours.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  /** True when the command itself was put wrongly, false when it was well put and could not be carried out. */
  readonly misuse: boolean;

  constructor(message: string, options: { misuse?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.misuse = options.misuse ?? false;
  }
}
