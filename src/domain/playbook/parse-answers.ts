import { nearest } from "../nearest.ts";
import { writeAnswer } from "./answer-text.ts";
import { holds, type InputValue, isGiven } from "./condition.ts";
import type { Input } from "./input-schema.ts";
import { expected, judgeValue } from "./judge-value.ts";

/** What is asked, of whom. */
export interface Questions {
  /** By name, in the order in which they are asked. */
  readonly inputs: Readonly<Record<string, Input>>;
  /** The organisation's login: a team may be written without it, and has to be one of it. */
  readonly organisation: string;
}

/** Every input with its value, null where it has none. */
export type InputValues = ReadonlyMap<string, InputValue>;

export type AnswersReading =
  | { readonly ok: true; readonly values: InputValues }
  | {
      readonly ok: false;
      /** Everything that is wrong, each as a line for people. It may quote what somebody wrote. */
      readonly mistakes: readonly string[];
      /** The answers as they can be written again, with a place for each that is missing or wrong. */
      readonly line: string;
    };

/** What a repository of GitHub's may be called, whatever a playbook's own pattern takes. */
const repositoryName = /^(?!\.{1,2}$)(?!.*\.(?:git|wiki|atom)$)[A-Za-z0-9_.-]{1,100}$/i;

/** Reads answers as somebody wrote them, as texts, into the values of all inputs; or tells everything that is wrong with them. */
export function parseAnswers(answers: ReadonlyMap<string, string>, questions: Questions): AnswersReading {
  const values = new Map<string, InputValue>();
  const mistakes = Array.from(answers.keys())
    .filter((name) => !Object.hasOwn(questions.inputs, name))
    .map((name) => describeUnknown(name, Object.keys(questions.inputs)));
  const line: string[] = [];
  for (const [name, input] of Object.entries(questions.inputs)) {
    const text = answers.get(name)?.trim() ?? "";
    if (!holds(input.when, values)) {
      if (text !== "") mistakes.push(`${name} is not asked for with these answers: leave it away`);
      values.set(name, null);
      continue;
    }
    const answer = text === "" ? withoutAnswer(input) : readAnswer({ name, text }, input, questions);
    values.set(name, answer.value);
    if (answer.mistake !== null) {
      mistakes.push(`${name} ${answer.mistake}`);
      line.push(`${name}=${placeholder(input)}`);
    } else if (text !== "") line.push(writeAnswer(name, text));
  }
  return mistakes.length === 0 ? { ok: true, values } : { ok: false, mistakes, line: line.join(" ") };
}

interface Answer {
  readonly value: InputValue;
  readonly mistake: string | null;
}

function withoutAnswer(input: Input): Answer {
  if ("default" in input && input.default !== undefined) return { value: input.default, mistake: null };
  if (!input.required) return { value: null, mistake: null };
  const help = input.help === undefined ? expected(input).replace("has to be ", "") : input.help.replace(/\.$/, "");
  return { value: null, mistake: `is missing: ${help}` };
}

function readAnswer(
  { name, text }: { readonly name: string; readonly text: string },
  input: Input,
  { organisation }: Questions,
): Answer {
  const value = readValue(input, text, organisation);
  if (value === null) return { value, mistake: expected(input) };
  const isNoName = name === "name" && !repositoryName.test(String(value));
  const problem = judgeValue(input, value) ?? (isNoName ? "is a name that no repository may have" : null);
  if (problem !== null) return { value: null, mistake: problem };
  if (input.required && !isGiven(value)) return { value: null, mistake: "is empty" };
  if (input.type === "team" && typeof value === "string" && !value.startsWith(`${organisation}/`)) {
    return { value: null, mistake: `has to be a team of ${organisation}` };
  }
  return { value, mistake: null };
}

/** The value that a text means for the input; null where it means none. */
function readValue(input: Input, text: string, organisation: string): InputValue {
  if (input.type === "number") return /^[+-]?\d{1,15}(?:\.\d{1,10})?$/.test(text) ? Number(text) : null;
  if (input.type === "boolean") return truths.get(text.toLowerCase()) ?? null;
  if (input.type === "list") {
    return text
      .split(/[,\n]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "");
  }
  if (input.type === "choice")
    return input.options.find((option) => option.toLowerCase() === text.toLowerCase()) ?? text;
  if (input.type === "person") return text.replace(/^@/, "");
  if (input.type === "team") return readTeam(text, organisation);
  return text.replace(/\r\n?/g, "\n");
}

/** A team with its organisation, which is spelled as it spells itself. */
export function readTeam(text: string, organisation: string): string {
  const name = text.replace(/^@/, "");
  const [owner = "", ...rest] = name.split("/");
  if (rest.length === 0) return `${organisation}/${name}`;
  return owner.toLowerCase() === organisation.toLowerCase() ? [organisation, ...rest].join("/") : name;
}

const truths = new Map([
  ...["yes", "true", "on", "y"].map((word) => [word, true] as const),
  ...["no", "false", "off", "n"].map((word) => [word, false] as const),
]);

function placeholder(input: Input): string {
  if (input.type === "choice") return `<${input.options.slice(0, 4).join("|")}>`;
  return input.type === "boolean" ? "<yes|no>" : `<${input.type === "string" ? "text" : input.type}>`;
}

function describeUnknown(name: string, known: readonly string[]): string {
  const meant = name.length > 60 ? null : nearest(name, known);
  const question = meant === null ? "" : ` Did you mean ${meant}?`;
  return `${name.slice(0, 60)} is not asked for here.${question} Known are ${known.join(", ")}`;
}
