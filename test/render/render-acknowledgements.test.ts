import { describe, expect, test } from "vitest";
import { type AcknowledgementRules, acknowledge, type ReleaseCredit } from "../../src/domain/release/acknowledge.ts";
import { loadTemplate } from "../../src/render/load-template.ts";
import { acknowledgementPartials, renderAcknowledgements } from "../../src/render/render-acknowledgements.ts";

function creditOf(number: number, name: string): ReleaseCredit {
  const person = {
    key: name,
    name,
    login: name,
    url: `https://github.com/${name}`,
    isAssistant: false,
    isNewcomer: true,
  };
  return { person, role: "author", work: String(number), pull: number };
}

function crowd(size: number, longest = 6): ReleaseCredit[] {
  const credits = Array.from({ length: size }, (_, index) => creditOf(index, `person-${index}`.padEnd(longest, "x")));
  const bots = credits.map((credit) => {
    return { ...credit, person: { ...credit.person, key: `a${credit.work}`, isAssistant: true } };
  });
  return [...credits, ...bots];
}

describe.each(["sections", "flat", "table"])("%s", (name) => {
  const render = async (credits: readonly ReleaseCredit[]): Promise<string> => {
    const included = acknowledgementPartials;
    const template = await loadTemplate(`releases/${name}.md.hbs`, included);
    const rules = { release: "v1", range: "v0..v1", sort: "credits", exclude: [] } as const;
    return renderAcknowledgements(acknowledge(credits, rules), template);
  };

  test("names everybody, where there is room", async () => {
    const text = await render(crowd(300));
    expect(text).toContain("300 people made v1.");
    expect(text).toContain("[person-299](https://github.com/person-299)");
  });

  test("a release of 3,000 people stays within what GitHub takes, and says how many are not named", async () => {
    const text = await render(crowd(3000, 30));
    expect(text.length).toBeLessThan(124_000);
    expect(text).toContain("3,000 people made v1.");
    expect(text).toMatch(/[\d,]+ more/);
    expect(text).toContain("[person-0xxxx");
  });

  test("counts alone, where even a few names are too long", async () => {
    const text = await render(crowd(300, 800));
    expect(text).toContain("300 people");
    expect(text).toContain("300 assistants");
    expect(text).not.toContain("person-");
  });

  test("many pull requests of one person are counted", async () => {
    const text = await render(Array.from({ length: 40 }, (_, index) => creditOf(index + 1000, "ada")));
    expect(text.includes("#1000, #1001")).toBe(name !== "flat");
    expect(text.includes("#1011 and 28 more")).toBe(name !== "flat");
  });
});

const people = ["ada", "grace", "joan", "hedy"].map((name, index) => creditOf(index + 1, name));

function worded(name: string, more: Partial<AcknowledgementRules>): Promise<string> {
  return loadTemplate(`releases/${name}.md.hbs`, acknowledgementPartials).then((template) => {
    const rules = { release: "v1", range: "v0..v1", sort: "name", exclude: [], ...more } as const;
    return renderAcknowledgements(acknowledge(people, rules), template);
  });
}

describe("a team is shown apart", () => {
  test.each(["sections", "flat", "table"])("by %s", async (name) => {
    expect(await worded(name, { team: ["grace", "ada"] })).toMatchSnapshot();
    expect(await worded(name, { team: ["mary"] })).toBe(await worded(name, {}));
    expect(await worded(name, { team: ["*"] })).not.toContain("community");
  });
});

test("mentions stand in place of links", async () => {
  expect(await worded("flat", { mentions: true })).toContain("@ada, @grace, @hedy and @joan.");
});
