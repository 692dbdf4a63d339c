import { z } from "zod";
import { asciiLowerCase } from "../domain/ascii-lower-case.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import type { PostponeUntil } from "../domain/postpone-until.ts";
import { itemsOf } from "./answer-shapes.ts";
import type { GitHubClient } from "./github-client.ts";
import { commitAuthorsQuery } from "./history-queries.ts";
import { readWaitForRoom } from "./leave-room.ts";
import type { Place } from "./place.ts";
import { requireData } from "./require-data.ts";
import { toCommitAccount } from "./to-account.ts";

/** How many commits one query asks about. */
const most = 50;

const commitShape = z
  .object({
    authors: z.object({
      nodes: z
        .array(
          z
            .object({
              email: z.string().nullable(),
              user: z.object({ login: z.string(), databaseId: z.number().nullable() }).nullable(),
            })
            .nullable(),
        )
        .nullable(),
    }),
  })
  .nullable();
const answerShape = z.object({ repository: z.record(z.string(), commitShape) });

/**
 * The accounts that GitHub links the authors of some commits to, by their addresses in lower case; who has none is not
 * in the answer. Asks about fifty commits at a time. Throws what GitHubClient throws, NotThere and QueryFailed.
 */
export async function readCommitAccounts(
  client: Pick<GitHubClient, "query">,
  { owner, name }: Place,
  shas: readonly string[],
): Promise<{ readonly accounts: ReadonlyMap<string, Account>; readonly wait: PostponeUntil | null }> {
  const accounts = new Map<string, Account>();
  let wait: PostponeUntil | null = null;
  for (let start = 0; start < shas.length; start += most) {
    const part = shas.slice(start, start + most);
    const oids = Object.fromEntries(part.map((sha, place) => [`oid${place}`, sha]));
    const data = requireData(await client.query(commitAuthorsQuery(part.length), { owner, name, ...oids }));
    wait = readWaitForRoom(data);
    for (const commit of Object.values(answerShape.parse(data).repository)) {
      for (const { email, user } of itemsOf(commit?.authors)) {
        const account = toCommitAccount(user);
        if (account !== null) accounts.set(asciiLowerCase(email ?? ""), account);
      }
    }
  }
  return { accounts, wait };
}
