import type { Account } from "../domain/credit/pull-request-facts.ts";
import type { AccountAnswer } from "./answer-shapes.ts";

/** Who did something; null where the account is deleted, or nobody's own, as an organisation's. */
export function toAccount(answer: AccountAnswer): Account | null {
  if (answer === null || typeof answer.databaseId !== "number") return null;
  const { databaseId: id, login, type, name } = answer;
  if (type === "User") return { ...personOrBot(id, login), name: name ?? null };
  // GraphQL leaves out what every other place ends a bot's login with.
  return type === "Bot" ? personOrBot(id, login.endsWith("[bot]") ? login : `${login}[bot]`) : null;
}

/** The account of a commit's address: GitHub gives bots as users there, by their full login. */
export function toCommitAccount(user: { login: string; databaseId: number | null } | null): Account | null {
  return user === null || user.databaseId === null ? null : personOrBot(user.databaseId, user.login);
}

function personOrBot(id: number, login: string): Account {
  return { id, login, kind: login.endsWith("[bot]") ? "bot" : "person" };
}
