import { describe, expect, test } from "vitest";
import type { Role } from "../../../src/domain/credit/roles.ts";
import {
  type AcknowledgementRules,
  acknowledge,
  type ReleaseCredit,
  type ReleasePerson,
} from "../../../src/domain/release/acknowledge.ts";

function person(name: string, more: Partial<ReleasePerson> = {}): ReleasePerson {
  return { key: name, name, login: null, url: null, isAssistant: false, isNewcomer: false, ...more };
}

const ada = person("Ada Example", { login: "ada", url: "https://github.com/ada" });
const grace = person("Grace Sample", { isNewcomer: true });
const élan = person("Élan Model");
const zoe = person("zoe");
const copilot = person("Copilot", { isAssistant: true });

function credit(who: ReleasePerson, role: Role, work: number): ReleaseCredit {
  return { person: who, role, work: String(work), pull: work };
}

const credits = [
  credit(grace, "author", 1),
  credit(ada, "co-author", 1),
  credit(ada, "reviewer", 2),
  credit(ada, "author", 12),
  credit(ada, "author", 12),
  credit(zoe, "helper", 2),
  credit(zoe, "mentor", 2),
  credit(élan, "docs", 3),
  credit(copilot, "co-author", 1),
];
const rules: AcknowledgementRules = { release: "v1", range: "v0..v1", sort: "credits", exclude: [] };

const mentioned = ({ mention }: { mention: string | null }) => mention;
const namesIn = (people: readonly { name: string }[]): string[] => people.map(({ name }) => name);

test("everybody is there once, with roles and pull requests, each work counted once", () => {
  expect(acknowledge(credits, rules).people[0]).toEqual({
    name: "Ada Example",
    login: "ada",
    url: "https://github.com/ada",
    mention: null,
    isNewcomer: false,
    isTeam: false,
    works: 3,
    roles: { author: 1, "co-author": 1, reviewer: 1 },
    pulls: [1, 2, 12],
  });
});

test("sections tell what people did, with what they did there alone", () => {
  const { sections } = acknowledge(credits, rules);
  expect(sections.map(({ name, people }) => [name, ...namesIn(people)])).toEqual([
    ["wrote", "Ada Example", "Grace Sample"],
    ["reviewed", "Ada Example"],
    ["helped", "zoe"],
    ["documented", "Élan Model"],
  ]);
  expect(sections.map(({ people }) => people[0]?.pulls)).toEqual([[1, 12], [2], [2], [3]]);
});

describe("who is named", () => {
  test.each([
    ["whoever did most first, then by name", {}, ["Ada Example", "Élan Model", "Grace Sample", "zoe"]],
    ["by name", { sort: "name" as const }, ["Ada Example", "Élan Model", "Grace Sample", "zoe"]],
    ["nobody who is excluded by login", { exclude: ["ADA"] }, ["Élan Model", "Grace Sample", "zoe"]],
    ["nobody who is excluded by name", { exclude: ["g*ample", "Zoe"] }, ["Ada Example", "Élan Model"]],
  ])("%s", (_, changed, names) => {
    expect(namesIn(acknowledge(credits, { ...rules, ...changed }).people)).toEqual(names);
  });

  test("by name is not by credits", () => {
    const zoeFirst = [...credits, credit(zoe, "tester", 8), credit(zoe, "tester", 9), credit(zoe, "tester", 10)];
    expect(namesIn(acknowledge(zoeFirst, rules).people)[0]).toBe("zoe");
    expect(namesIn(acknowledge(zoeFirst, { ...rules, sort: "name" }).people)[0]).toBe("Ada Example");
  });

  test("a team is apart from the community, in each section too, by logins and names", () => {
    const { people, team, community, sections } = acknowledge(credits, { ...rules, team: ["ADA", "zoe"] });
    expect([namesIn(team), namesIn(community)]).toEqual([
      ["Ada Example", "zoe"],
      ["Élan Model", "Grace Sample"],
    ]);
    expect(people).toHaveLength(4);
    expect(sections.map((section) => [namesIn(section.team), namesIn(section.community)])).toEqual([
      [["Ada Example"], ["Grace Sample"]],
      [["Ada Example"], []],
      [["zoe"], []],
      [[], ["Élan Model"]],
    ]);
  });

  test("only whose account is certain is mentioned, and only where it is asked for", () => {
    const uncertain = person("Joan Figure", { login: "joan" });
    const odd = person("Mary Model", { login: "mary model", url: "https://github.com/mary%20model" });
    const all = [...credits, credit(uncertain, "author", 4), credit(odd, "author", 5)];
    expect(
      acknowledge(all, { ...rules, mentions: true })
        .people.map(mentioned)
        .filter(Boolean),
    ).toEqual(["ada"]);
    expect(acknowledge(all, rules).people.map(mentioned).filter(Boolean)).toEqual([]);
  });

  test.each([
    ["apart", "section" as const, 4, 1],
    ["apart where no work of theirs is taken", "forbid" as const, 4, 1],
    ["among people", "count" as const, 5, 0],
    ["not there", "hide" as const, 4, 0],
  ])("assistants are %s", (_, wanted, people, assistants) => {
    const told = acknowledge(credits, { ...rules, assistants: wanted });
    expect([told.people.length, told.assistants.length]).toEqual([people, assistants]);
  });

  test("an account without credit is not there, whoever else has its login for a name", () => {
    const namesake = person("ada", { key: "another" });
    const machine = person("release-machine[bot]", { isAssistant: true });
    const all = [...credits, credit(namesake, "author", 4), credit(machine, "author", 5)];
    const told = acknowledge(all, { ...rules, uncredited: ["ada", "*[bot]"] });
    expect([namesIn(told.people).includes("ada"), namesIn(told.people).includes("Ada Example")]).toEqual([true, false]);
    expect(namesIn(told.assistants)).toEqual(["Copilot"]);
  });

  test("newcomers are told, and assistants are apart", () => {
    const { newcomers, assistants } = acknowledge(credits, rules);
    expect([namesIn(newcomers), namesIn(assistants)]).toEqual([["Grace Sample"], ["Copilot"]]);
    expect(acknowledge(credits, { ...rules, exclude: ["*"] })).toMatchObject({
      people: [],
      newcomers: [],
      assistants: [],
    });
  });
});
