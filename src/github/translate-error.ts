import { z } from "zod";
import { PostponeUntil } from "../domain/postpone-until.ts";
import { InstallationSuspended, MissingPermission, NotThere, ReadOnly, statusOf } from "./errors.ts";

type Headers = Readonly<Record<string, unknown>>;

/** How long to wait where GitHub names no moment, as it asks for after a secondary limit. */
const defaultWait = 60_000;

const responseSchema = z.object({ response: z.object({ headers: z.record(z.string(), z.unknown()) }) });

/**
 * The error of ours that an Octokit error stands for; the error itself where it stands for none.
 * https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
 */
export function translateError(
  error: unknown,
  { now, installationId }: { now: Date; installationId: number },
): unknown {
  const status = statusOf(error);
  if (status === null || !(error instanceof Error)) return error;
  const headers = responseSchema.safeParse(error).data?.response.headers ?? {};
  const options = { cause: error };
  if (status === 404 || status === 410) return new NotThere(error.message, options);
  if (status !== 403 && status !== 429) return error;
  if (status === 429 || isAboutLimits(headers, error.message)) {
    return new PostponeUntil(readWait(headers, now), "GitHub's limit is reached");
  }
  if (/has been suspended/i.test(error.message)) return new InstallationSuspended(installationId, options);
  if (/not accessible by integration/i.test(error.message)) {
    return new MissingPermission(readPermissions(headers["x-accepted-github-permissions"]), options);
  }
  return /\b(archived|locked)\b/i.test(error.message) ? new ReadOnly(error.message, options) : error;
}

function isAboutLimits(headers: Headers, message: string): boolean {
  return (
    headers["retry-after"] !== undefined ||
    headers["x-ratelimit-remaining"] === "0" ||
    /rate limit|abuse detection/i.test(message)
  );
}

/** The moment from which on GitHub listens again. */
export function readWait(headers: Headers, now: Date): Date {
  const seconds = Number(headers["retry-after"] ?? Number.NaN);
  if (Number.isFinite(seconds)) return new Date(now.getTime() + seconds * 1000);
  const reset = Number(headers["x-ratelimit-reset"] ?? Number.NaN);
  // A second later, as GitHub's clock and ours are not the same.
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) return new Date((reset + 1) * 1000);
  return new Date(now.getTime() + defaultWait);
}

/** Reads `issues=write; pull_requests=write`: any of the parts would do, and each may name several. */
function readPermissions(header: unknown): string[] {
  if (typeof header !== "string" || header.trim() === "") return [];
  const parts = header.split(";").map((part) => part.trim().replaceAll("=", ": ").replaceAll(",", " and "));
  return [parts.join(" or ")];
}
