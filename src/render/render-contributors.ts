import type { Contributors } from "../domain/contributors/list-contributors.ts";
import type { ContributorsWords } from "../domain/contributors/write-contributors.ts";
import { some } from "../domain/credit/some.ts";
import { loadTemplate } from "./load-template.ts";

/** What words the file. */
export interface ContributorsTemplates {
  readonly list: (context: object) => string;
  readonly beginning: (context: object) => string;
  readonly proposal: (context: object) => string;
  readonly leftAlone: (context: object) => string;
}

/** Loads the words that come with the product. */
export async function loadContributorsTemplates(): Promise<ContributorsTemplates> {
  return {
    list: await loadTemplate("contributors/list.md.hbs"),
    beginning: await loadTemplate("contributors/file.md.hbs"),
    proposal: await loadTemplate("contributors/pull-request.md.hbs"),
    leftAlone: await loadTemplate("contributors/left-alone.md.hbs"),
  };
}

/** What the pull request that proposes the file says; the first line of its template is the title. */
export function renderContributorsProposal(
  proposal: { readonly path: string; readonly base: string; readonly isNew: boolean },
  { proposal: template }: Pick<ContributorsTemplates, "proposal">,
): { readonly title: string; readonly body: string } {
  const [title = "", ...lines] = template(proposal).trim().split("\n");
  return { title, body: lines.join("\n").trim() };
}

/** What is said, once, where somebody has pushed to the branch, and the marker by which it is found again. */
export function renderLeftAlone(
  branch: string,
  { leftAlone: template }: Pick<ContributorsTemplates, "leftAlone">,
): { readonly marker: string; readonly body: string } {
  const marker = "<!-- curtain-call:contributors-left-alone -->";
  return { marker, body: `${marker}\n${template({ branch }).trim()}\n` };
}

/** Words the file that names everybody, by templates. */
export function renderContributors(
  { people, assistants }: Contributors,
  templates: Pick<ContributorsTemplates, "list" | "beginning">,
): ContributorsWords {
  return {
    list: `${templates.list({ people, assistants: some(assistants) }).trim()}\n`,
    beginning: templates.beginning({}),
  };
}
