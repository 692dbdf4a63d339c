import type { Account } from "../model/account.ts";
import type { Issue } from "../model/issue.ts";
import { findAccount, type State } from "../model/state.ts";
import { isWithin, readTimeRange } from "./read-time-range.ts";

export type Test = (issue: Issue) => boolean;

/** Who asks, for `@me`, and among whom logins are looked up. */
interface Asker {
  readonly state: State;
  readonly viewer: Account | null;
}

/** What cannot be searched for, in the words that REST refuses it with. */
export interface SearchMistake {
  readonly mistake: string;
}

type Reader = (value: string, asker: Asker) => Test | SearchMistake;

const unknownUser =
  "The listed users cannot be searched either because the users do not exist or you do not have permission to view the users.";

/** What `is:`, `state:` and `type:` ask for. */
const conditions: Readonly<Record<string, Test>> = {
  pr: ({ pull }) => pull !== null,
  "pull-request": ({ pull }) => pull !== null,
  issue: ({ pull }) => pull === null,
  open: ({ state }) => state === "open",
  closed: ({ state }) => state === "closed",
  merged: ({ pull }) => Boolean(pull?.merged),
  unmerged: ({ pull }) => pull !== null && pull.merged === null,
  draft: ({ pull }) => pull?.draft === true,
  locked: ({ locked }) => locked,
  unlocked: ({ locked }) => !locked,
  public: ({ repository }) => !repository.private,
  private: ({ repository }) => repository.private,
  archived: ({ repository }) => repository.archived,
};

/** The qualifiers that choose among issues and pull requests; those that choose repositories are elsewhere. */
export const issueQualifiers: Readonly<Record<string, Reader>> = {
  is: readCondition,
  state: readCondition,
  type: readCondition,
  author: byPerson(({ author }) => [author]),
  assignee: byPerson(({ assignees }) => assignees),
  commenter: byPerson(({ comments }) => comments.map(({ author }) => author)),
  involves: byPerson(peopleIn, mentions),
  mentions: byPerson(() => [], mentions),
  "reviewed-by": byPerson(({ pull }) =>
    (pull?.reviews ?? []).flatMap(({ state, author }) => (state === "PENDING" ? [] : author)),
  ),
  label: (name) => {
    const wanted = name.toLowerCase();
    return ({ labels }) => labels.some((label) => label.name.toLowerCase() === wanted);
  },
  base: (branch) => (issue) => issue.pull?.base.branch === branch,
  head: (branch) => (issue) => issue.pull?.head.branch === branch,
  created: byTime(({ createdAt }) => createdAt),
  updated: byTime(({ updatedAt }) => updatedAt),
  closed: byTime(({ closedAt }) => closedAt),
  merged: byTime(({ pull }) => pull?.merged?.at ?? null),
};

/** GitHub finds nothing that is what it does not know. */
function readCondition(value: string): Test {
  const name = value.toLowerCase();
  return (Object.hasOwn(conditions, name) ? conditions[name] : undefined) ?? (() => false);
}

/** By login; `@me` is who asks, and `app/helper` stands for `helper[bot]`. */
function byPerson(
  peopleOf: (issue: Issue) => readonly Account[],
  alsoOne: (issue: Issue, account: Account) => boolean = () => false,
): Reader {
  return (value, { state, viewer }) => {
    const login = value.replace(/^@(?!me$)/i, "").replace(/^app\/(.+)$/i, "$1[bot]");
    const account = login.toLowerCase() === "@me" ? viewer : findAccount(state, login);
    if (account === null) return { mistake: unknownUser };
    return (issue) => peopleOf(issue).includes(account) || alsoOne(issue, account);
  };
}

function peopleIn({ author, assignees, comments }: Issue): Account[] {
  return [author, ...assignees, ...comments.map((comment) => comment.author)];
}

/** Whether the text of an issue, or of its comments, has the account's login behind an `@`. */
function mentions({ body, comments }: Issue, { login }: Account): boolean {
  const mention = new RegExp(`(?<![\\w@/-])@${login}(?![\\w-])`, "i");
  return [body ?? "", ...comments.map((comment) => comment.body)].some((text) => mention.test(text));
}

function byTime(timeOf: (issue: Issue) => Date | null): Reader {
  return (value) => {
    const range = readTimeRange(value);
    if (range !== null) return (issue) => isWithin(timeOf(issue), range);
    const form = "Please provide an ISO 8601 date/time value, such as YYYY-MM-DD.";
    return { mistake: `"${value}" is not a recognized date/time format. ${form}` };
  };
}
