import type { CommentSource } from "../domain/credit/credit-comment.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { readEarlierWorkOnGitHub } from "../github/read-earlier-work.ts";
import { readEarlierWork, rememberEarlierWork } from "../store/earlier-work.ts";
import { findNewcomers } from "../store/newcomers.ts";
import { isHistoryLoaded } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";

/**
 * Which of those with credit have none on another pull request of the repository, by their accounts' numbers. The ledger
 * is asked; until it has the history, GitHub as well, once for each of them.
 */
export async function findNewcomersAmong(
  { database }: Pick<Deps, "database">,
  client: GitHubClient,
  { installationId, source }: { readonly installationId: number; readonly source: CommentSource },
): Promise<ReadonlySet<number>> {
  const { facts, credits } = source;
  const { id: repositoryId, owner, name, mergedPullRequests } = facts.repository;
  // Where nothing was merged before, everybody is new, and nobody is there yet to welcome them.
  if (mergedPullRequests === (facts.state === "merged" ? 1 : 0)) return new Set();
  const key = { installationId, repositoryId };
  const people = new Map(
    credits.credits.flatMap(({ person: { id, login } }) => (id === null || login === null ? [] : [[id, login]])),
  );
  const before = { kind: "pull request", number: facts.number } as const;
  const newcomers = await findNewcomers(database, { ...key, accountIds: [...people.keys()], before });
  if (newcomers.size === 0 || (await isHistoryLoaded(database, key))) return newcomers;
  const known = await readEarlierWork(database, key, [...newcomers]);
  const unknown = [...newcomers].filter((id) => !known.has(id)).map((id) => ({ id, login: people.get(id) ?? "" }));
  const asked = await readEarlierWorkOnGitHub(client, { owner, name, number: facts.number }, unknown);
  await database.query.transaction().execute((transaction) => rememberEarlierWork(transaction, key, asked));
  return new Set([...newcomers].filter((id) => !(known.get(id) ?? asked.get(id))));
}
