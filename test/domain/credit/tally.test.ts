import { describe, expect, test } from "vitest";
import { createClaimRules } from "../../../src/domain/credit/claims.ts";
import { readCredits } from "../../../src/domain/credit/credits.ts";
import { parseMailmap } from "../../../src/domain/credit/mailmap.ts";
import { createPeople } from "../../../src/domain/credit/people.ts";
import { type Role, roles } from "../../../src/domain/credit/roles.ts";
import { type AssistantPolicy, createTally, type Tally } from "../../../src/domain/credit/tally.ts";

/** A commit as `Name <address>` of its author, and its trailers. */
type Line = [author: string, ...trailers: string[]];

interface Setting {
  mailmap?: string;
  chosenRoles?: Role[];
  assistants?: AssistantPolicy;
}

/** Adds up commits, the newest first, and also gives each credit as `role name`. */
function count(history: readonly Line[], setting: Setting = {}): { tally: Tally; credits: string[] } {
  const people = createPeople(parseMailmap([setting.mailmap ?? ""]));
  const claims = createClaimRules({ parse: "tolerant" });
  const tally = createTally({
    claims,
    people,
    chosenRoles: new Set(setting.chosenRoles ?? roles),
    assistants: setting.assistants ?? "section",
    countSelf: false,
  });
  const commits = history.map(([author, ...trailers], index) => {
    const [, name = "", address = ""] = /^(.*?) ?<(.*)>$/.exec(author) ?? [];
    return { id: String(index), author: { name, address }, message: `Change\n\n${trailers.join("\n")}\n` };
  });
  for (const commit of commits) tally.add(commit);
  const total = tally.finish();
  const names = new Map([...total.people, ...total.assistants].map((entry) => [entry.person, entry.name]));
  const credits = commits.flatMap((commit) => readCredits(commit, { claims, people: total.settled, countSelf: false }));
  return { tally: total, credits: credits.map(({ role, person }) => `${role} ${names.get(person)}`) };
}

/** Each person as `name commits`, in order. */
function peopleOf(history: readonly Line[], setting?: Setting): string[] {
  return count(history, setting).tally.people.map(({ name, commits }) => `${name} ${commits}`);
}

describe("one person with many names and addresses", () => {
  test.each<[string, Line[], string[]]>([
    ["equal addresses, whatever their case", [["Ada <ada@example.com>"], ["Ada <ADA@Example.com>"]], ["Ada 2"]],
    [
      "the same account under an old login",
      [["Ada <101+ada@users.noreply.github.com>"], ["Ada <101+lovelace@users.noreply.github.com>"]],
      ["Ada 2"],
    ],
    [
      "an old address without the id, by its login",
      [["Ada <ADA@users.noreply.github.com>"], ["Ada <101+aDa@users.noreply.github.com>"]],
      ["Ada 2"],
    ],
  ])("joins %s", (_, history, expected) => {
    expect(peopleOf(history)).toEqual(expected);
  });

  test.each<[string, Line[], string[]]>([
    ["two people of one name", [["Ada <ada@example.com>"], ["Ada <ada@example.org>"]], ["Ada 1", "Ada 1"]],
    [
      "a login that two accounts have had",
      [
        ["Ada <ada@users.noreply.github.com>"],
        ["Ada <101+ada@users.noreply.github.com>"],
        ["Ada <202+ada@users.noreply.github.com>"],
      ],
      ["Ada 1", "Ada 1", "Ada 1"],
    ],
    ["people without an address and with other names", [["Ada <>"], ["Grace <>"]], ["Ada 1", "Grace 1"]],
  ])("keeps apart %s", (_, history, expected) => {
    expect(peopleOf(history)).toEqual(expected);
  });

  test("joins by mailmap, and an account's later logins with what the mailmap says of its id", () => {
    const mailmap = "Ada Example <ADA@example.com> <101+ada@users.noreply.github.com>";
    const history: Line[] = [
      ["x <101+lovelace@users.noreply.github.com>"],
      ["y <ada@example.com>"],
      ["z <101+ada@users.noreply.github.com>"],
    ];
    expect(peopleOf(history, { mailmap })).toEqual(["x 3"]);
  });

  test("joins an old address through what the mailmap says of the account, even if that is an old address itself", () => {
    const mailmap = "<ada@users.noreply.github.com> <101+bob@users.noreply.github.com>";
    const history: Line[] = [
      ["Ada <bob@users.noreply.github.com>"],
      ["Ada <101+bob@users.noreply.github.com>"],
      ["Ada <ada@users.noreply.github.com>"],
    ];
    expect(peopleOf(history, { mailmap })).toEqual(["Ada 3"]);
  });

  test("shows the login of the address that a mailmap puts in place", () => {
    const { tally } = count([["Ada <ada@work.example.com>"]], {
      mailmap: "<101+ada@users.noreply.github.com> <ada@work.example.com>",
    });
    expect(tally.people).toMatchObject([{ login: "ada" }]);
  });

  test("shows the name and the address most used, the newest on a tie, and the newest login", () => {
    const { tally } = count([
      ["Lovelace <101+lovelace@users.noreply.github.com>"],
      ["Ada <101+ada@users.noreply.github.com>"],
      ["Ada <101+ada@users.noreply.github.com>"],
      ["Lovelace <101+lovelace@users.noreply.github.com>"],
      ["<101+lovelace@users.noreply.github.com>"],
    ]);
    expect(tally.people).toMatchObject([
      { name: "Lovelace", login: "lovelace", email: "101+lovelace@users.noreply.github.com", commits: 5 },
    ]);
  });

  test("spells one name in one way, however it is composed or spaced", () => {
    expect(peopleOf([["Jo\u0308rg  Muster <j@example.com>"], ["Jörg Muster <j@example.com>"]])).toEqual([
      "Jörg Muster 2",
    ]);
  });
});

