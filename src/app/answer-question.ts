import type { CreditAnswer } from "../domain/command/answer-credit-command.ts";
import { composeTally, composeWhy, type LedgerName, type ReplyPart } from "../domain/command/compose-reply.ts";
import type { Conversation } from "../domain/command/conversation.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import type { LedgerEntry } from "../domain/ledger/entry.ts";
import type { TaskOf } from "../domain/task.ts";
import { readCredits } from "../store/credits.ts";
import { readMentoring } from "../store/mentoring.ts";
import { readPeople } from "../store/people.ts";
import { readTally } from "../store/tally.ts";
import { readUnlisted } from "../store/unlisted.ts";
import type { Deps } from "./deps.ts";

interface Asked {
  readonly task: TaskOf<"comment">;
  readonly conversation: Conversation;
  readonly question: Extract<CreditAnswer, { readonly kind: "why" | "tally" }>;
}

const mostPeople = 20;

/**
 * Answers a question from the ledger. A tally is of what is public, and in a private repository of that one too: what is
 * private is told only inside itself.
 */
export async function answerQuestion(deps: Deps, asked: Asked): Promise<ReplyPart> {
  return asked.question.kind === "why" ? answerWhy(deps, asked) : answerTally(deps, asked);
}

async function answerWhy({ database, hash }: Deps, { task, conversation, question }: Asked): Promise<ReplyPart> {
  const { installationId, repositoryId } = task;
  const { kind, number } = conversation;
  const entries = await readCredits(database, { installationId, repositoryId, subject: { kind, number } });
  const accountIds = entries.flatMap(({ person }) => person.accountId ?? []);
  const people = await readPeople(database, installationId, accountIds);
  const unlisted = await readUnlisted(database, installationId, { accountIds, hash });
  const isAsked = ({ person: { accountId } }: LedgerEntry): boolean =>
    (question.account === null || accountId === question.account.id) && !unlisted.has(accountId ?? 0);
  return composeWhy(conversation, {
    about: nameOfAccount(question.account),
    entries: entries.filter(isAsked),
    nameOfEntry: ({ person }) => {
      const known = people.get(person.accountId ?? 0);
      return { login: known?.login ?? null, name: known?.name ?? person.name };
    },
  });
}

async function answerTally({ database }: Deps, { task, conversation, question }: Asked): Promise<ReplyPart> {
  const { installationId, repositoryId } = task;
  const visible = { alsoRepositoryId: conversation.repository.isPrivate ? repositoryId : null };
  const accountId = question.account?.id ?? null;
  const tally = await readTally(database, {
    installationId,
    visible,
    // About one person it is all of their work; about everybody it is this repository's.
    repositoryId: accountId === null ? repositoryId : null,
    accountId,
    since: null,
    until: null,
    limit: mostPeople,
  });
  const nobody = { taught: [], taughtBy: [] };
  const mentoring = accountId === null ? nobody : await readMentoring(database, { installationId, visible, accountId });
  return composeTally(conversation, { ...tally, ...mentoring, about: nameOfAccount(question.account) });
}

function nameOfAccount(account: Account | null): LedgerName | null {
  return account === null ? null : { login: account.login, name: account.name ?? account.login };
}
