import { MissingPermission, QueryFailed } from "./errors.ts";
import type { QueryError } from "./github-client.ts";

/** What GitHub did not tell, for lack of a permission. */
export type Withheld = "closing issues" | "proposed squash" | "configuration";

/** What errors beside an answer come to. Notes what is withheld; throws where the answer is of no use. */
export function judgeErrors(
  errors: readonly QueryError[],
  withheld: Set<Withheld>,
): "fine" | "too much" | "not there" | "once more" {
  let asksAgain = false;
  for (const error of errors) {
    const { type, path, message } = error;
    const place = path.join(".");
    // An organisation need not have a repository of that name, nor show it.
    if (path[0] === "organization") continue;
    if (type === "NOT_FOUND" && (place === "repository" || place === "repository.pullRequest")) return "not there";
    if (type === "RESOURCE_LIMITS_EXCEEDED" || /timeout|while executing your query/i.test(message)) return "too much";
    if (type === undefined || type !== "FORBIDDEN") throw toFailure(errors);
    const what = whatIsAt(path);
    if (what === null) throw new MissingPermission([], { cause: toFailure(errors) });
    // The text of a squash is never null in GitHub's schema, so that its lack takes the pull request with it.
    if (what === "proposed squash") asksAgain = !withheld.has(what);
    withheld.add(what);
  }
  return asksAgain ? "once more" : "fine";
}

function whatIsAt(path: QueryError["path"]): Withheld | null {
  if (path.includes("closingIssues")) return "closing issues";
  if (path.includes("squashTitle") || path.includes("squashBody")) return "proposed squash";
  const files = ["configuration", "file", "commentTemplate", "checkTemplate"];
  return files.some((file) => path.includes(file)) ? "configuration" : null;
}

/** What to throw where GitHub could not answer. */
export function toFailure(errors: readonly QueryError[]): QueryFailed {
  return new QueryFailed(`GitHub could not answer: ${errors.map(({ message }) => message).join("; ")}`);
}
