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

const namesIn = (people: readonly { name: string }[]): string[] => people.map(({ name }) => name);

test("everybody is there once, with roles and pull requests, each work counted once", () => {
  expect(acknowledge(credits, rules).people[0]).toEqual({
    name: "Ada Example",
    login: "ada",
    url: "https://github.com/ada",
    isNewcomer: false,
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
