import type { Commit } from "../credit/commit.ts";
import { sentencesInTitle, splitIntoSentences } from "../credit/read-sentences.ts";
import { readStatement, type StatedRelation } from "../credit/stated-relations.ts";
import { titleOf } from "./pull-of.ts";

/** What nearly all messages are without. */
const candidate = /backport|reverts/i;

/**
 * What a commit's message says of pull requests that it ports or reverts, at the start of a line, an item or a sentence.
 * Lines that are set in as code or another commit's message say nothing.
 */
export function readMessageStatements({ message }: Pick<Commit, "message">): readonly StatedRelation[] {
  if (!candidate.test(message)) return [];
  const title = titleOf(message);
  const body = message.trimStart().slice(title.length);
  const lines = body.replace(/^(?: {4}|\t).*$/gm, "").replace(/^ {0,3}[*-][ \t]+/gm, "");
  return [...sentencesInTitle(title), ...splitIntoSentences(lines)].map(readStatement).filter((one) => one !== null);
}
