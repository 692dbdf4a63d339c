import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCreditCommand } from "../../../src/domain/command/credit-command.ts";
import type { CreditCommand } from "../../../src/domain/command/credit-command-kinds.ts";
import { wordsByRole } from "../../../src/domain/command/role-words.ts";
import { roles } from "../../../src/domain/credit/roles.ts";

function give(people: string[], given: (typeof roles)[number][], mentees: string[] = []): CreditCommand {
  return { kind: "give", people, roles: given, mentees };
}

describe("/credit", () => {
  test.each<[string, string, CreditCommand]>([
    ["gives one person one role", "@ada for review", give(["ada"], ["reviewer"])],
    ["gives several", "@ada @grace for review, mentoring", give(["ada", "grace"], ["reviewer", "mentor"])],
    [
      "takes commas and words between",
      "@ada, @grace and @hedy & @joan for docs and design",
      give(["ada", "grace", "hedy", "joan"], ["docs", "design"]),
    ],
    ["needs no blank around a comma", "@ada,@grace for docs,design", give(["ada", "grace"], ["docs", "design"])],
    ["names a person once", "@ada @Ada @ADA for docs", give(["ada"], ["docs"])],
    ["names a role once", "@ada for bug, bug reports, reporter", give(["ada"], ["reporter"])],
    ["keeps the order of the roles", "@ada for docs and author", give(["ada"], ["docs", "author"])],
    ["takes roles in any case", "@ada For ReVieW, USERTESTING", give(["ada"], ["reviewer", "tester"])],
    ["ends like a sentence", "@ada for review! ", give(["ada"], ["reviewer"])],
    ["reads two words as one role", "@ada for code review", give(["ada"], ["reviewer"])],
    ["reads two roles with a comma as two", "@ada for code, review", give(["ada"], ["author", "reviewer"])],
    ["names who was mentored", "@grace for mentoring @ada", give(["grace"], ["mentor"], ["ada"])],
    [
      "names who was mentored after another role",
      "@grace for review, mentoring @ada and @hedy.",
      give(["grace"], ["reviewer", "mentor"], ["ada", "hedy"]),
    ],
    [
      "goes on after who was mentored",
      "@grace for mentoring @ada, review",
      give(["grace"], ["mentor", "reviewer"], ["ada"]),
    ],
    ["takes the longest login", `@${"a".repeat(39)} for docs`, give(["a".repeat(39)], ["docs"])],
    ["takes hyphens in a login", "@ada-b-1 for docs", give(["ada-b-1"], ["docs"])],
    ["takes the login of a managed account", "@ada-b_acme for docs", give(["ada-b_acme"], ["docs"])],
    ["removes a role", "remove @ada for design", { kind: "remove", people: ["ada"], roles: ["design"] }],
    ["removes all roles", "Remove @ada and @grace.", { kind: "remove", people: ["ada", "grace"], roles: null }],
    ["says why", "why", { kind: "why", login: null }],
    ["says why for one", "why @ada", { kind: "why", login: "ada" }],
    ["adds up", "tally", { kind: "tally", login: null }],
    ["adds up for one", "TALLY @ada", { kind: "tally", login: "ada" }],
    ["leaves out for ever", "never-me", { kind: "never-me" }],
    ["forgets", "forget-me.", { kind: "forget-me" }],
    ["helps", "help", { kind: "help" }],
    ["helps who asks for nothing", " ", { kind: "help" }],
  ])("%s: %s", (_, argument, command) => {
    expect(readCreditCommand(argument)).toEqual(command);
  });
});

