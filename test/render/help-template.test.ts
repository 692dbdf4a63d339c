import { expect, test } from "vitest";
import { creditHelp } from "../../src/domain/command/credit-help.ts";
import { readCommands } from "../../src/domain/command/read-commands.ts";
import { loadTemplate } from "../../src/render/load-template.ts";

const template = await loadTemplate("comments/help.md.hbs");

test("the help", () => {
  expect(template(creditHelp)).toMatchSnapshot();
});

test("the help gives no command of its own, whoever writes it", () => {
  expect(readCommands(template(creditHelp))).toEqual([]);
  expect(template(creditHelp)).not.toMatch(/(?<!`)\/credit/);
});
