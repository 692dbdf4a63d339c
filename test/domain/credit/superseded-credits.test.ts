import { describe, expect, test } from "vitest";
import { composeCreditComment } from "../../../src/domain/credit/credit-comment.ts";
import { compareLanded, foreseeMerge } from "../../../src/domain/credit/merge-outlook.ts";
import { evidenceOf } from "../../../src/domain/credit/named-evidence.ts";
import { creditPullRequest } from "../../../src/domain/credit/pull-request-credits.ts";
import type { PullRequestFacts, SupersededFacts } from "../../../src/domain/credit/pull-request-facts.ts";
import { ada, commit, defaults, grace, hedy, pullRequest } from "../../support/pull-request.ts";

const url = "https://github.com/acme/tides/pull";
const byAda = "Ada Example <ada@example.com>";
const byGrace = "Grace Sample <grace@example.org>";
const joan = "Joan Figure <joan@example.org>";
const commits = [commit(byAda, "Count")];

function superseded(given: Partial<SupersededFacts> = {}): SupersededFacts {
  const { number = 3 } = given;
  return { number, url: `${url}/${number}`, author: grace, mergedAt: null, commits: [], ...given };
}

/** Who has credit beside Ada, for what. */
function others(given: Partial<PullRequestFacts>): string[] {
  const { credits, assistants } = creditPullRequest(pullRequest({ commits, ...given }), defaults);
  return [...credits, ...assistants]
    .filter(({ person }) => person.id !== ada.id)
    .map(({ person, role, evidence }) => `${person.name}, ${role}: ${evidence.map(({ label }) => label).join(" ")}`);
}

const landedAt = (day: number) => ({ commits: [], by: ada, at: new Date(Date.UTC(2026, 2, day)) });
const march = (day: number) => new Date(Date.UTC(2026, 2, day));

describe("what a pull request supersedes", () => {
  test.each<[string, Partial<PullRequestFacts>, string[]]>([
    ["whoever opened it is a co-author", { superseded: [superseded()] }, ["Grace Sample, co-author: #3"]],
    [
      "so is whoever wrote its commits, or is a co-author there",
      { superseded: [superseded({ commits: [commit(byGrace, `Count\n\nCo-authored-by: ${joan}`)] })] },
      ["Grace Sample, co-author: #3", "Joan Figure, co-author: #3"],
    ],
    [
      "other roles there are of that one alone",
      { superseded: [superseded({ commits: [commit(byGrace, `Count\n\nTested-by: ${joan}`)] })] },
      ["Grace Sample, co-author: #3"],
    ],
    [
      "a merge of the base there credits nobody",
      { superseded: [superseded({ commits: [commit(joan, "Merge main", { parents: 2 })] })] },
      ["Grace Sample, co-author: #3"],
    ],
    [
      "the pull request's author gets nothing by it, under any address",
      {
        superseded: [superseded({ author: ada, commits: [commit("A <101+ada@users.noreply.github.com>", "Count")] })],
        commits: [commit(byGrace, "Count")],
      },
      ["Grace Sample, author: 4f2a91c"],
    ],
    [
      "whoever wrote commits here is their author, and that is enough",
      { superseded: [superseded()], commits: [...commits, commit(byGrace, "Count on")] },
      ["Grace Sample, author: 4f2a91c"],
    ],
    [
      "who is a co-author already has that evidence as well",
      { superseded: [superseded()], commits: [commit(byAda, `Count\n\nCo-authored-by: ${byGrace}`)] },
      ["Grace Sample, co-author: 4f2a91c #3"],
    ],
    [
      "several are all there, in order",
      { superseded: [superseded({ number: 4, author: hedy }), superseded(), superseded({ number: 2 })] },
      ["Grace Sample, co-author: #2 #3", "Hedy Instance, co-author: #4"],
    ],
    ["a deleted account is nobody", { superseded: [superseded({ author: null })] }, []],
    [
      "a bot stays apart",
      { superseded: [superseded({ author: { id: 49, login: "dependabot[bot]", kind: "bot" } })] },
      ["dependabot[bot], co-author: #3"],
    ],
    ["what was merged has its credit there", { superseded: [superseded({ mergedAt: march(1) })] }, []],
    [
      "what was merged before this was, too",
      { superseded: [superseded({ mergedAt: march(1) })], landed: landedAt(2) },
      [],
    ],
    [
      "what was merged only afterwards counts as it did",
      { superseded: [superseded({ mergedAt: march(3) })], landed: landedAt(2) },
      ["Grace Sample, co-author: #3"],
    ],
  ])("%s", (_, given, expected) => {
    expect(others(given)).toEqual(expected);
  });

  test("whoever is excluded or not to be listed is left out", () => {
    const facts = pullRequest({ commits, superseded: [superseded(), superseded({ number: 4, author: hedy })] });
    const settings = { ...defaults, isExcluded: (login: string) => login === "grace", unlisted: new Set([hedy.id]) };
    expect(creditPullRequest(facts, settings).credits.map(({ person }) => person.name)).toEqual(["Ada Example"]);
  });

  test("bots stand among assistants", () => {
    const facts = pullRequest({
      commits,
      superseded: [superseded({ author: { id: 49, login: "x[bot]", kind: "bot" } })],
    });
    const { credits, assistants } = creditPullRequest(facts, defaults);
    expect([credits.length, assistants.length]).toEqual([1, 1]);
  });

  test("the comment names it, and offers a trailer, but a squash loses nothing that no commit holds", () => {
    const facts = pullRequest({ commits, superseded: [superseded()] });
    const credits = creditPullRequest(facts, defaults);
    const outlook = foreseeMerge(facts, credits, defaults);
    const said = composeCreditComment({
      facts,
      credits,
      outlook,
      landed: compareLanded(facts, credits, defaults),
      settings: { ...defaults, comment: "auto" },
      isNewcomer: () => false,
      hasCommands: true,
    });
    expect(said?.rows.shown[1]).toMatchObject({
      who: { name: "Grace Sample" },
      roles: ["co-author"],
      evidence: [{ kind: "superseded pull request", url: `${url}/3`, label: "#3" }],
    });
    expect(said?.warning).toBeNull();
    expect(said?.trailers.shown).toEqual(["Co-authored-by: Grace Sample <102+grace@users.noreply.github.com>"]);
  });

  test("more than a table has room for are counted", () => {
    const evidence = [1, 2, 3, 4].map((number) => {
      return { kind: "superseded pull request" as const, url: `${url}/${number}`, label: `#${number}` };
    });
    expect(evidenceOf(evidence.slice(1), `${url}/5`).map(({ label }) => label)).toEqual(["#2", "#3", "#4"]);
    const all = { kind: "superseded pull requests", url: `${url}/5`, label: "", count: 4 };
    expect(evidenceOf(evidence, `${url}/5`)).toEqual([all]);
  });
});
