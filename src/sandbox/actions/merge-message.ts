import { type Identity, parseIdentity } from "../../domain/credit/identity.ts";
import type { Forge } from "../forge.ts";
import type { GitCommit } from "../git/commits.ts";
import type { Account } from "../model/account.ts";
import type { PullRequest } from "../model/issue.ts";
import type { MergeMethod } from "../model/repository.ts";
import type { State } from "../model/state.ts";
import { findByAddress } from "./accounts.ts";
import { commitsOf } from "./pulls.ts";

export interface MergeMessage {
  readonly title: string;
  /** May be empty. */
  readonly body: string;
}

/** What stands between a squash's text and its co-authors; it hides every earlier trailer from git. */
const divider = "---------";

/**
 * The message that GitHub proposes for a merge, by the repository's settings. That of a squash follows
 * https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
 * and what squashes in public histories hold: everybody who wrote or co-wrote one of several commits becomes a
 * co-author, except the pull request's author; a single commit keeps its text.
 */
export async function composeMergeMessage(forge: Forge, pull: PullRequest, method: MergeMethod): Promise<MergeMessage> {
  if (method === "squash") return composeSquashMessage(forge, pull, await commitsOf(forge, pull));
  const { number, title, body, repository } = pull.issue;
  const { mergeTitle, mergeMessage } = repository.merging;
  return {
    title:
      mergeTitle === "PR_TITLE"
        ? `${title} (#${number})`
        : `Merge pull request #${number} from ${(pull.head.repository ?? repository).owner.login}/${pull.head.branch}`,
    body: { PR_TITLE: title, PR_BODY: body ?? "", BLANK: "" }[mergeMessage],
  };
}

function composeSquashMessage({ state }: Forge, { issue }: PullRequest, commits: readonly GitCommit[]): MergeMessage {
  const { squashTitle, squashMessage } = issue.repository.merging;
  const [first, ...others] = commits.map(({ message }) => splitMessage(message));
  const isSingle = first !== undefined && others.length === 0;
  const title = isSingle && squashTitle === "COMMIT_OR_PR_TITLE" ? first.title : issue.title;
  const text = {
    COMMIT_MESSAGES: isSingle ? first.body : commits.map(({ message }) => `* ${message.trim()}`).join("\n\n"),
    PR_BODY: issue.body ?? "",
    BLANK: "",
  }[squashMessage].trim();
  const keepsText = isSingle && squashMessage === "COMMIT_MESSAGES";
  const coAuthors = keepsText ? [] : coAuthorsOf(state, commits, issue.author);
  const trailers = coAuthors.map(({ name, address }) => `Co-authored-by: ${name} <${address}>`).join("\n");
  const body = [text, text === "" || trailers === "" ? "" : divider, trailers]
    .filter((part) => part !== "")
    .join("\n\n");
  return { title: `${title} (#${issue.number})`, body };
}

/** Everybody who wrote or co-wrote one of the commits, each account and each address once. */
function coAuthorsOf(state: State, commits: readonly GitCommit[], except: Account): Identity[] {
  const seen = new Set<Account | string | undefined>([except]);
  const coAuthors: Identity[] = [];
  for (const commit of commits) {
    for (const identity of authorsOf(commit)) {
      const account = findByAddress(state, identity.address ?? "");
      const key = account ?? identity.address?.toLowerCase();
      if (seen.has(key)) continue;
      seen.add(key);
      coAuthors.push(identity);
    }
  }
  return coAuthors;
}

/** Git's author first, then those whom the message names as co-authors, wherever it does. */
export function authorsOf({ author, message }: Pick<GitCommit, "author" | "message">): Identity[] {
  const trailers = message.matchAll(/^co-authored-by:[ \t]*(.+)$/gim);
  const coAuthors = Array.from(trailers, ([, value = ""]) => parseIdentity(value.trim()));
  const all = [{ name: author.name, address: author.email }, ...coAuthors.filter((identity) => identity !== null)];
  return all.filter((one, index) => all.findIndex(({ address }) => sameAddress(address, one.address)) === index);
}

function sameAddress(one: string | null, other: string | null): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

function splitMessage(message: string): MergeMessage {
  const end = message.indexOf("\n");
  return end === -1 ? { title: message, body: "" } : { title: message.slice(0, end), body: message.slice(end).trim() };
}
