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

/** The moment that an error asks to wait for, alone or among others in one; the latest of several, null for none. */
export function postponedUntil(error: unknown): Date | null {
  if (error instanceof PostponeUntil) return error.moment;
  if (!(error instanceof AggregateError)) return null;
  const moments = error.errors.map(postponedUntil).filter((moment) => moment !== null);
  return moments.toSorted((one, other) => other.getTime() - one.getTime())[0] ?? null;
}
