import { z } from "zod";
import { PostponeUntil } from "../domain/postpone-until.ts";

/** What of the limit stays for what happens now, however long a history is. */
const shareOfLiveWork = 0.6;

const answerShape = z.object({
  rateLimit: z.object({ limit: z.number(), remaining: z.number(), resetAt: z.coerce.date() }).nullable(),
});

/**
 * Reads what an answer says about GraphQL's limit: until when work that can wait shall wait; null where there is room.
 * https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function readWaitForRoom(data: unknown): PostponeUntil | null {
  // A GitHub Enterprise Server may have no limit, and says so by null.
  const { rateLimit } = answerShape.parse(data);
  if (rateLimit === null || rateLimit.remaining >= rateLimit.limit * shareOfLiveWork) return null;
  return new PostponeUntil(rateLimit.resetAt, "most of GitHub's limit is left to what happens now");
}
