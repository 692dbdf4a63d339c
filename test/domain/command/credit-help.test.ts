import { expect, test } from "vitest";
import { creditHelp } from "../../../src/domain/command/credit-help.ts";
import { readCommands } from "../../../src/domain/command/read-commands.ts";

test("every example of the help is a command", () => {
  for (const { example } of creditHelp.forms) {
    expect(readCommands(example)).toHaveLength(1);
    expect(readCommands(example)[0]?.command).not.toMatchObject({ kind: "mistake" });
  }
});

test("every kind of command has an example", () => {
  const kinds = creditHelp.forms.map(({ example }) => readCommands(example)[0]?.command.kind);
  expect([...new Set(kinds)]).toEqual(["give", "remove", "why", "tally", "release", "never-me", "forget-me", "help"]);
});

test("every word of the help is a word for its role", () => {
  for (const { role, words } of creditHelp.roles) {
    for (const word of words) {
      expect(readCommands(`/credit @ada for ${word}`)).toMatchObject([{ command: { kind: "give", roles: [role] } }]);
    }
  }
});
