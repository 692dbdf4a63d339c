import { describe, expect, test } from "vitest";
import type { CreditSettings, PullRequestCredit } from "../../../src/domain/credit/pull-request-credit.ts";
import { creditPullRequest } from "../../../src/domain/credit/pull-request-credits.ts";
import type { Account, CommitFacts, PullRequestFacts } from "../../../src/domain/credit/pull-request-facts.ts";
import {
  ada,
  calendarDays,
  commit,
  defaults,
  grace,
  hedy,
  issue,
  katherine,
  pullRequest,
  review,
} from "../../support/pull-request.ts";

const byAda = "Ada Example <ada@example.com>";
const byGrace = "Grace Sample <grace@example.org>";
const dependabot: Account = { id: 49699333, login: "dependabot", kind: "bot" };

function said(credits: readonly PullRequestCredit[]): string[] {
  return credits.map(({ person, role, evidence }) => {
    const found = evidence.map(({ kind, label, found: by }) => [kind, label, by].filter(Boolean).join(" "));
    return `${person.name}, ${role}: ${found.join(", ")}`;
  });
}

/** Who has credit, each as `name, role: evidence`. */
function creditsOf(given: Partial<PullRequestFacts>, settings: Partial<CreditSettings> = {}): string[] {
  return said(creditPullRequest(pullRequest(given), { ...defaults, ...settings }).credits);
}

function rolesOf(...given: Parameters<typeof creditsOf>): string[] {
  return creditsOf(...given).map((text) => text.replace(/:.*/, ""));
}

/** Who has credit in a commit of Ada's, by what makes them who they are. */
function keysOf(message: string): string[] {
  const facts = pullRequest({ commits: [commit(byAda, message)] });
  return creditPullRequest(facts, defaults).credits.map(({ person, role }) => `${role} ${person.key}`);
}

test("the story's pull request credits five people, each with evidence", () => {
  expect(said(creditPullRequest(calendarDays, defaults).credits)).toEqual([
    "Ada Example, author: commit 1a1a1a1 author, commit 9c1d3e0 author",
    "Grace Sample, author: commit 2b2b2b2 author",
    "Joan Figure, co-author: trailer 9c1d3e0 strict",
    "Katherine Model, reviewer: review approved",
    "Hedy Instance, reporter: issue #3",
  ]);
});

