import { expect, test } from "vitest";
import type { Role } from "../../../src/domain/credit/roles.ts";
import type { Subject } from "../../../src/domain/ledger/subject.ts";
import { creditsOfWorks, firstMoments, type WorkCredit } from "../../../src/domain/release/credits-of-works.ts";

const pull = (number: number): Subject => ({ kind: "pull request", number });

function credit(subject: Subject, login: string, role: Role, more: Partial<WorkCredit> = {}): WorkCredit {
  const countedAt = new Date("2026-02-01T00:00:00Z");
  const person = { personKey: `account:${login}`, accountId: 1, name: `${login} Example`, login };
  return { subject, ...person, role, isAssistant: false, countedAt, ...more };
}

const rules = { web: "https://github.example", newcomers: new Set(["account:hedy"]) };

function told(credits: ReturnType<typeof creditsOfWorks>): string[] {
  return credits.map(({ person, role, work, pull: number }) => `${person.login} ${role} ${work} #${number}`);
}

test("each credit of a work is thanked for, with its pull request", () => {
  const given = [
    credit(pull(12), "ada", "author"),
    credit(pull(12), "hedy", "reporter"),
    credit(pull(13), "joan", "author"),
  ];
  const credits = creditsOfWorks([{ subject: pull(12), originals: [] }], given, rules);
  expect(told(credits)).toEqual(["ada author pull request 12 #12", "hedy reporter pull request 12 #12"]);
  expect(credits.map(({ person }) => [person.url, person.isNewcomer])).toEqual([
    ["https://github.example/ada", false],
    ["https://github.example/hedy", true],
  ]);
});

test("a backport thanks the original people, and whoever brought it for maintenance", () => {
  const given = [
    credit(pull(12), "ada", "author"),
    credit(pull(12), "grace", "co-author"),
    credit(pull(30), "ada", "author"),
    credit(pull(30), "joan", "author"),
    credit(pull(30), "hedy", "reviewer"),
  ];
  expect(told(creditsOfWorks([{ subject: pull(30), originals: [pull(12)] }], given, rules))).toEqual([
    "ada author pull request 12 #12",
    "grace co-author pull request 12 #12",
    "joan maintenance pull request 30 #30",
    "hedy reviewer pull request 30 #30",
  ]);
});

test("of an original that nothing is known about, what brought it stands in its place", () => {
  const given = [credit(pull(30), "joan", "author")];
  expect(told(creditsOfWorks([{ subject: pull(30), originals: [pull(12)] }], given, rules))).toEqual([
    "joan author pull request 30 #30",
  ]);
});

test("somebody without an account has a name and no link; an assistant is no newcomer", () => {
  const given = [
    credit(pull(12), "ada", "author", { login: null, accountId: null, personKey: "address:1", name: "Ada" }),
    credit(pull(12), "hedy", "co-author", { isAssistant: true }),
  ];
  const credits = creditsOfWorks([{ subject: pull(12), originals: [] }], given, rules);
  expect(credits.map(({ person: { name, url, isNewcomer } }) => ({ name, url, isNewcomer }))).toEqual([
    { name: "Ada", url: null, isNewcomer: false },
    { name: "hedy Example", url: null, isNewcomer: false },
  ]);
});

test("people's first moments are their earliest ones, whatever the order", () => {
  const early = new Date("2026-01-01T00:00:00Z");
  const given = [
    credit(pull(12), "ada", "author"),
    credit(pull(13), "ada", "reviewer", { countedAt: early }),
    credit(pull(13), "bot", "author", { isAssistant: true }),
  ];
  expect([...firstMoments(given)]).toEqual([["account:ada", early]]);
});
