import { describe, expect, test } from "vitest";
import { playbookHelp } from "../../../src/domain/command/playbook-help.ts";
import { readCommands } from "../../../src/domain/command/read-commands.ts";

/** The commands of a comment: of those with answers what was answered, of others all. */
function read(text: string): unknown[] {
  return readCommands(text).map(({ command }) => {
    if (command.kind !== "use" && command.kind !== "apply") return command;
    const { answers, mistakes } = command.answers;
    return { ...command, answers: Object.fromEntries(answers), ...(mistakes.length > 0 && { mistakes }) };
  });
}

const tides = { kind: "use", name: "node-service", answers: { name: "tides" } };

describe("/playbook", () => {
  test.each<[string, string, unknown[]]>([
    ["lists", "/playbook list", [{ kind: "list" }]],
    ["helps who asks for nothing", "/playbook", [{ kind: "help" }]],
    ["ends like a sentence", "/playbook cancel!", [{ kind: "cancel" }]],
    ["is read in any case", "/Playbook STATUS", [{ kind: "status" }]],
    ["shows one", "/playbook show node-service.", [{ kind: "show", name: "node-service" }]],
    ["confirms by eight digits", "/playbook confirm 7F3A9C2E", [{ kind: "confirm", hash: "7f3a9c2e" }]],
    ["confirms by all digits", `/playbook confirm ${"a".repeat(64)}`, [{ kind: "confirm", hash: "a".repeat(64) }]],
    ["takes answers", "/playbook use node-service name=tides", [tides]],
    ["takes none", "/playbook use node-service", [{ ...tides, answers: {} }]],
    ["applies", "/playbook apply node-service name=tides", [{ ...tides, kind: "apply" }]],
    [
      "takes answers from the following lines, as far as they are of one paragraph",
      "/playbook use node-service name=tides\n  database=postgres\nowner=platform\n\ntitle=Never",
      [{ ...tides, answers: { name: "tides", database: "postgres", owner: "platform" } }],
    ],
    ["takes Windows' ends of lines", "/playbook use node-service\r\nname=tides\r\n\r\nx=y", [tides]],
    [
      "takes several lines in quotes, with empty ones among them",
      '/playbook use node-service name=tides why="One\n\nTwo"\nowner=platform',
      [{ ...tides, answers: { name: "tides", why: "One\n\nTwo", owner: "platform" } }],
    ],
    [
      "takes no line in quotes for a command",
      '/playbook use node-service name=tides why="\n/playbook confirm 7f3a9c2e\n\n/credit @hedy for design\n"',
      [{ ...tides, answers: { name: "tides", why: "\n/playbook confirm 7f3a9c2e\n\n/credit @hedy for design\n" } }],
    ],
    [
      "ends at the next command",
      "/playbook use node-service name=tides\n/playbook status",
      [tides, { kind: "status" }],
    ],
    ["ends at a quote", "/playbook use node-service name=tides\n> owner=evil", [tides]],
    ["ends at a list", "/playbook use node-service name=tides\n- owner=evil", [tides]],
    ["ends at code", "/playbook use node-service name=tides\n```\nowner=evil\n```", [tides]],
    ["ends at HTML", "/playbook use node-service name=tides\n<!-- -->\nowner=evil", [tides]],
    [
      "takes the commands that follow a value whose quote never ends for a part of it",
      '/playbook use node-service name="tides\n/playbook confirm 7f3a9c2e',
      [{ ...tides, answers: {}, mistakes: ["the value of name has a quote that does not close"] }],
    ],
    [
      "keeps emoji that are made of several characters",
      '/playbook use node-service name=tides title="👩‍🚀"',
      [{ ...tides, answers: { name: "tides", title: "👩‍🚀" } }],
    ],
  ])("%s", (_, text, commands) => {
    expect(read(text)).toEqual(commands);
  });
});

describe("a mistake says what to write instead", () => {
  test.each<[string, string]>([
    ["/playbook lst", "I don't know `lst`. Did you mean `list`? All that I know: `/playbook help`."],
    [
      "/playbook confrim 7f3a9c2e",
      "I don't know `confrim`. Did you mean `confirm`? All that I know: `/playbook help`.",
    ],
    ["/playbook node-service", "I don't know `node-service`. All that I know: `/playbook help`."],
    ["/playbook constructor", "I don't know `constructor`. All that I know: `/playbook help`."],
    ["/playbook show", "Which playbook? All that there are: `/playbook list`."],
    ["/playbook show a b", "`/playbook show` takes one playbook: write a line for each."],
    [
      "/playbook use name=tides",
      "Which playbook? Its name comes first, as in `/playbook use node-service name=tides`. All that there are: `/playbook list`.",
    ],
    ["/playbook confirm", "Which plan? Copy the line with its eight digits from the plan's comment."],
    ["/playbook confirm 7f3a9c2", "`7f3a9c2` is no plan: copy the eight digits from the plan's comment."],
    ["/playbook confirm it, please", "`/playbook confirm` takes one plan, and no answers: those are in the plan."],
    ["/playbook confirm @ada#1`", "`@ada#1'` is no plan: copy the eight digits from the plan's comment."],
    ["/playbook cancel 7f3a9c2e", "`/playbook cancel` stands alone on its line: leave out `7f3a9c2e`."],
  ])("%s: %s", (text, mistake) => {
    expect(readCommands(text).map(({ command }) => command)).toEqual([{ kind: "mistake", text: mistake }]);
  });
});

test("every form of the help can be written as it stands there", () => {
  for (const { example } of playbookHelp)
    expect(read(example)).not.toEqual([expect.objectContaining({ text: expect.anything() })]);
  expect(new Set(playbookHelp.map(({ example }) => readCommands(example)[0]?.command.kind)).size).toBe(9);
});

test.each<[string, string]>([
  ["answers", "/playbook use a " + "b=c ".repeat(16_000)],
  ["commands", "/playbook use a b=c\n".repeat(3000)],
  ["open quotes", '/playbook use a b="\n'.repeat(3000)],
  ["characters that are not seen", `/playbook use ${"\u200B".repeat(60_000)}a=b`],
  ["lines", `/playbook use a\n${"b=c\n".repeat(12_000)}`],
])("64 kB of %s are read within the time of a test", (_, text) => {
  expect(readCommands(text).length).toBeLessThan(21);
});
