import { describe, expect, test } from "vitest";
import { compareLanded, foreseeMerge } from "../../../src/domain/credit/merge-outlook.ts";
import { creditPullRequest } from "../../../src/domain/credit/pull-request-credits.ts";
import type { CommitFacts, PullRequestFacts } from "../../../src/domain/credit/pull-request-facts.ts";
import {
  ada,
  calendarDays,
  commit,
  defaults,
  grace,
  hedy,
  issue,
  pullRequest,
  review,
} from "../../support/pull-request.ts";

const byAda = "Ada Example <ada@example.com>";
const byGrace = "Grace Sample <grace@example.org>";
const byJoan = "Joan Figure <joan.figure@example.com>";

function outlookOf(facts: PullRequestFacts) {
  return foreseeMerge(facts, creditPullRequest(facts, defaults), defaults);
}

/** What a squash makes of everybody, each as `name, role: fate, reason`. */
function squashOf(facts: PullRequestFacts): string[] {
  const fates = outlookOf(facts).methods.find(({ method }) => method === "squash")?.fates ?? [];
  return fates.map(({ person, role, fate, reason }) => `${person.name}, ${role}: ${fate}, ${reason}`);
}

const several = [commit(byAda, `Add a\n\nTested-by: ${byJoan}\n`), commit(byGrace, "Add b")];
const prBody = { squashMessage: "PR_BODY" as const };

describe("a squash, by the repository's settings", () => {
  test.each<[string, Parameters<typeof pullRequest>[0], string[]]>([
    [
      "of one commit keeps its text, and so all that its trailers say",
      { commits: [commit(byAda, `Add a\n\nCo-authored-by: ${byGrace}\nTested-by: ${byJoan}\n`)] },
      ["Ada Example, author: kept, named", "Grace Sample, co-author: kept, named", "Joan Figure, tester: kept, named"],
    ],
    [
      "of one commit that somebody else wrote may lose them",
      { commits: [commit(byGrace, "Add a")] },
      ["Grace Sample, author: may be lost, undocumented"],
    ],
    [
      "of several appends who wrote them, and hides earlier trailers from git",
      { commits: several },
      [
        "Ada Example, author: kept, named",
        "Grace Sample, author: kept, named",
        "Joan Figure, tester: may be lost, hidden",
      ],
    ],
    [
      "of several by one person leaves the last one's trailers where git looks",
      { commits: [commit(byAda, "Add a"), commit(byAda, `Add b\n\nTested-by: ${byJoan}\n`)] },
      ["Ada Example, author: kept, named", "Joan Figure, tester: kept, named"],
    ],
    [
      "into the pull request's description may lose everybody else",
      { commits: several, repository: prBody },
      [
        "Ada Example, author: kept, named",
        "Grace Sample, author: may be lost, undocumented",
        "Joan Figure, tester: may be lost, undocumented",
      ],
    ],
    [
      "into the pull request's description keeps whom that names",
      { commits: several, repository: prBody, body: `Why.\n\nCo-authored-by: ${byGrace}\nTested-by: ${byJoan}` },
      ["Ada Example, author: kept, named", "Grace Sample, author: kept, named", "Joan Figure, tester: kept, named"],
    ],
    [
      "into a blank message may lose everybody else, whatever the description names",
      { commits: several, repository: { squashMessage: "BLANK" }, body: `Why.\n\nTested-by: ${byJoan}` },
      [
        "Ada Example, author: kept, named",
        "Grace Sample, author: may be lost, undocumented",
        "Joan Figure, tester: may be lost, undocumented",
      ],
    ],
    [
      "is what GitHub proposes, where it tells",
      {
        commits: several,
        repository: prBody,
        proposedSquash: { title: "Add a", body: `Why\n\n---------\n\nCo-authored-by: ${byGrace}` },
      },
      ["Ada Example, author: kept, named", "Grace Sample, author: kept, named", "Joan Figure, tester: lost, left out"],
    ],
  ])("%s", (_, given, expected) => {
    expect(squashOf(pullRequest(given))).toEqual(expected);
  });

  test("is not spoken of where it is not allowed", () => {
    const facts = pullRequest({
      commits: several,
      repository: { allows: { merge: true, squash: false, rebase: false } },
    });
    expect(outlookOf(facts).methods.map(({ method }) => method)).toEqual(["merge"]);
  });
});

test("a merge commit and a rebase keep everybody", () => {
  const [, ...others] = outlookOf(calendarDays).methods;
  expect(others.map(({ method }) => method)).toEqual(["merge", "rebase"]);
  expect(new Set(others.flatMap(({ fates }) => fates.map(({ fate }) => fate)))).toEqual(new Set(["kept"]));
});

