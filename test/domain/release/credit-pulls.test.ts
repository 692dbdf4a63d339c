import { describe, expect, test } from "vitest";
import { accountsInRelease, creditPulls, type ReleaseFacts } from "../../../src/domain/release/credit-pulls.ts";
import {
  ada,
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
const direct = commit(byGrace, "Tidy\n\nCo-authored-by: Copilot <copilot@github.com>", { sha: "3c".repeat(20) });
const pull = pullRequest({
  commits: [commit(byAda, "Count\n\nCo-authored-by: Joan Figure <joan.figure@example.net>")],
  reviews: [review(katherine)],
  closingIssues: [issue(3, hedy)],
  files: ["docs/guide.md"],
});

function factsOf(more: Partial<ReleaseFacts>): ReleaseFacts {
  return { repository: pull.repository, pulls: [], commits: [], ...more };
}

/** Each credit in a few words. */
function told(facts: ReleaseFacts, settings = defaults, isNewcomer = (_id: number) => false): string[] {
  return creditPulls(facts, settings, isNewcomer).map(({ person, role, work, pull: number }) =>
    [
      person.name,
      role,
      work.slice(0, 14),
      number === null ? "" : `#${number}`,
      person.url === null ? "" : "linked",
      person.isAssistant ? "assistant" : "",
      person.isNewcomer ? "new" : "",
    ]
      .filter(Boolean)
      .join(", "),
  );
}

describe("who is thanked", () => {
  test("for a pull request: whoever wrote, reviewed and reported it", () => {
    expect(told(factsOf({ pulls: [pull] }), defaults, (id) => id === hedy.id)).toEqual([
      "Ada Example, author, pull request 5, #5, linked",
      "Joan Figure, co-author, pull request 5, #5",
      "Katherine Model, reviewer, pull request 5, #5, linked",
      "Hedy Instance, reporter, pull request 5, #5, linked, new",
    ]);
  });

  test("for a commit without one: whom it names, assistants told apart", () => {
    expect(told(factsOf({ commits: [{ facts: direct, paths: [] }] }))).toEqual([
      "Grace Sample, author, 3c3c3c3c3c3c3c, linked",
      "Copilot, co-author, 3c3c3c3c3c3c3c, assistant",
    ]);
  });

  test("for what paths they change", () => {
    const settings = { ...defaults, paths: { docs: (path: string) => path.startsWith("docs/") } };
    const facts = factsOf({ pulls: [pull], commits: [{ facts: direct, paths: ["docs/a.md"] }] });
    expect(told(facts, settings).filter((line) => line.includes("docs"))).toEqual([
      "Ada Example, docs, pull request 5, #5, linked",
      "Grace Sample, docs, 3c3c3c3c3c3c3c, linked",
    ]);
  });

  test("never an account without credit", () => {
    const settings = { ...defaults, isExcluded: (login: string) => login === "ada" };
    expect(told(factsOf({ pulls: [pull] }), settings).join("\n")).not.toContain("Ada");
  });
});

test("accounts are told once each, and no assistant's", () => {
  const facts = factsOf({ pulls: [pull, { ...pull, number: 6 }], commits: [{ facts: direct, paths: [] }] });
  expect(accountsInRelease(facts, defaults).map(({ login }) => login)).toEqual(
    [ada, katherine, hedy, grace].map(({ login }) => login),
  );
});
