import { createHash } from "node:crypto";
import { type CreditComment, creditMarker, shortenCreditComment } from "../domain/credit/credit-comment.ts";

/** GitHub takes no longer comment: https://docs.github.com/rest/issues/comments. */
const longest = 65_536;

/**
 * How much is shown until it fits. A table is a single block to a Markdown parser, and nobody reads one of more than a
 * hundred lines.
 */
const lengths = [
  { rows: 100, lines: 500 },
  { rows: 60, lines: 200 },
  { rows: 30, lines: 50 },
  { rows: 10, lines: 10 },
  { rows: 0, lines: 0 },
];

/**
 * Words a comment by a template. Throws an Error where the template's own text is longer than a comment may be.
 */
export function renderCreditComment(comment: CreditComment, template: (context: object) => string): string {
  for (const draft of draftCreditComment(comment)) {
    const body = signCreditComment(template(draft));
    if (body !== null) return body;
  }
  throw new Error(`the template of the credit comment alone is longer than ${longest} characters`);
}

/** What to say, in full and then ever shorter, for the first whose text fits. */
export function draftCreditComment(comment: CreditComment): readonly CreditComment[] {
  return lengths.map((most) => shortenCreditComment(comment, most));
}

/**
 * The text of a comment behind the hidden line that says whose it is and what it holds, so that an equal one need not
 * be written again. Null where it is too long for GitHub.
 */
export function signCreditComment(words: string): string | null {
  const text = words.trimEnd();
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const body = `${creditMarker}${hash} -->\n${text}\n`;
  return body.length <= longest ? body : null;
}