describe("what commits say", () => {
  test.each<[string, CommitFacts[], string[]]>([
    [
      "a trailer gives its role, and says which parse found it",
      [commit(byAda, `Add a\n\nReviewed-by: ${byGrace}\nsome prose\n\nTested-by: ${byGrace}\n`)],
      [
        "Ada Example, author: commit 4f2a91c author",
        "Grace Sample, reviewer: trailer 4f2a91c tolerant",
        "Grace Sample, tester: trailer 4f2a91c strict",
      ],
    ],
    [
      "one trailer can be two roles",
      [commit(byAda, `Add a\n\nReported-and-tested-by: ${byGrace}\n`)],
      [
        "Ada Example, author: commit 4f2a91c author",
        "Grace Sample, reporter: trailer 4f2a91c strict",
        "Grace Sample, tester: trailer 4f2a91c strict",
      ],
    ],
    [
      "nobody is a co-author of their own commit, under any address of theirs",
      [commit(byAda, "Add a\n\nCo-authored-by: Ada <101+ada@users.noreply.github.com>\n")],
      ["Ada Example, author: commit 4f2a91c author"],
    ],
    [
      "whom GitHub alone reads as a co-author is one",
      [
        {
          ...commit(byAda, "Add a\n\n  Co-authored-by: Grace\n"),
          authors: [...commit(byAda, "").authors, { name: "Grace", address: "grace@example.org", account: grace }],
        },
      ],
      ["Ada Example, author: commit 4f2a91c author", "Grace Sample, co-author: commit 4f2a91c"],
    ],
    [
      "an address that GitHub has resolved once is that account's in every trailer",
      [commit(byGrace, "Add a"), commit(byAda, "Add b\n\nHelped-by: G. <GRACE@example.org>\n")],
      [
        "Ada Example, author: commit 4f2a91c author",
        "Grace Sample, author: commit 4f2a91c author",
        "Grace Sample, helper: trailer 4f2a91c strict",
      ],
    ],
    [
      "a noreply address is its account's, whatever the login in it",
      [
        commit(
          byAda,
          "Add a\n\nHelped-by: K <103+old-name@users.noreply.github.com>\nTested-by: K <103+new@users.noreply.github.com>\n",
        ),
      ],
      [
        "Ada Example, author: commit 4f2a91c author",
        "K, tester: trailer 4f2a91c strict",
        "K, helper: trailer 4f2a91c strict",
      ],
    ],
    [
      "equal names at different addresses are two people",
      [commit("Sam <sam@example.com>", "Add a"), commit("Sam <sam@example.org>", "Add b")],
      ["Sam, author: commit 4f2a91c author", "Sam, author: commit 4f2a91c author"],
    ],
    [
      "a merge of the base credits neither who made it nor whom it quotes",
      [
        commit(byAda, "Add a"),
        commit(byGrace, "Merge main\n\nCo-authored-by: Katherine Model <katherine@example.com>\n", { parents: 2 }),
      ],
      ["Ada Example, author: commit 4f2a91c author"],
    ],
  ])("%s", (_, commits, expected) => {
    expect(creditsOf({ commits })).toEqual(expected);
  });

  test("an old noreply address joins the one account that carries its login in these commits, not one of today's", () => {
    const old = "Helped-by: A <ada@users.noreply.github.com>";
    expect(keysOf(`Add a\n\n${old}\n`)).toEqual(["author id 101", "helper login ada"]);
    expect(keysOf(`Add a\n\n${old}\nTested-by: A <7+ada@users.noreply.github.com>\n`)).toEqual([
      "author id 101",
      "tester id 7",
      "helper id 7",
    ]);
  });

  test("a repository's own keys count", () => {
    const commits = [commit(byAda, `Add a\n\nPaired-with: ${byGrace}\n`)];
    expect(rolesOf({ commits })).toEqual(["Ada Example, author"]);
    expect(rolesOf({ commits }, { trailers: { "Paired-with": "co-author" } })).toContain("Grace Sample, co-author");
  });

  test("a trailer that names nobody for certain is kept with its text", () => {
    const facts = pullRequest({ commits: [commit(byAda, "Add a\n\nHelped-by: Grace\n")] });
    expect(creditPullRequest(facts, defaults).unattributed).toMatchObject([
      { role: "helper", key: "Helped-by", text: "Grace" },
    ]);
  });

  test("whoever is named in the message of the merge alone has credit too", () => {
    const landed = {
      commits: [commit(byAda, `Add a (#5)\n\nTested-by: ${byGrace}\n`, { sha: "ab".repeat(20) })],
      by: ada,
      at: new Date(0),
    };
    expect(creditsOf({ commits: [commit(byAda, "Add a")], landed })).toEqual([
      "Ada Example, author: commit 4f2a91c author",
      "Grace Sample, tester: trailer abababa strict",
    ]);
  });
});