describe("the count", () => {
  test("counts a commit once per person and role", () => {
    const { tally } = count([
      [
        "Ada <ada@example.com>",
        "Co-authored-by: Grace <grace@example.org>",
        "Co-developed-by: G. Sample <GRACE@example.org>",
        "Reviewed-by: Grace <grace@example.org>",
      ],
      ["Ada <ada@example.com>", "Reported-and-tested-by: Grace <grace@example.org>"],
    ]);
    expect(tally.commits).toBe(2);
    expect(tally.people.map(({ name, commits, roles: counts }) => [name, commits, counts])).toEqual([
      ["Ada", 2, { author: 2 }],
      ["Grace", 2, { "co-author": 1, reviewer: 1, reporter: 1, tester: 1 }],
    ]);
  });

  test("orders by commits, then name by code point, then address", () => {
    const history: Line[] = [
      ["😀 <a@example.com>"],
      ["ﬀ <b@example.com>"],
      ["B <d@example.com>"],
      ["B <c@example.com>"],
      ["a <e@example.com>"],
      ["a <e@example.com>"],
    ];
    const { tally } = count(history);
    expect(tally.people.map(({ email }) => email)).toEqual([
      "e@example.com",
      "c@example.com",
      "d@example.com",
      "b@example.com",
      "a@example.com",
    ]);
  });

  test("leaves out roles that were not asked for, and who has none of those", () => {
    const history: Line[] = [["Ada <ada@example.com>", "Mentored-by: Grace <grace@example.org>", "Helped-by: nobody"]];
    const { tally } = count(history, { chosenRoles: ["mentor"] });
    expect(tally.people.map(({ name }) => name)).toEqual(["Grace"]);
    expect(tally.unattributed).toEqual([]);
    expect(tally.commits).toBe(1);
  });

  test("keeps what names nobody, once for each role", () => {
    const { tally } = count([["Ada <ada@example.com>", "Reported-and-tested-by: Grace"]]);
    expect(tally.unattributed).toEqual([
      { commit: "0", role: "reporter", text: "Grace" },
      { commit: "0", role: "tester", text: "Grace" },
    ]);
  });
});

