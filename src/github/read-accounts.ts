import { z } from "zod";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { accountsQuery } from "./command-queries.ts";
import { QueryFailed } from "./errors.ts";
import type { GitHubClient } from "./github-client.ts";

const personShape = z.object({ databaseId: z.number(), login: z.string(), name: z.string().nullable() });
const answerShape = z.record(z.string(), personShape.nullable());

/** People by their logins, in one query: a login that is nobody's, or an organisation's, is not in the answer. */
export async function readAccounts(
  client: GitHubClient,
  logins: readonly string[],
): Promise<ReadonlyMap<string, Account>> {
  if (logins.length === 0) return new Map();
  const variables = Object.fromEntries(logins.map((login, place) => [`login${place}`, login]));
  const { data, errors } = await client.query(accountsQuery(logins.length), variables);
  const failed = errors.find(({ type }) => type !== "NOT_FOUND");
  if (failed !== undefined) throw new QueryFailed(`GitHub could not answer: ${failed.message}`);
  const answer = answerShape.parse(data);
  return new Map(
    logins.flatMap((login, place) => {
      const person = answer[`person${place}`];
      if (!person) return [];
      const { databaseId: id, login: now, name } = person;
      return [[login.toLowerCase(), { id, login: now, name, kind: "person" as const }]];
    }),
  );
}
