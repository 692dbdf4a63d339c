import { describe, expect, test } from "vitest";
import {
  loadContributorsTemplates,
  renderContributors,
  renderContributorsProposal,
  renderLeftAlone,
} from "../../src/render/render-contributors.ts";

const templates = await loadContributorsTemplates();
const ada = { name: "Ada Example", login: "ada", url: "https://github.com/ada", roles: ["author", "mentor"] } as const;

function listOf(name: string): string {
  return renderContributors({ people: [{ ...ada, name, url: null }], assistants: [] }, templates).list;
}

describe("the list", () => {
  test("has a line for each, and one for all assistants", () => {
    const copilot = { ...ada, name: "Copilot", url: null };
    const people = [ada, { ...ada, name: "Grace Sample", url: null, roles: ["tester"] as const }];
    expect(renderContributors({ people, assistants: [copilot, { ...copilot, name: "Claude" }] }, templates).list).toBe(
      "- [Ada Example](https://github.com/ada) – author, mentor\n- Grace Sample – tester\n\nWith help from Copilot and Claude.\n",
    );
  });

  test.each([
    ["markup", "*Ada* [x](y) <b> `c`", "- \\*Ada\\* \\[x\\](y) \\<b\\> \\`c\\` – author, mentor\n"],
    [
      "lines",
      "Ada\n- Grace\r\n<!-- /curtain-call:contributors -->",
      "- Ada - Grace \\<!-- /curtain-call:contributors --\\> – author, mentor\n",
    ],
    ["mentions and references", "@ada #12", "- @\u2060ada #\u206012 – author, mentor\n"],
  ])("makes text of %s in names", (_, name, expected) => {
    expect(listOf(name)).toBe(expected);
  });
});

describe("the pull request", () => {
  const said = { path: "CONTRIBUTORS.md", base: "main", isNew: true };

  test("has the first line as its title, and nobody is told by it", () => {
    const { title, body } = renderContributorsProposal(said, templates);
    expect(title).toBe("Thank everybody in CONTRIBUTORS.md");
    expect(body).toMatch(/^This adds `CONTRIBUTORS\.md`: /);
    expect(body).not.toMatch(/@|^\s*\//m);
  });

  test("says otherwise where the file is there", () => {
    expect(renderContributorsProposal({ ...said, isNew: false }, templates).body).toMatch(
      /^This brings `CONTRIBUTORS\.md` up to date/,
    );
  });

  test("tells of a branch that is left alone by a marker", () => {
    const { marker, body } = renderLeftAlone("curtain-call/contributors", templates);
    expect(body.startsWith(`${marker}\n`)).toBe(true);
    expect(body).toContain("`curtain-call/contributors`");
  });
});
