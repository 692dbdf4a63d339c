import type { CreditCheck } from "../domain/credit/credit-check.ts";

/** GitHub takes 65,535 characters of summary. */
export interface CheckText {
  readonly title: string;
  readonly summary: string;
}

/** Words a check run by a template. */
export function renderCreditCheck(check: CreditCheck, template: (context: object) => string): CheckText {
  return splitCreditCheck(template(creditCheckContext(check)));
}

/** What a template of the check is about. */
export function creditCheckContext(check: CreditCheck): object {
  return { ...check, hasCommands: false };
}

/** A check run's text, whose first line is the title. */
export function splitCreditCheck(text: string): CheckText {
  const [title = "", ...lines] = text.trim().split("\n");
  return { title, summary: lines.join("\n").trim() };
}