describe("a mistake says what to write instead", () => {
  const allRoles = "All roles: `/credit help`.";
  const all = "All that I know: `/credit help`.";
  const noSign = "has no `@` in front: people are named like `@ada`.";
  const rule = "can't be a login of GitHub's: letters, digits and single hyphens, 39 at most.";
  test.each<[string, string]>([
    ["@ada for mentorng", `I don't know the role \`mentorng\`. Did you mean \`mentor\`? ${allRoles}`],
    ["@ada for juggling", `I don't know the role \`juggling\`. ${allRoles}`],
    ["@ada for review 🎉", `I don't know the role \`🎉\`. ${allRoles}`],
    ["@ada for `review`", `I don't know the role \`'review'\`. Did you mean \`reviewer\`? ${allRoles}`],
    ["@ada for constructor", `I don't know the role \`constructor\`. ${allRoles}`],
    [`@ada for ${"x".repeat(100)}`, `I don't know the role \`${"x".repeat(39)}…\`. ${allRoles}`],
    ["@ada for playbook", "Credit for a playbook comes from each of its runs, and no command gives it."],
    ["@ada", `Say what for, as in \`/credit @ada for review\`. ${allRoles}`],
    ["@ada for", `Say what for, as in \`/credit @ada for review\`. ${allRoles}`],
    ["@ada for ,", `Say at least one role after \`for\`. ${allRoles}`],
    ["@ada review", "People come first, then `for` and their roles, as in `/credit @ada for review`."],
    ["for review", "Say who, as in `/credit @ada for review`."],
    ["ada for review", `\`ada\` ${noSign}`],
    ["sally for review", `\`sally\` ${noSign}`],
    ["@ada grace for review", `\`grace\` ${noSign}`],
    ["why ada", `\`ada\` ${noSign}`],
    ["@acme/tides for docs", "`@acme/tides` is a team, and credit goes to people: name each of them."],
    [
      "@ada[bot] for docs",
      "`@ada[bot]` is a bot: assistants and bots are shown apart and get no credit of a person's.",
    ],
    ["@-ada for docs", `\`@-ada\` ${rule}`],
    ["@ada- for docs", `\`@ada-\` ${rule}`],
    ["@ada--b for docs", `\`@ada--b\` ${rule}`],
    [`@${"a".repeat(40)} for docs`, `\`@${"a".repeat(38)}…\` ${rule}`],
    ["@ for docs", `\`@\` ${rule}`],
    ["@ada@example.com for docs", `\`@ada@example.com\` ${rule}`],
    ["@grace for review @ada", "Move `@ada` in front of `for`: only after `mentoring` come those who were mentored."],
    [
      "@grace for mentoring, review @ada",
      "Move `@ada` in front of `for`: only after `mentoring` come those who were mentored.",
    ],
    ["@grace for mentoring @Grace", "`@Grace` can't be mentor and mentee at once."],
    ["@grace for mentoring ada", `I don't know the role \`ada\`. ${allRoles}`],
    ["remove", "Say who, as in `/credit @ada for review`."],
    ["remove @ada for", "Say which roles after `for`, or leave it out to remove all of them."],
    ["remove @grace for mentoring @ada", "A role is removed as a whole: leave out `@ada`."],
    ["remov @ada for design", `I don't know \`remov\`. Did you mean \`remove\`? ${all}`],
    ["tly", `I don't know \`tly\`. Did you mean \`tally\`? ${all}`],
    ["tly @ada", `I don't know \`tly\`. Did you mean \`tally\`? ${all}`],
    ["never me", `I don't know \`never\`. Did you mean \`never-me\`? ${all}`],
    ["release", "Which release? Write its tag, as in `/credit release v1.2.0`."],
    ["release v1.2.0 v1.3.0", "`/credit release` takes one tag: write a line for each."],
    ["__proto__", `I don't know \`__proto__\`. ${all}`],
    ["why @ada @grace", "`/credit why` tells of one person: write a line for each."],
    ["never-me please", "`/credit never-me` stands alone on its line: leave out `please`."],
    [
      `${Array.from({ length: 51 }, (_, index) => `@a${index}`).join(" ")} for docs`,
      "More than 50 people in one command: write several.",
    ],
  ])("/credit %s", (argument, text) => {
    expect(readCreditCommand(argument)).toEqual({ kind: "mistake", text });
  });
});

describe("every word of all-contributors is a role", () => {
  test.each([
    ["author", "code"],
    ["reviewer", "review"],
    ["reporter", "bug"],
    ["idea", "ideas research"],
    ["tester", "test userTesting"],
    ["helper", "question"],
    ["mentor", "mentoring"],
    ["docs", "doc content blog tutorial example translation video audio talk"],
    ["design", "design a11y"],
    ["maintenance", "infra maintenance tool platform plugin security data"],
    ["community", "business eventOrganizing financial fundingFinding projectManagement promotion"],
  ])("%s: %s", (role, words) => {
    for (const word of words.split(" ")) {
      expect(readCreditCommand(`@ada for ${word.toUpperCase()}`)).toMatchObject({ kind: "give", roles: [role] });
    }
  });
});

test("every role but a playbook's answers to its own name and to each word of its own, and no word to two roles", () => {
  const words = Object.entries(wordsByRole).flatMap(([role, others]) => [role, ...others].map((word) => [role, word]));
  expect(Object.keys(wordsByRole)).toEqual(roles.filter((role) => role !== "playbook"));
  for (const [role, word] of words) {
    expect(readCreditCommand(`@ada for ${word}`)).toEqual({
      kind: "give",
      people: ["ada"],
      roles: [role],
      mentees: [],
    });
  }
});

test("whatever is written, a mistake is one line with people's words in code alone", () => {
  const word = fc.oneof(
    fc.constantFrom("@ada", "for", "mentoring", "remove", "why", "and", ",", "`", "``", "<b>", "@everybody/x"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const command = readCreditCommand(words.join(" "));
      const text = command.kind === "mistake" ? command.text : "";
      expect(text).toBe(text.toWellFormed());
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      expect(text.replace(/`[^`]+`/g, "")).toMatch(/^[A-Za-z0-9 ,.:?'-]*$/);
    }),
  );
});
