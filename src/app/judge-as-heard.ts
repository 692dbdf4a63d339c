import { readCorrections } from "../store/corrections.ts";
import { readUnlisted } from "../store/unlisted.ts";
import type { Deps, PullRequestPlace } from "./deps.ts";
import { judgePullRequest, type Verdict } from "./judge-pull-request.ts";
import type { ConfiguredReading } from "./read-as-configured.ts";
import { readOwnLogin } from "./read-own-login.ts";

/**
 * Judges a pull request with what the ledger has heard about it by commands, without those who asked not to be listed, and
 * without the app itself: what it proposes is other people's work.
 */
export async function judgeAsHeard(
  { database, hash, octokitFor }: Pick<Deps, "database" | "hash" | "octokitFor">,
  { installationId, repositoryId, number }: Pick<PullRequestPlace, "installationId" | "repositoryId" | "number">,
  configured: Pick<ConfiguredReading, "reading" | "configuration">,
): Promise<Verdict> {
  const subject = { kind: "pull request", number } as const;
  const corrections = await readCorrections(database, { installationId, repositoryId, subject });
  const ownLogin = await readOwnLogin({ octokitFor }, installationId);
  const verdict = judgePullRequest(configured, { corrections, ownLogin, unlisted: new Set() });
  const { credits, accountable } = verdict.source.credits;
  const people = [...credits.flatMap(({ person, mentees = [] }) => [person, ...mentees]), accountable];
  const accountIds = people.flatMap((person) => person?.id ?? []);
  const unlisted = await readUnlisted(database, installationId, { accountIds, hash });
  return unlisted.size === 0 ? verdict : judgePullRequest(configured, { corrections, ownLogin, unlisted });
}
