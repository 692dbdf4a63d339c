/** Thrown where a run cannot go on, whoever tries: its message is the cause, as a sentence for people. */
export class RunStopped extends Error {
  override readonly name = "RunStopped";
}
