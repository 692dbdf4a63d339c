import type { CreditCheck } from "../domain/credit/credit-check.ts";

/** Words a check run by a template, whose first line is the title. GitHub takes 65,535 characters of summary. */
export function renderCreditCheck(
  check: CreditCheck,
  template: (context: object) => string,
): { title: string; summary: string } {
  const [title = "", ...lines] = template({ ...check, hasCommands: false })
    .trim()
    .split("\n");
  return { title, summary: lines.join("\n").trim() };
}