describe("an address that no account has", () => {
  test("is told with the commit that has it", () => {
    expect(outlookOf(calendarDays).unlinked).toMatchObject([
      { person: { name: "Joan Figure" }, role: "co-author", sha: "9c1d3e0".padEnd(40, "0"), instead: null },
    ]);
  });

  test("comes with the trailer to use, where one person of that name has an account", () => {
    const joan = { id: 105, login: "joan", name: "Joan Figure", kind: "person" as const };
    const facts = { ...calendarDays, reviews: [review(joan)] };
    expect(outlookOf(facts).unlinked[0]?.instead).toBe(
      "Co-authored-by: Joan Figure <105+joan@users.noreply.github.com>",
    );
    const two = {
      ...calendarDays,
      reviews: [review(joan), review({ ...joan, id: 106, login: "joan2" }, { url: "u" })],
    };
    expect(outlookOf(two).unlinked[0]?.instead).toBe(null);
  });

  test("comes with none where that person opened the pull request", () => {
    const facts = pullRequest({ commits: [commit("Ada Example <ada@laptop>", "Add a"), commit(byAda, "Add b")] });
    expect(outlookOf(facts).unlinked).toMatchObject([{ role: "author", instead: null }]);
  });

  test("is not claimed of trailers that GitHub does not look at", () => {
    const facts = pullRequest({ commits: [commit(byAda, `Add a\n\nTested-by: ${byJoan}\n`)] });
    expect(outlookOf(facts).unlinked).toEqual([]);
  });
});

describe("the trailers to paste", () => {
  test("name everybody but the pull request's author, at the address they used or else at GitHub's noreply one", () => {
    expect(outlookOf(calendarDays).trailers).toEqual([
      "Co-authored-by: Grace Sample <grace@example.org>",
      "Co-authored-by: Joan Figure <joan.figure@example.com>",
      "Reviewed-by: Katherine Model <103+katherine@users.noreply.github.com>",
      "Reported-by: Hedy Instance <104+hedy@users.noreply.github.com>",
    ]);
  });

  test("leave out addresses that no mail server takes, and shorten what is no name", () => {
    const long = `${"x".repeat(300)}@example.com`;
    const message = `Add a\n\nTested-by: X <${long}>\nTested-by: ${"y".repeat(300)} <y@example.com>\n`;
    expect(outlookOf(pullRequest({ commits: [commit(byAda, message)] })).trailers).toEqual([
      `Tested-by: ${"y".repeat(99)}… <y@example.com>`,
    ]);
  });

  test("have canonical keys, and each line once", () => {
    const commits = [
      commit(byGrace, "Add a"),
      commit(byAda, `Add b\n\nco-developed-by: ${byGrace}\nACKED-BY: ${byJoan}\nSigned-off-by: ${byAda}\n`),
    ];
    expect(outlookOf(pullRequest({ commits })).trailers).toEqual([
      "Co-authored-by: Grace Sample <grace@example.org>",
      "Reviewed-by: Joan Figure <joan.figure@example.com>",
    ]);
  });
});

function squash(message: string): CommitFacts[] {
  return [commit(byAda, message, { sha: "1b2c3d4".padEnd(40, "0") })];
}

function landedOf(commits: CommitFacts[], given = calendarDays) {
  const facts = { ...given, state: "merged" as const, landed: { commits, by: ada, at: new Date(0) } };
  const landed = compareLanded(facts, creditPullRequest(facts, defaults), defaults);
  return { kept: namesOf(landed?.kept), hidden: namesOf(landed?.hidden), leftOut: namesOf(landed?.leftOut) };
}

function namesOf(people: readonly { name: string }[] = []): string[] {
  return people.map(({ name }) => name);
}

describe("after the merge", () => {
  test.each<[string, CommitFacts[], ReturnType<typeof landedOf>]>([
    [
      "a squash with an edited message has left out whom it does not name",
      squash("Count a day by the calendar (#5)"),
      { kept: ["Ada Example"], hidden: [], leftOut: ["Grace Sample", "Joan Figure"] },
    ],
    [
      "a squash hides from git what stands above other trailers",
      squash(
        `Count (#5)\n\n* a\n\nCo-authored-by: ${byJoan}\n\n---------\n\nCo-authored-by: G <102+g@users.noreply.github.com>\n`,
      ),
      { kept: ["Ada Example", "Grace Sample"], hidden: ["Joan Figure"], leftOut: [] },
    ],
    [
      "a merge commit brings everything along",
      [commit("Hedy Instance <hedy@example.org>", "Merge pull request #5", { parents: 2 })],
      { kept: ["Ada Example", "Grace Sample", "Joan Figure"], hidden: [], leftOut: [] },
    ],
    [
      "rebased commits hold what they held",
      [...calendarDays.commits],
      { kept: ["Ada Example", "Grace Sample", "Joan Figure"], hidden: [], leftOut: [] },
    ],
  ])("%s", (_, commits, expected) => {
    expect(landedOf(commits)).toEqual(expected);
  });

  test("reviewers and reporters are not looked for in commits", () => {
    const given = pullRequest({
      commits: [commit(byAda, "Add a")],
      reviews: [review(grace)],
      closingIssues: [issue(3, hedy)],
    });
    expect(landedOf(squash("Add a (#5)"), given)).toEqual({ kept: ["Ada Example"], hidden: [], leftOut: [] });
  });

  test("before it there is nothing to compare", () => {
    expect(compareLanded(calendarDays, creditPullRequest(calendarDays, defaults), defaults)).toBe(null);
  });
});
