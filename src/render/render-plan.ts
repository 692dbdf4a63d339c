import { type PlanDescription, shortenPlan } from "../domain/playbook/describe-plan.ts";

/** GitHub takes no longer comment, and a marker of ours goes before it. */
const longest = 65_000;
/** How many files and other things are named, until it fits. */
const lengths = [400, 100, 20, 0];

/** Words a plan by a template. Throws an Error where the template's own text is longer than a comment may be. */
export function renderPlan(description: PlanDescription, template: (context: object) => string): string {
  for (const most of lengths) {
    const text = `${template(shortenPlan(description, most)).trimEnd()}\n`;
    if (text.length <= longest) return text;
  }
  throw new Error(`the template of the plan alone is longer than ${longest} characters`);
}
