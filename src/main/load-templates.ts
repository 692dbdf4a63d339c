import type { Templates } from "../app/deps.ts";
import { loadPartials, loadTemplate } from "../render/load-template.ts";
import { acknowledgementPartials } from "../render/render-acknowledgements.ts";
import { loadContributorsTemplates } from "../render/render-contributors.ts";
import type { UntrustedRenderer } from "../render/render-untrusted.ts";

const warning = "comments/credit-warning.md.hbs";
const evidence = "comments/evidence.md.hbs";
const playbookParts = ["help", "list", "shown", "answers", "plans"].map((part) => `comments/playbook-${part}.md.hbs`);

/** Loads the words of all that the app says. */
export async function loadTemplates(untrusted: Pick<UntrustedRenderer, "render">): Promise<Templates> {
  return {
    comment: await loadTemplate("comments/credit.md.hbs", [warning, evidence]),
    check: await loadTemplate("comments/credit-check.md.hbs", [warning]),
    playbookCheck: await loadTemplate("comments/playbook-check.md.hbs"),
    reply: await loadTemplate("comments/reply.md.hbs", [evidence, "comments/help.md.hbs", ...playbookParts]),
    plan: await loadTemplate("comments/plan.md.hbs"),
    run: await loadTemplate("comments/run.md.hbs"),
    madeWith: await loadTemplate("comments/made-with.md.hbs"),
    acknowledgements: {
      sections: await loadTemplate("releases/sections.md.hbs", acknowledgementPartials),
      flat: await loadTemplate("releases/flat.md.hbs", acknowledgementPartials),
      table: await loadTemplate("releases/table.md.hbs", acknowledgementPartials),
    },
    contributors: await loadContributorsTemplates(),
    partials: await loadPartials([warning, evidence, ...acknowledgementPartials]),
    renderUntrusted: untrusted.render,
  };
}
