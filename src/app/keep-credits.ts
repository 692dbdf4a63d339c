import type { LandedCredit } from "../domain/credit/merge-outlook.ts";
import type { PullRequestCredit, PullRequestCredits } from "../domain/credit/pull-request-credit.ts";
import type { PullRequestReading } from "../github/read-pull-request.ts";
import { replaceCredits, type StoredCredit } from "../store/credits.ts";
import { rememberPeople } from "../store/people.ts";
import { rememberPullRequest } from "../store/pull-requests.ts";
import { rememberRepository } from "../store/repositories.ts";
import type { Deps } from "./deps.ts";

/** Stores whose credit a pull request is, each with a reference to its evidence, in one transaction. */
export async function keepCredits(
  { database }: Pick<Deps, "database">,
  {
    installationId,
    reading,
    decision: { credits, landed },
  }: {
    readonly installationId: number;
    readonly reading: PullRequestReading;
    readonly decision: { readonly credits: PullRequestCredits; readonly landed: LandedCredit | null };
  },
): Promise<void> {
  const { facts, head } = reading;
  const { repository, number, state, title, url } = facts;
  const pull = { installationId, repositoryId: repository.id, number };
  const all = [
    ...credits.credits.map((credit) => toStored(credit, { landed, isAssistant: false })),
    ...credits.assistants.map((credit) => toStored(credit, { landed, isAssistant: true })),
  ];
  const people = credits.credits.flatMap(({ person: { id, login } }) =>
    id === null || login === null ? [] : { id, login },
  );
  await database.query.transaction().execute(async (transaction) => {
    await rememberRepository(transaction, installationId, repository);
    await rememberPeople(transaction, installationId, people);
    await rememberPullRequest(transaction, pull, { state, title, url, headSha: head, landedSha: landed?.sha ?? null });
    await replaceCredits(transaction, pull, all);
  });
}

function toStored(
  { person, role, evidence }: PullRequestCredit,
  { landed, isAssistant }: { readonly landed: LandedCredit | null; readonly isAssistant: boolean },
): StoredCredit {
  const [first] = evidence;
  const isLost = landed?.leftOut.some(({ key }) => key === person.key) ?? false;
  return {
    accountId: person.id,
    displayName: person.name,
    role,
    subject: "",
    isAssistant,
    state: landed === null ? "promised" : isLost ? "lost" : "landed",
    evidence: { kind: first?.kind ?? "commit", url: first?.url ?? "", detail: first?.label ?? null },
  };
}
