import type { CreditSettings } from "../../src/domain/credit/pull-request-credit.ts";
import type {
  Account,
  CommitFacts,
  IssueFacts,
  PullRequestFacts,
  ReviewFacts,
} from "../../src/domain/credit/pull-request-facts.ts";

/** The accounts of the sandbox's story. */
export const ada: Account = { id: 101, login: "ada", name: "Ada Example", kind: "person" };
export const grace: Account = { id: 102, login: "grace", name: "Grace Sample", kind: "person" };
export const katherine: Account = { id: 103, login: "katherine", name: "Katherine Model", kind: "person" };
export const hedy: Account = { id: 104, login: "hedy", name: "Hedy Instance", kind: "person" };

const addresses = new Map([
  ["ada@example.com", ada],
  ["grace@example.org", grace],
  ["katherine@example.com", katherine],
  ["hedy@example.org", hedy],
]);

const url = "https://github.com/acme/tides";

/** A commit by `Name <address>`; whom GitHub reads as co-authors are found in the message as the sandbox finds them. */
export function commit(
  author: string,
  message: string,
  more: Partial<CommitFacts> & { sha?: string } = {},
): CommitFacts {
  const { sha = "4f2a91c0".padEnd(40, "0") } = more;
  const coAuthors = Array.from(message.matchAll(/^co-authored-by:(.+>)$/gim), ([, value = ""]) => value);
  const authors = [author, ...coAuthors].map((text) => {
    const [, name = "", address = ""] = /^(.*)<(.*)>$/s.exec(text) ?? [];
    return { name: name.trim(), address, account: addresses.get(address.toLowerCase()) ?? null };
  });
  return { url: `${url}/commit/${sha}`, message, parents: 1, authors, ...more, sha };
}

export function review(author: Account | null, more: Partial<ReviewFacts> = {}): ReviewFacts {
  const submittedAt = new Date("2026-10-27T10:00:00Z");
  return { author, state: "approved", url: `${url}/pull/5#pullrequestreview-1`, submittedAt, ...more };
}

export function issue(number: number, author: Account | null, labels: readonly string[] = []): IssueFacts {
  return { number, title: "An issue", url: `${url}/issues/${number}`, author, labels };
}

/** The facts of a pull request of Ada's, as far as they are given. */
export function pullRequest(
  given: Partial<Omit<PullRequestFacts, "repository">> & { repository?: Partial<PullRequestFacts["repository"]> },
): PullRequestFacts {
  return {
    number: 5,
    title: "Count a day by the calendar",
    body: "",
    url: `${url}/pull/5`,
    author: ada,
    state: "open",
    isDraft: false,
    baseBranch: "main",
    isInMergeQueue: false,
    commits: [],
    reviews: [],
    closingIssues: [],
    superseded: [],
    comments: [],
    files: [],
    proposedSquash: null,
    landed: null,
    ownComment: null,
    ...given,
    repository: {
      id: 1,
      owner: "acme",
      name: "tides",
      isPrivate: false,
      url,
      defaultBranch: "main",
      squashTitle: "COMMIT_OR_PR_TITLE",
      squashMessage: "COMMIT_MESSAGES",
      allows: { merge: true, squash: true, rebase: true },
      mergedPullRequests: 1,
      ...given.repository,
    },
  };
}

export const defaults: CreditSettings = {
  assistants: "section",
  commenters: false,
  trailers: {},
  paths: {},
  isExcluded: () => false,
};

/** The pull request that is open in the sandbox's story. */
export const calendarDays = pullRequest({
  commits: [
    commit("Ada Example <ada@example.com>", "Let a day last from midnight to midnight", { sha: "1a".repeat(20) }),
    commit("Grace Sample <grace@example.org>", "Test the days on which the clocks change", { sha: "2b".repeat(20) }),
    commit(
      "Ada Example <ada@example.com>",
      "Say which of two equal hours is meant\n\nCo-authored-by: Joan Figure <joan.figure@example.com>\n",
      { sha: "9c1d3e0".padEnd(40, "0") },
    ),
  ],
  reviews: [review(katherine)],
  closingIssues: [issue(3, hedy, ["bug"])],
});