describe("a trailer that names the commit's author", () => {
  test.each<[string, Line]>([
    ["by the same address", ["Ada <ada@example.com>", "Reviewed-by: Somebody <ADA@example.com>"]],
    [
      "by another address of the same account",
      ["Ada <1+a@users.noreply.github.com>", "Co-authored-by: Ada <1+b@users.noreply.github.com>"],
    ],
    [
      "by an old address of the same login",
      ["Ada <a@users.noreply.github.com>", "Co-authored-by: Ada <1+a@users.noreply.github.com>"],
    ],
    [
      "by the address that an old one turns out to be",
      ["Ada <1+a@users.noreply.github.com>", "Co-authored-by: Ada <a@users.noreply.github.com>"],
    ],
  ])("gives no credit and no evidence: %s", (_, commit) => {
    const { tally, credits } = count([commit]);
    expect(tally.people.map(({ commits, roles: counts }) => [commits, counts])).toEqual([[1, { author: 1 }]]);
    expect(credits).toEqual(["author Ada"]);
  });

  test("gives credit where only the name is the same", () => {
    const { credits } = count([["Ada <ada@example.com>", "Reviewed-by: Ada <ada@example.org>"]]);
    expect(credits).toEqual(["author Ada", "reviewer Ada"]);
  });

  test("is told by the whole history, also by what comes later in it", () => {
    const history: Line[] = [
      ["Ada <a@users.noreply.github.com>", "Co-authored-by: Old Ada <1+old@users.noreply.github.com>"],
      [
        "Ada <a@users.noreply.github.com>",
        "Co-authored-by: Old Ada <1+old@users.noreply.github.com>",
        "Helped-by: Grace <g@example.org>",
      ],
      ["Ada <a@users.noreply.github.com>", "Helped-by: Grace <g@example.org>"],
      ["Ada <a@users.noreply.github.com>", "Helped-by: Grace <g@example.org>"],
      ["Ada <a@users.noreply.github.com>", "Tested-by: Grace <g@example.org>"],
      ["Ada <1+a@users.noreply.github.com>"],
    ];
    const { tally } = count(history);
    expect(tally.people.map(({ name, commits, roles: counts }) => [name, commits, counts])).toEqual([
      ["Ada", 6, { author: 6 }],
      ["Grace", 4, { helper: 3, tester: 1 }],
    ]);
  });
});

describe("assistants", () => {
  const history: Line[] = [
    ["Ada <ada@example.com>", "Co-authored-by: Claude Opus 4.5 <noreply@anthropic.com>"],
    ["Ada <ada@example.com>", "Co-authored-by: Claude <noreply@anthropic.com>"],
    ["Ada <ada@example.com>", "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>"],
    [
      "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      "Helped-by: support <support@dependabot.com>",
    ],
    ["house[bot] <ada@example.com>"],
    ["Claude Muster <claude@example.org>"],
  ];

  test.each([
    ["an address", "Ada <noreply@anthropic.com>", "Claude"],
    ["a whole name", "GitHub Copilot <somebody@example.com>", "Copilot"],
    ["the beginning of a name", "aider (some model) <somebody@example.com>", "Aider"],
    ["a login", "Somebody <renovate-bot@users.noreply.github.com>", "renovate[bot]"],
    ["a name that ends with [bot]", "renovate[bot] <somebody@example.com>", "renovate[bot]"],
    ["a login that ends with [bot]", "Somebody <7+house[bot]@users.noreply.github.com>", "house[bot]"],
  ])("are recognised by %s", (_, author, name) => {
    expect(count([[author]]).tally.assistants).toMatchObject([{ name }]);
  });

  test("stand apart from people, each under one name", () => {
    const { tally } = count(history);
    expect(tally.people.map(({ name, commits }) => `${name} ${commits}`)).toEqual(["Ada 3", "Claude Muster 1"]);
    expect(tally.assistants.map(({ name, commits }) => `${name} ${commits}`)).toEqual([
      "Claude 2",
      "Copilot 1",
      "dependabot[bot] 1",
      "house[bot] 1",
    ]);
  });

  test("count as people where that is the policy", () => {
    const { tally } = count(history, { assistants: "count" });
    expect(tally.people).toHaveLength(6);
    expect(tally.assistants).toEqual([]);
  });

  test("are not there where they are hidden", () => {
    const { tally } = count(history, { assistants: "hide" });
    expect(tally.people).toHaveLength(2);
    expect(tally.assistants).toEqual([]);
  });
});

describe("the evidence", () => {
  test("counts once what stands twice, and keeps the finding of git's own parse", () => {
    const people = createPeople(parseMailmap([]));
    const message =
      "Change\n\nHelped-by: G <g@example.org>\nprose\n\nhelped-BY: G <g@example.org>\nHelped-by: Grace <g@example.org>\n";
    const commit = { id: "1", author: { name: "Ada", address: "ada@example.com" }, message };
    const credits = readCredits(commit, {
      claims: createClaimRules({ parse: "tolerant" }),
      people: people.settle(),
      countSelf: false,
    });
    expect(credits.map(({ role, found, text }) => `${role} ${found} ${text}`)).toEqual([
      "author author Ada <ada@example.com>",
      "helper strict G <g@example.org>",
      "helper strict Grace <g@example.org>",
    ]);
  });
});
