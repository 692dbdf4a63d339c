import { didYouMean, inCode } from "../command/mistake.ts";
import type { PlaybookError } from "./playbook.ts";

/** As settings and people name things: `acme/playbooks@v3` may be long. */
const longestSource = 200;
const longestMessage = 300;
const settings = "`playbooks.sources` in the organisation's settings";

/** How many sources are looked in at most. */
export const mostSources = 20;

/** What keeps the playbooks of a source from being found. */
export type SourceProblem =
  | "one too many"
  | "not there"
  | "no such version"
  | "of somebody else"
  | "too slow"
  | "too much";

/** Each of these is a sentence or two in Markdown that is safe as it is: what is wrong, and what to do. */
export function describeSourceProblem(problem: SourceProblem, written: string): string {
  const source = inCode(written, longestSource);
  switch (problem) {
    case "one too many":
      return `${settings} names more than ${mostSources} sources, and ${source} is the first that I don't look in. Put playbooks together in fewer repositories.`;
    case "not there":
      return `I can't see ${source}, which ${settings} names: there is no such repository, or I am not installed on it. An owner can give me access to it, or take it out of the settings.`;
    case "no such version":
      return `${source}, which ${settings} names, has no such tag, branch or commit. Push it, or name another one.`;
    case "of somebody else":
      return `${source}, which ${settings} names, is private and belongs to somebody else. Of others I use public playbooks only.`;
    case "too slow":
      return `To fetch ${source} takes too long. A repository that holds playbooks alone is fetched in a moment.`;
    case "too much":
      return `${source} has more files than I can look through. Keep playbooks in a repository of their own.`;
  }
}

/** That there is no playbook of that name, and which one may have been meant. `known` are those that may be named. */
export function describeUnknownPlaybook(name: string, known: readonly string[]): string {
  const near = didYouMean(name, new Map(known.map((other) => [other, other])));
  return `There is no playbook ${inCode(name)}.${near} All there are: \`/playbook list\`.`;
}

/** That a playbook cannot be used, with the first of its mistakes. */
export function describeBrokenPlaybook(
  { name, source }: { readonly name: string; readonly source: string },
  errors: readonly PlaybookError[],
): string {
  const [first] = errors;
  const what = first === undefined ? "" : `: ${inCode(placeMistake(first), longestMessage)}`;
  const more = errors.length < 2 ? "" : ` It has ${errors.length - 1} more; \`curtain-call playbook lint\` names all.`;
  return `The playbook ${inCode(name)} of ${inCode(source, longestSource)} is broken${what}.${more}`;
}

/** A mistake as one line of plain text: `playbook.yml:3: what is wrong`. */
export function placeMistake({ path, line, message }: PlaybookError): string {
  const place = [path, ...(line === null ? [] : [line])].join(":");
  return place === "" ? message : `${place}: ${message}`;
}
