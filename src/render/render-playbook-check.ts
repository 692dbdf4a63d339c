import type { PlaybookCheckRun } from "../domain/playbook/playbook-check.ts";
import { type CheckText, splitCreditCheck } from "./render-credit-check.ts";

/** Words the check run for those who write playbooks, by a template. */
export function renderPlaybookCheck(check: PlaybookCheckRun, template: (context: object) => string): CheckText {
  return splitCreditCheck(template({ ...check }));
}
