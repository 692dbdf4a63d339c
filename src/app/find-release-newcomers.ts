import { firstMoments, type WorkCredit } from "../domain/release/credits-of-works.ts";
import type { GitHubClient } from "../github/github-client.ts";
import type { Place } from "../github/place.ts";
import { readEarlierWorkOnGitHub } from "../github/read-earlier-work.ts";
import { isHistoryLoaded } from "../store/repositories.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { findKnownBefore } from "../store/work-credits.ts";
import type { Deps } from "./deps.ts";

/** As many people as GitHub is asked about with one query. */
const askedAtOnce = 50;

/**
 * Who of those with credit in a range had no merged work in the repository before their first in it, by their keys. The
 * ledger is asked; until it has the history, GitHub as well, which knows nothing of those without an account: none of them
 * is a newcomer then.
 */
export async function findReleaseNewcomers(
  { database }: Pick<Deps, "database">,
  client: GitHubClient,
  {
    key,
    place,
    credits,
  }: { readonly key: RepositoryKey; readonly place: Place; readonly credits: readonly WorkCredit[] },
): Promise<ReadonlySet<string>> {
  const firsts = firstMoments(credits);
  const known = await findKnownBefore(database, key, firsts);
  const newcomers = new Set([...firsts.keys()].filter((personKey) => !known.has(personKey)));
  if (newcomers.size === 0 || (await isHistoryLoaded(database, key))) return newcomers;
  const people = new Map(credits.map((credit) => [credit.personKey, credit]));
  const before = new Date(Math.min(...Array.from(firsts.values(), (moment) => moment.getTime())));
  const asked = [...newcomers].flatMap((personKey) => {
    const { accountId: id = null, login = null } = people.get(personKey) ?? {};
    return id === null || login === null ? [] : [{ id, login, personKey }];
  });
  for (let done = 0; done < asked.length; done += askedAtOnce) {
    const some = asked.slice(done, done + askedAtOnce);
    const answers = await readEarlierWorkOnGitHub(client, { ...place, number: null, before }, some);
    for (const { id, personKey } of some) if (answers.get(id)) newcomers.delete(personKey);
  }
  const told = new Set(asked.map(({ personKey }) => personKey));
  return new Set([...newcomers].filter((personKey) => told.has(personKey)));
}
