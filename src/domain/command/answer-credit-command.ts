import type { Account } from "../credit/pull-request-facts.ts";
import type { Correction } from "../ledger/correction.ts";
import type { CommandComment, Permission } from "./conversation.ts";
import type { CreditCommand } from "./credit-command-kinds.ts";
import { inCode, type Mistake, mistake } from "./mistake.ts";

/** What a command comes to. */
export type CreditAnswer =
  | { readonly kind: "corrections"; readonly corrections: readonly Omit<Correction, "position">[] }
  /** Never to be listed again; or to be forgotten altogether. */
  | { readonly kind: "hide" | "forget" }
  /** A question, about one person or about everybody here. */
  | { readonly kind: "why" | "tally"; readonly account: Account | null }
  /** To thank people in a release. */
  | { readonly kind: "release"; readonly tag: string }
  | { readonly kind: "help" }
  | Mistake;

export interface CommandContext {
  readonly comment: CommandComment;
  readonly asker: Account;
  readonly permission: Permission;
  /** By login in lower case, those of the named that there are. */
  readonly accounts: ReadonlyMap<string, Account>;
  /** Of the accounts, those who do not want to be listed. */
  readonly unlisted: ReadonlySet<number>;
}

/**
 * Decides what a command comes to: whoever may write credits anybody, the author of a pull request others on it, and
 * everybody may ask, and decide about themselves.
 */
export function answerCreditCommand(command: CreditCommand, context: CommandContext): CreditAnswer {
  switch (command.kind) {
    case "help":
      return { kind: "help" };
    case "never-me":
      return { kind: "hide" };
    case "forget-me":
      return { kind: "forget" };
    case "why":
    case "tally": {
      if (command.login === null) return { kind: command.kind, account: null };
      const found = findAccounts([command.login], context);
      return "kind" in found ? found : { kind: command.kind, account: found[0] ?? null };
    }
    case "release":
      return refuseRelease(context) ?? { kind: "release", tag: command.tag };
    case "give":
      return answerGive(command, context);
    case "remove":
      return answerRemove(command, context);
  }
}

/** The logins that a command names. */
export function loginsIn(command: CreditCommand): readonly string[] {
  switch (command.kind) {
    case "give":
      return [...command.people, ...command.mentees];
    case "remove":
      return command.people;
    case "why":
    case "tally":
      return command.login === null ? [] : [command.login];
    case "release":
    case "never-me":
    case "forget-me":
    case "help":
      return [];
  }
}

function answerGive(
  { people, roles, mentees }: Extract<CreditCommand, { kind: "give" }>,
  context: CommandContext,
): CreditAnswer {
  const given = findAccounts(people, context);
  if ("kind" in given) return given;
  const taught = findAccounts(mentees, context);
  if ("kind" in taught) return taught;
  const refused = refuse(given, context, "credit");
  if (refused !== null) return refused;
  const unlisted = [...given, ...taught].find(({ id }) => context.unlisted.has(id));
  if (unlisted !== undefined) return mistake(`${inCode(`@${unlisted.login}`)} asked not to be listed here.`);
  const corrections = given.flatMap((account) =>
    roles.flatMap((role): Omit<Correction, "position">[] => {
      const said = { ...saidBy(context), action: "credit" as const, ...about(account), role };
      if (role !== "mentor" || taught.length === 0) return [{ ...said, mentee: null }];
      return taught.map((mentee) => ({ ...said, mentee: about(mentee) }));
    }),
  );
  return { kind: "corrections", corrections };
}

function answerRemove(
  { people, roles }: Extract<CreditCommand, { kind: "remove" }>,
  context: CommandContext,
): CreditAnswer {
  const named = findAccounts(people, context);
  if ("kind" in named) return named;
  const refused = refuse(named, context, "remove");
  if (refused !== null) return refused;
  const corrections = named.flatMap((account) =>
    (roles ?? [null]).map((role) => {
      return { ...saidBy(context), action: "remove" as const, ...about(account), role, mentee: null };
    }),
  );
  return { kind: "corrections", corrections };
}

/** Says why the asker may not do this to these people; null where nothing is against it. */
function refuse(
  people: readonly Account[],
  { comment: { conversation }, asker, permission }: CommandContext,
  what: Correction["action"],
): Mistake | null {
  if (permission === "write" || permission === "admin") return null;
  const isAlone = people.every(({ id }) => id === asker.id);
  if (what === "remove" && isAlone) return null;
  const isAuthor = conversation.kind === "pull request" && conversation.author?.id === asker.id;
  if (what === "credit" && isAuthor) {
    const isOneself = people.some(({ id }) => id === asker.id);
    return isOneself ? mistake("Yourself you can't credit here: somebody who can write to this repository can.") : null;
  }
  const { owner, name } = conversation.repository;
  const may = permission === "read" ? "and you can read" : "and you can't";
  const only = conversation.kind === "issue" ? "" : ", or opened this pull request,";
  const verb = what === "credit" ? "credit others here" : "take others' credit back here";
  return mistake(
    `Only people who can write to ${inCode(`${owner}/${name}`)}${what === "credit" ? only : ""} may ${verb}, ${may}. ` +
      "About yourself you may say `/credit never-me` or `/credit why`.",
  );
}

/** Says why the asker may not have a release written; null where they may. */
function refuseRelease({ comment: { conversation }, permission }: CommandContext): Mistake | null {
  if (permission === "write" || permission === "admin") return null;
  const { owner, name } = conversation.repository;
  const may = permission === "read" ? "and you can read" : "and you can't";
  return mistake(`Only people who can write to ${inCode(`${owner}/${name}`)} may have its releases written, ${may}.`);
}

function findAccounts(logins: readonly string[], { accounts }: CommandContext): readonly Account[] | Mistake {
  const missing = logins.filter((login) => !accounts.has(login.toLowerCase()));
  const [first] = missing;
  if (first === undefined) return logins.flatMap((login) => accounts.get(login.toLowerCase()) ?? []);
  const names = missing.map((login) => inCode(`@${login}`)).join(", ");
  return mistake(
    missing.length === 1
      ? `${names} is no person's account on GitHub. Check the spelling.`
      : `${names} are no person's accounts on GitHub. Check the spelling.`,
  );
}

function saidBy({ comment, asker }: CommandContext) {
  return { commentId: comment.id, byAccountId: asker.id, url: comment.url, madeAt: comment.createdAt };
}

function about({ id: accountId, login, name = null }: Account) {
  return { accountId, login, name };
}
