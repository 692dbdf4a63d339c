import type { WrittenAnswers } from "./answer-text.ts";

/** What an issue says that was made from a playbook's form. */
export interface ReadForm extends WrittenAnswers {
  /** The playbook that it asks for; null where it names none. */
  readonly playbook: string | null;
}

/** What GitHub writes for a field that was left empty, and for a choice that was not made. */
const unanswered = new Set(["_No response_", "None"]);
const playbookField = "playbook";

/**
 * Reads the text of an issue that was made from the form of a playbook with these inputs: a heading for each, with the answer
 * below. An answer of several lines can hold such a heading, too. So each may be there once, in the form's own order;
 * anything else is a mistake, and never taken for an answer.
 */
export function readForm(body: string, inputs: readonly string[]): ReadForm {
  const fields = [playbookField, ...inputs];
  const lines = body.split(/\r\n|\r|\n/);
  const headings = lines.flatMap((line, at) => {
    const [, name = ""] = /^### ([^\s#]{1,60})\s*$/.exec(line) ?? [];
    return fields.includes(name) ? [{ name, at }] : [];
  });
  const mistakes = fields
    .filter((name) => headings.filter((heading) => heading.name === name).length > 1)
    .map((name) => `"### ${name}" stands there twice: take the one out that is part of an answer`);
  const order = headings.map(({ name }) => fields.indexOf(name));
  if (mistakes.length === 0 && order.some((place, index) => place < (order[index - 1] ?? -1))) {
    mistakes.push("the headings are not in the form's order: take those out that are part of an answer");
  }
  if (mistakes.length > 0) return { playbook: null, answers: new Map(), mistakes };
  const answers = new Map<string, string>();
  for (const [index, { name, at }] of headings.entries()) {
    const text = lines
      .slice(at + 1, headings[index + 1]?.at)
      .join("\n")
      .trim();
    if (text !== "" && !unanswered.has(text)) answers.set(name, text);
  }
  const playbook = answers.get(playbookField) ?? null;
  answers.delete(playbookField);
  return { playbook, answers, mistakes };
}
