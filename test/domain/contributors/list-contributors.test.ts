import { describe, expect, test } from "vitest";
import { configurationSchema } from "../../../src/domain/config/configuration-schema.ts";
import { contributorRules } from "../../../src/domain/contributors/contributor-rules.ts";
import { type Contributor, listContributors } from "../../../src/domain/contributors/list-contributors.ts";
import type { Role } from "../../../src/domain/credit/roles.ts";

function contributor(name: string, roles: readonly Role[] = ["author"], wish: Partial<Contributor> = {}): Contributor {
  return { key: `name:${name}`, name, login: null, url: null, isAssistant: false, roles: new Set(roles), ...wish };
}

const rules = { exclude: [], assistants: "section" } as const;
const ada = contributor("Ada Example", ["reviewer", "author"], { login: "ada", url: "https://github.com/ada" });
const grace = contributor("Grace Sample", ["mentor"]);
const copilot = contributor("Copilot", ["co-author"], { isAssistant: true });

function namesOf(contributors: readonly Contributor[], wish: Partial<Parameters<typeof listContributors>[1]> = {}) {
  const { people, assistants } = listContributors(contributors, { ...rules, ...wish });
  return { people: people.map(({ name }) => name), assistants: assistants.map(({ name }) => name) };
}

describe("the order", () => {
  test.each([
    ["is by name", ["Joan Figure", "Ada Example", "Grace Sample"], ["Ada Example", "Grace Sample", "Joan Figure"]],
    [
      "is that of a dictionary",
      ["Zoë Person", "ada model", "Émilie Example"],
      ["ada model", "Émilie Example", "Zoë Person"],
    ],
    ["tells names apart that differ in case alone", ["ada", "Ada"], ["ada", "Ada"].toSorted()],
  ])("%s", (_, given, expected) => {
    const { people } = namesOf(given.map((name) => contributor(name)));
    expect(people.map((name) => name.toLowerCase())).toEqual(expected.map((name) => name.toLowerCase()));
    expect(namesOf(given.toReversed().map((name) => contributor(name))).people).toEqual(people);
  });

  test("is by key among people of the same name, whatever they did", () => {
    const one = contributor("Ada Example", ["tester"], { key: "account:1", login: "ada" });
    const other = contributor("Ada Example", ["author", "reviewer", "mentor"], { key: "account:2", login: "ada2" });
    const logins = listContributors([other, one], rules).people.map(({ login }) => login);
    expect(logins).toEqual(["ada", "ada2"]);
  });

  test("of roles is the one in which roles are shown everywhere", () => {
    expect(listContributors([ada], rules).people).toEqual([
      { name: "Ada Example", login: "ada", url: "https://github.com/ada", roles: ["author", "reviewer"] },
    ]);
  });
});

describe("who is left out", () => {
  test.each([
    ["nobody by itself", [], ["Ada Example", "Grace Sample"]],
    ["whose login is excluded", ["ADA"], ["Grace Sample"]],
    ["whose name is excluded", ["grace*"], ["Ada Example"]],
    ["everybody, by a star", ["*"], []],
  ])("%s", (_, exclude, expected) => {
    expect(namesOf([ada, grace], { exclude }).people).toEqual(expected);
  });

  test("whoever has no name at all", () => {
    expect(namesOf([contributor(""), contributor(" ")]).people).toEqual([]);
  });
});

describe("assistants", () => {
  test.each([
    ["section", { people: ["Ada Example"], assistants: ["Copilot"] }],
    ["count", { people: ["Ada Example", "Copilot"], assistants: [] }],
    ["hide", { people: ["Ada Example"], assistants: [] }],
    ["forbid", { people: ["Ada Example"], assistants: [] }],
  ] as const)("by the setting %s", (assistants, expected) => {
    const settings = configurationSchema.parse({ credit: { assistants } });
    expect(namesOf([ada, copilot], contributorRules(settings))).toEqual(expected);
  });
});
