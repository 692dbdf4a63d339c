import { readAnswerText, writeAnswer } from "../../../src/domain/playbook/answer-text.ts";
import { parseAnswers } from "../../../src/domain/playbook/parse-answers.ts";
import { readForm } from "../../../src/domain/playbook/read-form.ts";
import { readManifest } from "../../../src/domain/playbook/read-manifest.ts";
import { manifestOf } from "../../support/make-playbook.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const reading = readManifest(
  manifestOf(
    "inputs:",
    "  title: { type: string, required: true }",
    "  notes: { type: string, multiline: true }",
    "  count: { type: number, min: 1, max: 10, default: 3 }",
    "  is-open: { type: boolean, default: true }",
    "  level: { type: choice, options: [low, high], default: low }",
    "  tags: { type: list, options: [sea, sky], when: { input: level, is: high } }",
    "  lead: { type: person }",
    "  owners: { type: team }",
  ),
);
if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
const { inputs } = reading.value;
const names = Object.keys(inputs);

const values = [
  "tides",
  "Tide tables",
  "yes",
  "no",
  "3",
  "1e3",
  "-0",
  "low",
  "high",
  "sea, sky",
  "ada",
  "acme/sea",
  "sea",
];

function judge(answers: ReadonlyMap<string, string>): void {
  const parsed = parseAnswers(answers, { inputs, organisation: "acme" });
  if (parsed.ok) {
    if (parsed.values.size !== names.length) throw new Error("an input has no value, and none is missing");
    return;
  }
  if (parsed.mistakes.length === 0) throw new Error("something is wrong, and nobody says what");
  for (const [name, value] of readAnswerText(parsed.line).answers) {
    if (!names.includes(name)) throw new Error(`${name}=${value} is proposed, which nobody asked for`);
  }
}

/** Answers on the line of a command. */
export const answers: FuzzTarget = {
  name: "answers",
  pieces: [...names.map((name) => `${name}=`), ...values, "=", " ", "\n", '"', "'", "“", "”", "\\", "\\n", "unknown=1"],
  longest: 100_000,
  read: (text) => {
    judge(readAnswerText(text).answers);
    // What the bot writes for people to copy says the same when it comes back.
    const value = text.replace(/\r/g, "");
    const back = readAnswerText(writeAnswer("title", value)).answers.get("title");
    if (back !== value && value !== "")
      throw new Error(`${JSON.stringify(value)} comes back as ${JSON.stringify(back)}`);
  },
};

/** The text of an issue that was made from a form. */
export const forms: FuzzTarget = {
  name: "forms",
  pieces: [
    ...["playbook", ...names].map((name) => `### ${name}\n`),
    ...values,
    "### ",
    "#### title\n",
    "\n",
    "\r\n",
    " ",
    "_No response_",
    "None",
    "```\n",
  ],
  longest: 65_000,
  read: (text) => {
    const form = readForm(text, names);
    if (form.mistakes.length > 0 && form.answers.size > 0) throw new Error("a form with mistakes has answers");
    judge(form.answers);
  },
};
