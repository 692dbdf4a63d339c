import { describe, expect, test } from "vitest";
import { readForm } from "../../../src/domain/playbook/read-form.ts";

const inputs = ["name", "why", "database", "owner"];

function body(answers: Readonly<Record<string, string>>): string {
  return Object.entries(answers)
    .map(([name, answer]) => `### ${name}\n\n${answer}`)
    .join("\n\n");
}

const whole = {
  playbook: "node-service",
  name: "tides",
  why: "Ships wait.\n\n- for hours",
  database: "None",
  owner: "_No response_",
};

test("each answer stands under its input's name, and what was left empty is none", () => {
  expect(readForm(body(whole), inputs)).toEqual({
    playbook: "node-service",
    answers: new Map([
      ["name", "tides"],
      ["why", "Ships wait.\n\n- for hours"],
    ]),
    mistakes: [],
  });
});

describe.each([
  ["as it is", (text: string) => text],
  ["with the line ends of Windows", (text: string) => text.replaceAll("\n", "\r\n")],
])("a text %s", (_, write) => {
  test("may have headings of its own in an answer", () => {
    const { answers } = readForm(write(body({ ...whole, why: "### Why\n\n## name\n\n#### owner" })), inputs);
    expect(answers.get("why")).toBe("### Why\n\n## name\n\n#### owner");
  });

  test.each([
    [
      "an answer that answers for another",
      { ...whole, why: "x\n\n### owner\n\nevil" },
      '"### owner" stands there twice',
    ],
    ["an answer that answers again", { ...whole, why: "x\n\n### name\n\nevil" }, '"### name" stands there twice'],
    [
      "an answer that asks for another playbook",
      { ...whole, why: "### playbook\n\nevil" },
      '"### playbook" stands there twice',
    ],
  ])("may not have %s", (_name, answers, mistake) => {
    const form = readForm(write(body(answers)), inputs);
    expect(form).toMatchObject({ playbook: null, mistakes: [expect.stringContaining(mistake)] });
    expect(form.answers.size).toBe(0);
  });

  test("may not have answers out of their order", () => {
    const { playbook, name, owner, why } = whole;
    expect(readForm(write(body({ playbook, owner, why, name })), inputs).mistakes).toEqual([
      "the headings are not in the form's order: take those out that are part of an answer",
    ]);
  });
});

test("a text that is no form answers nothing", () => {
  expect(readForm("Hello\n\n### Something\n\nelse", inputs)).toEqual({
    playbook: null,
    answers: new Map(),
    mistakes: [],
  });
});
