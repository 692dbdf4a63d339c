import type { CreditAnswer } from "../domain/command/answer-credit-command.ts";
import type { CommandComment } from "../domain/command/conversation.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import type { TaskOf } from "../domain/task.ts";
import { addCorrections } from "../store/corrections.ts";
import { forgetPerson } from "../store/forget-person.ts";
import type { Transaction } from "../store/open-database.ts";
import { hidePerson, rememberPeople } from "../store/people.ts";
import { findReleasesOf } from "../store/releases.ts";
import { findPullRequestsOf, placePullRequests, type TouchedPullRequest } from "../store/touched-pull-requests.ts";
import type { Deps } from "./deps.ts";

interface Order {
  readonly task: TaskOf<"comment">;
  readonly comment: CommandComment;
  readonly asker: Account;
  readonly answers: readonly CreditAnswer[];
}

/** Writes down what commands decided, all of a comment's at once, and has all looked at again that they change. */
export async function carryOut({ database, hash, enqueue }: Deps, order: Order): Promise<void> {
  const { task, comment, asker, answers } = order;
  const { installationId, repositoryId, owner, name, number } = task;
  const { kind } = comment.conversation;
  const corrections = answers
    .flatMap((answer) => (answer.kind === "corrections" ? answer.corrections : []))
    .map((correction, position) => ({ ...correction, position }));
  const touched = await database.query.transaction().execute(async (transaction) => {
    const named = corrections.flatMap((correction) => [correction, ...(correction.mentee ? [correction.mentee] : [])]);
    const people = named.map((person) => ({ id: person.accountId, login: person.login, name: person.name }));
    await rememberPeople(transaction, installationId, people);
    const key = { installationId, repositoryId, subject: { kind, number } };
    await addCorrections(transaction, key, corrections);
    const pulls: TouchedPullRequest[] = [];
    const leaves = answers.some((answer) => answer.kind === "hide" || answer.kind === "forget");
    const releases = leaves ? await findReleasesOf(transaction, installationId, asker.id) : [];
    for (const answer of answers) pulls.push(...(await leaveOut(transaction, { answer, installationId, asker })));
    return { pulls: await placePullRequests({ query: transaction }, installationId, pulls), releases };
  });
  if (corrections.length > 0) await enqueue({ kind, installationId, repositoryId, owner, name, number });
  for (const pull of touched.pulls) await enqueue({ kind: "pull request", installationId, ...pull });
  for (const release of touched.releases) await enqueue({ kind: "release", installationId, ...release });

  async function leaveOut(
    transaction: Transaction,
    what: { answer: CreditAnswer; installationId: number; asker: Account },
  ): Promise<readonly TouchedPullRequest[]> {
    if (what.answer.kind === "forget") {
      return forgetPerson(transaction, what.installationId, { accountId: what.asker.id, hash });
    }
    if (what.answer.kind !== "hide") return [];
    await hidePerson(transaction, what.installationId, what.asker);
    return findPullRequestsOf({ query: transaction }, what.installationId, what.asker.id);
  }
}
