/**
 * Thrown by work that has to wait for a moment somebody else names, as GitHub does with its rate limits. The job runs
 * again at that moment, and none of its tries is used up.
 */
export class PostponeUntil extends Error {
  override readonly name = "PostponeUntil";
  readonly moment: Date;

  constructor(moment: Date, reason: string) {
    super(`${reason}: postponed until ${moment.toISOString()}`);
    this.moment = moment;
  }
}