describe("what people did around it", () => {
  const commits = [commit(byAda, "Add a")];

  test.each<[string, Partial<PullRequestFacts>, string[]]>([
    [
      "a review of somebody else's work counts, whatever it says",
      { reviews: [review(katherine, { state: "dismissed" })] },
      ["Katherine Model, reviewer"],
    ],
    ["one of the pull request's author does not", { reviews: [review(ada)] }, []],
    ["nor one by whoever wrote all of it", { author: katherine, reviews: [review(ada)] }, []],
    ["nor one by a deleted account", { reviews: [review(null)] }, []],
    ["an issue's author reported it", { closingIssues: [issue(3, hedy, ["bug"])] }, ["Hedy Instance, reporter"]],
    ["a feature's author had the idea", { closingIssues: [issue(3, hedy, ["enhancement"])] }, ["Hedy Instance, idea"]],
    [
      "a feature under a prefix is one",
      { closingIssues: [issue(3, hedy, ["type: Feature"])] },
      ["Hedy Instance, idea"],
    ],
    [
      "a label that only sounds like one is none",
      { closingIssues: [issue(3, hedy, ["feature-freeze"])] },
      ["Hedy Instance, reporter"],
    ],
    ["nobody reports to themselves", { closingIssues: [issue(3, ada)] }, []],
    ["comments count for nothing", { comments: [{ author: hedy, url: "u" }] }, []],
  ])("%s", (_, given, expected) => {
    expect(rolesOf({ commits, ...given }).filter((text) => text !== "Ada Example, author")).toEqual(expected);
  });

  test("where commenters count, they are helpers unless they have other credit", () => {
    const comments = [ada, hedy, katherine].map((author) => ({ author, url: "u" }));
    expect(rolesOf({ commits, comments, reviews: [review(katherine)] }, { commenters: true })).toEqual([
      "Ada Example, author",
      "Katherine Model, reviewer",
      "Hedy Instance, helper",
    ]);
  });

  test("paths give whoever wrote the commits a role more", () => {
    const paths = { docs: (path: string) => path.endsWith(".md"), design: () => false };
    expect(creditsOf({ commits, files: ["README.md", "a.ts"] }, { paths })).toEqual([
      "Ada Example, author: commit 4f2a91c author",
      "Ada Example, docs: files 1",
    ]);
  });

  test("an excluded login is left out, wherever it stands", () => {
    const named = commit(byAda, "Add a\n\nHelped-by: H <104+Hedy@users.noreply.github.com>\n");
    expect(
      rolesOf(
        { commits: [named], reviews: [review(katherine)] },
        { isExcluded: (login) => /^(?:hedy|katherine)$/i.test(login) },
      ),
    ).toEqual(["Ada Example, author"]);
  });
});

describe("assistants", () => {
  const commits = [commit(byAda, "Add a\n\nCo-authored-by: Copilot <copilot@github.com>\n")];

  test.each<[CreditSettings["assistants"], string[], string[]]>([
    ["section", ["Ada Example"], ["Copilot"]],
    ["forbid", ["Ada Example"], ["Copilot"]],
    ["count", ["Ada Example", "Copilot"], []],
    ["hide", ["Ada Example"], []],
  ])("by the policy %s the people are %j and the assistants %j", (assistants, people, apart) => {
    const credits = creditPullRequest(pullRequest({ commits }), { ...defaults, assistants });
    expect(credits.credits.map(({ person }) => person.name)).toEqual(people);
    expect(credits.assistants.map(({ person }) => person.name)).toEqual(apart);
    expect(credits.accountable?.name).toBe("Ada Example");
  });

  test("an assistant's address is nobody's, even where a stranger's account has it", () => {
    const stranger: Account = { id: 666, login: "stranger", kind: "person" };
    const taken = { name: "Copilot", address: "copilot@github.com", account: stranger };
    const facts = pullRequest({
      commits: [{ ...commit(byAda, "Add a"), authors: [...commit(byAda, "").authors, taken] }],
    });
    const { credits, assistants } = creditPullRequest(facts, defaults);
    expect(JSON.stringify([credits, assistants])).not.toMatch(/stranger|666/);
    expect(assistants.map(({ person }) => person.key)).toEqual(["assistant Copilot"]);
  });

  test.each([
    ["Assisted-by: Claude:some-model", ["Claude"]],
    ["Assisted-by: Aider", ["Aider"]],
    ["Assisted-by: Grace Sample <grace@example.org>", []],
    ["Assisted-by: https://example.com", []],
  ])("%s names %j", (trailer, names) => {
    const facts = pullRequest({ commits: [commit(byAda, `Add a\n\n${trailer}\n`)] });
    expect(creditPullRequest(facts, defaults).assistants.map(({ person }) => person.name)).toEqual(names);
  });

  test("a bot is one by its kind, as author and as reviewer; who merged answers for it", () => {
    const authors = [{ name: "D", address: "d@example.com", account: dependabot }];
    const facts = pullRequest({
      author: dependabot,
      commits: [{ ...commit(byAda, "Bump a"), authors }],
      reviews: [review({ ...dependabot, id: 2, login: "checker" }), review(katherine, { url: "u" })],
      landed: { commits: [], by: grace, at: new Date(0) },
    });
    const { credits, assistants, accountable } = creditPullRequest(facts, defaults);
    expect(credits.map(({ person }) => person.name)).toEqual(["Katherine Model"]);
    expect(assistants.map(({ person }) => person.name)).toEqual(["dependabot[bot]", "checker[bot]"]);
    expect(accountable?.name).toBe("Grace Sample");
  });
});
