import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Forge } from "../forge.ts";
import { canSee, isAtLeast, roleOf } from "../identity/access.ts";
import { type Account, repositoryRoles } from "../model/account.ts";
import type { Issue } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { Refusal } from "../refusal.ts";

const cookie = "speaking-as";

/** The people who can see a repository, those who may do most there first. */
function speakersOf({ state }: Forge, repository: Repository): Account[] {
  const people = [...state.accounts.values()].filter((account) => {
    if (account.type !== "User" || account.deleted || account === state.ghost) return false;
    return canSee({ kind: "user", account }, repository);
  });
  const rank = (account: Account): number => repositoryRoles.indexOf(roleOf(account, repository));
  return people.toSorted((one, other) => rank(other) - rank(one) || one.login.localeCompare(other.login, "en"));
}

/** Who spoke last here, or who may do most; null in a repository that nobody can see. */
export function currentSpeaker(forge: Forge, repository: Repository, context: Context): Account | null {
  const people = speakersOf(forge, repository);
  const login = getCookie(context, cookie);
  return people.find((account) => account.login === login) ?? people[0] ?? null;
}

/** The speaker that a form names. Throws a Refusal where that is nobody who can see the repository. */
export function requireSpeaker(forge: Forge, repository: Repository, login: string): Account {
  const speaker = speakersOf(forge, repository).find((account) => account.login === login);
  if (speaker === undefined) throw new Refusal(403, "Choose somebody who can see this repository to speak as");
  return speaker;
}

export function rememberSpeaker(context: Context, { login }: Account): void {
  setCookie(context, cookie, login, { path: "/", httpOnly: true, sameSite: "Strict" });
}

/** The choice of who speaks, as forms show it. */
export function viewSpeakers(forge: Forge, repository: Repository, chosen: string | null) {
  return speakersOf(forge, repository).map(({ login, name }) => ({ login, name, isChosen: login === chosen }));
}

/** What somebody may do in a conversation, by GitHub's roles. */
export function rightsOf(speaker: Account | null, issue: Issue) {
  const { repository, author } = issue;
  const role = speaker === null ? "none" : roleOf(speaker, repository);
  const isThere = role !== "none" && !repository.archived;
  const writes = isThere && isAtLeast(role, "write");
  const triages = isThere && isAtLeast(role, "triage");
  return {
    comment: isThere && (!issue.locked || writes),
    close: triages || (isThere && speaker === author),
    label: triages,
    merge: writes,
    /** Somebody's words, by themselves or by whoever looks after the repository. */
    edit: (whose: Account): boolean => writes || (isThere && speaker === whose),
  };
}

/** Throws GitHub's answer to whoever may not. */
export function requireRight(right: boolean, { archived }: Repository): void {
  if (right) return;
  throw new Refusal(
    403,
    archived ? "Repository was archived so is read-only." : "The speaker may not do that in this repository.",
  );
}
