import { z } from "zod";
import { statusOf } from "./errors.ts";

export interface SentRequest {
  /** Null for the app as itself. */
  readonly installationId: number | null;
  readonly method: string;
  /** With the names of what it is about and not their values, as `/repos/{owner}/{repo}`; `/graphql` for queries. */
  readonly route: string;
}

/** How a request to GitHub ended. */
export interface Answered extends SentRequest {
  /** Null where no answer came. */
  readonly status: number | null;
  /** What is left of a limit; null where GitHub did not say. */
  readonly points: { readonly resource: string; readonly left: number; readonly resetAt: Date } | null;
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit */
const limitHeaders = z.object({
  "x-ratelimit-remaining": z.coerce.number().nonnegative(),
  "x-ratelimit-reset": z.coerce.number().nonnegative(),
  "x-ratelimit-resource": z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .default("core"),
});
const failureShape = z.object({ response: z.object({ headers: z.unknown() }) });

/** Sends a request, and tells how it ended. Gives and throws what sending it does. */
export async function tellAnswer<Response extends { readonly status: number; readonly headers: object }>(
  request: SentRequest,
  send: () => Response | Promise<Response>,
  tell: (answer: Answered) => void,
): Promise<Response> {
  try {
    const response = await send();
    tell({ ...request, status: response.status, points: readPoints(response.headers) });
    return response;
  } catch (error) {
    const headers = failureShape.safeParse(error).data?.response.headers;
    // Octokit gives 500 to what no answer came to.
    tell({ ...request, status: headers === undefined ? null : statusOf(error), points: readPoints(headers) });
    throw error;
  }
}

function readPoints(headers: unknown): Answered["points"] {
  const { data } = limitHeaders.safeParse(headers);
  if (data === undefined) return null;
  return {
    resource: data["x-ratelimit-resource"],
    left: data["x-ratelimit-remaining"],
    resetAt: new Date(data["x-ratelimit-reset"] * 1000),
  };
}
