/** GitHub's limits, per caller. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export interface Limits {
  /** Requests per hour, of GraphQL the points that its queries cost. */
  readonly perHour: number;
  /** The same, for everybody together who is not signed in. */
  readonly anonymousPerHour: number;
  /** Points per minute: reading costs one, writing five. */
  readonly restPointsPerMinute: number;
  readonly graphqlPointsPerMinute: number;
  /** Requests that create content. */
  readonly createdPerMinute: number;
  readonly createdPerHour: number;
  /** Searches of REST's, which have a count of their own. */
  readonly searchesPerMinute: number;
  readonly anonymousSearchesPerMinute: number;
  readonly atOnce: number;
}

export const gitHubLimits: Limits = {
  perHour: 5000,
  anonymousPerHour: 60,
  restPointsPerMinute: 900,
  graphqlPointsPerMinute: 2000,
  createdPerMinute: 80,
  createdPerHour: 500,
  searchesPerMinute: 30,
  anonymousSearchesPerMinute: 10,
  atOnce: 100,
};

/** What is counted for itself, by the names that GitHub has for it. */
export type Resource = "core" | "graphql" | "search";

/** A request as limits see it. */
export interface LimitedRequest {
  /** Who is counted: an installation, a person, an app, or everybody who is not signed in. */
  readonly key: string;
  /** As refusals name them: "installation ID 100023", "user ID 100002". */
  readonly name: string;
  readonly resource: Resource;
  readonly writes: boolean;
  readonly creates: boolean;
}

export interface LimitRefusal {
  readonly status: 403 | 429;
  readonly message: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Of everybody who is not signed in. */
export const anonymousKey = "anonymous";

export interface RateStatus {
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

export interface Limiter {
  /** Counts a request, or refuses it. Whoever is let in calls `leave` when the request is answered. */
  readonly enter: (request: LimitedRequest) => LimitRefusal | null;
  readonly leave: (request: LimitedRequest) => void;
  readonly status: (key: string, resource: Resource) => RateStatus;
  /** Counts what a query of GraphQL costs, and tells what is left. */
  readonly spend: (key: string, points: number) => RateStatus;
  /** Null lets everything in, and still counts. */
  readonly setLimits: (limits: Limits | null) => void;
  readonly limits: () => Limits | null;
}

const minute = 60_000;
const hour = 60 * minute;
/** How long each window is. */
const lengths = { core: hour, graphql: hour, search: minute } as const;
const documentation = "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api";

/** Counts what each caller does. Windows begin with their first request, as GitHub's do. */
export function createLimiter(clock: () => Date): Limiter {
  let limits: Limits | null = null;
  const windows = new Map<string, { until: number; count: number }>();
  const running = new Map<string, number>();

  function windowOf(name: string, length: number): { until: number; count: number } {
    const now = clock().getTime();
    const known = windows.get(name);
    if (known !== undefined && known.until > now) return known;
    const fresh = { until: now + length, count: 0 };
    windows.set(name, fresh);
    return fresh;
  }

  function status(key: string, resource: Resource): RateStatus {
    const { count, until } = windowOf(`${key} ${resource} used`, lengths[resource]);
    const limit = limitOf(key, resource);
    const used = Math.min(limit, count);
    return { limit, used, remaining: limit - used, reset: Math.ceil(until / 1000) };
  }

  function limitOf(key: string, resource: Resource): number {
    const all = limits ?? gitHubLimits;
    const isAnonymous = key === anonymousKey;
    if (resource === "search") return isAnonymous ? all.anonymousSearchesPerMinute : all.searchesPerMinute;
    return isAnonymous ? all.anonymousPerHour : all.perHour;
  }

  function spend(key: string, points: number): RateStatus {
    windowOf(`${key} graphql used`, hour).count += points;
    return status(key, "graphql");
  }

  function refusalFor(request: LimitedRequest, allowed: Limits): LimitRefusal | null {
    const { key, name, resource, creates } = request;
    if (status(key, resource).remaining === 0) {
      const message = `API rate limit exceeded for ${name}.`;
      return { status: 403, message, headers: {} };
    }
    const points = windowOf(pointsWindow(request), minute);
    const allowedPoints = resource === "graphql" ? allowed.graphqlPointsPerMinute : allowed.restPointsPerMinute;
    const isBusy = (running.get(key) ?? 0) >= allowed.atOnce;
    if (isBusy || points.count + pointsOf(request) > allowedPoints)
      return secondary(isBusy ? 1 : secondsUntil(points.until), "");
    const perMinute = windowOf(`${key} created minute`, minute);
    const perHour = windowOf(`${key} created hour`, hour);
    if (!creates || (perMinute.count < allowed.createdPerMinute && perHour.count < allowed.createdPerHour)) return null;
    const until = perHour.count >= allowed.createdPerHour ? perHour.until : perMinute.until;
    return secondary(secondsUntil(until), " and have been temporarily blocked from content creation");
  }

  function secondsUntil(moment: number): number {
    return Math.max(1, Math.ceil((moment - clock().getTime()) / 1000));
  }

  return {
    enter: (request) => {
      const { key, resource, creates } = request;
      const refusal = limits === null ? null : refusalFor(request, limits);
      if (refusal !== null) return refusal;
      // What a query costs is known only when it has been read.
      if (resource !== "graphql") windowOf(`${key} ${resource} used`, lengths[resource]).count += 1;
      windowOf(pointsWindow(request), minute).count += pointsOf(request);
      running.set(key, (running.get(key) ?? 0) + 1);
      if (creates) {
        windowOf(`${key} created minute`, minute).count += 1;
        windowOf(`${key} created hour`, hour).count += 1;
      }
      return null;
    },
    leave: ({ key }) => {
      running.set(key, Math.max(0, (running.get(key) ?? 0) - 1));
    },
    status,
    spend,
    setLimits: (wanted) => {
      limits = wanted;
      windows.clear();
    },
    limits: () => limits,
  };
}

/** The answer to too much in too short a time. */
export function secondary(retryAfter: number, what: string): LimitRefusal {
  const message = `You have exceeded a secondary rate limit${what}. Please wait a few minutes before you try again. If you reach out to GitHub Support for help, please include the request ID. See ${documentation}`;
  return { status: 403, message, headers: { "retry-after": String(retryAfter) } };
}

/** The points of a minute are counted for all of REST together. */
function pointsWindow({ key, resource }: LimitedRequest): string {
  return `${key} ${resource === "graphql" ? "graphql" : "rest"} points`;
}

function pointsOf({ writes }: LimitedRequest): number {
  return writes ? 5 : 1;
}
