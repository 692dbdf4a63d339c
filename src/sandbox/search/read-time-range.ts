/** From a moment on, and up to another which is not in it, in milliseconds. */
export interface TimeRange {
  readonly from: number;
  readonly until: number;
}

const day = 24 * 60 * 60 * 1000;
const second = 1000;

/**
 * Reads when something is to have happened: `2026-01-31`, `>=2026-01-31T12:00:00Z`, `<2026-02-01`, `2026-01-01..2026-01-31`,
 * and `*` for an open end. A day is the whole day, in UTC where no other clock is given; a moment is its whole second.
 * Gives null for what is no time.
 * https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax#query-for-dates
 */
export function readTimeRange(text: string): TimeRange | null {
  const [, sign = "", rest = ""] = /^(>=|<=|>|<)?(.*)$/s.exec(text) ?? [];
  const ends = rest.split("..");
  if (ends.length > 2 || (sign !== "" && ends.length === 2)) return null;
  const [first, last = first] = ends.map(readMoment);
  if (!first || !last) return null;
  switch (sign) {
    case ">":
      return { from: first.until, until: Infinity };
    case ">=":
      return { from: first.from, until: Infinity };
    case "<":
      return { from: -Infinity, until: first.from };
    case "<=":
      return { from: -Infinity, until: first.until };
    default:
      return { from: first.from, until: last.until };
  }
}

const moment = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

function readMoment(text: string): TimeRange | null {
  if (text === "*") return { from: -Infinity, until: Infinity };
  const [, time] = moment.exec(text) ?? [];
  const isDay = time === undefined;
  const from = moment.test(text) ? Date.parse(isDay || /Z|[+-]\d\d:?\d\d$/.test(time) ? text : `${text}Z`) : Number.NaN;
  return Number.isNaN(from) ? null : { from, until: from + (isDay ? day : second) };
}

/** Whether a moment is in a range; GitHub keeps whole seconds. */
export function isWithin(date: Date | null, { from, until }: TimeRange): boolean {
  if (date === null) return false;
  const at = Math.floor(date.getTime() / second) * second;
  return at >= from && at < until;
}
