import { describe, expect, test } from "vitest";
import { acknowledge, type ReleaseCredit } from "../../src/domain/release/acknowledge.ts";
import { loadTemplate } from "../../src/render/load-template.ts";
import { renderAcknowledgements } from "../../src/render/render-acknowledgements.ts";

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
    const included = ["opening", "closing", "pulls"].map((other) => `releases/${other}.md.hbs`);
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
