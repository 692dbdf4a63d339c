import type { Contributors } from "../domain/contributors/list-contributors.ts";
import type { ContributorsWords } from "../domain/contributors/write-contributors.ts";
import { some } from "../domain/credit/some.ts";
import { loadTemplate } from "./load-template.ts";

/** What words the file. */
export interface ContributorsTemplates {
  readonly list: (context: object) => string;
  readonly beginning: (context: object) => string;
}

/** Loads the words that come with the product. */
export async function loadContributorsTemplates(): Promise<ContributorsTemplates> {
  return {
    list: await loadTemplate("contributors/list.md.hbs"),
    beginning: await loadTemplate("contributors/file.md.hbs"),
  };
}

/** Words the file that names everybody, by templates. */
export function renderContributors(
  { people, assistants }: Contributors,
  templates: ContributorsTemplates,
): ContributorsWords {
  return {
    list: `${templates.list({ people, assistants: some(assistants) }).trim()}\n`,
    beginning: templates.beginning({}),
  };
}
