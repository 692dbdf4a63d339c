/** Thrown where one thing cannot be done while a run goes on: its message is the reason, in a few words for people. */
export class LeftOut extends Error {
  override readonly name = "LeftOut";
}
