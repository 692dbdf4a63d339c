import type { Issue } from "../model/issue.ts";
import { fullName, type Repository } from "../model/repository.ts";

/**
 * The keywords of
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
const reference =
  /\b(?:close[sd]?|fix(?:es|ed)?|resolve[sd]?):?\s+(?:([\w-]+\/[\w.-]+)#|#|GH-|https?:\/\/[^/\s]+\/([\w-]+\/[\w.-]+)\/(?:issues|pull)\/)(\d+)\b/gi;

/** The issues of a repository that a text says it closes, each once. Code and comments do not count. */
export function findClosingReferences(text: string, repository: Repository): Issue[] {
  const prose = text.replace(/<!--.*?-->|^(```|~~~).*?^\1|`[^`\n]*`/gms, " ");
  const found = new Set<Issue>();
  for (const [, short, linked, number] of prose.matchAll(reference)) {
    const name = short ?? linked;
    if (name !== undefined && name.toLowerCase() !== fullName(repository).toLowerCase()) continue;
    const issue = repository.issues.get(Number(number));
    if (issue !== undefined) found.add(issue);
  }
  return [...found];
}
