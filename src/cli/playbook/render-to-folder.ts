import { createHash } from "node:crypto";
import { createPlan } from "../../domain/playbook/create-plan.ts";
import { describePlan } from "../../domain/playbook/describe-plan.ts";
import type { Making } from "../../domain/playbook/test-case.ts";
import { loadTemplate } from "../../render/load-template.ts";
import { renderPlan } from "../../render/render-plan.ts";
import { createUntrustedRenderer } from "../../render/render-untrusted.ts";
import { issueFiles } from "../../render/tree-of-playbook.ts";
import type { Terminal } from "../terminal.ts";
import { asSets, makePlaybook } from "./make-playbook.ts";
import { countOf, openPlaybook } from "./open-playbook.ts";
import { writeTree } from "./write-tree.ts";

/** What to render, and where to. */
export interface RenderRequest extends Making {
  /** A folder, or the name of a built-in playbook. */
  readonly named: string;
  /** The folders to write files and issues to; null for not writing them. */
  readonly out: string | null;
  readonly issuesOut: string | null;
}

/** Nobody has asked for what is only looked at. */
const nobody = { id: 0, login: "you", name: null };

/** Makes a playbook of answers, into folders, or, where there are none, prints the plan of it. */
export async function renderToFolder(request: RenderRequest, terminal: Terminal): Promise<void> {
  const opened = await openPlaybook(request.named, terminal);
  const renderer = createUntrustedRenderer({ timeout: 10_000 });
  try {
    const rendered = await makePlaybook(opened, request, { renderer, terminal, again: trySets });
    const { out, issuesOut } = request;
    if (out !== null) {
      await writeTree(out, rendered.files);
      terminal.stdout.write(`${countOf(rendered.files.length, "file")} in ${out}\n`);
    }
    if (issuesOut !== null) {
      await writeTree(issuesOut, issueFiles(rendered));
      terminal.stdout.write(`${countOf(rendered.issues.length, "issue")} in ${issuesOut}\n`);
    }
    if (out !== null || issuesOut !== null) return;
    const plan = createPlan({
      manifest: opened.playbook.manifest,
      source: { kind: "built-in" },
      requester: nobody,
      target: { kind: "new" },
      rendered,
      sha256: (content) => createHash("sha256").update(content).digest("hex"),
    });
    const description = describePlan(plan, { web: "https://github.com", use: { runs: 0, teams: 0 }, isPreview: true });
    terminal.stdout.write(renderPlan(description, await loadTemplate("comments/plan.md.hbs")));
  } finally {
    await renderer.close();
  }
}

function trySets(line: string): string {
  return `try ${asSets(line)}`;
}
