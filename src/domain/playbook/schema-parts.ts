import { z } from "zod";

/** A text of one line, which may be a template. */
export function line(most: number) {
  return z
    .string({ error: missingOr("has to be a text; write it in quotes") })
    .min(1, { error: "is empty: write something, or leave it away" })
    .max(most, { error: `may have ${most} characters at most: shorten it` })
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, { error: "has to be a single line" });
}

/** A text of a certain form; `expected` is said of any other, after "has to be". */
export function form(pattern: RegExp, expected: string) {
  return z
    .string({ error: missingOr(`has to be ${expected}, written in quotes`) })
    .max(200, { error: "may have 200 characters at most: shorten it" })
    .regex(pattern, { error: `has to be ${expected}` });
}

function missingOr(otherwise: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (input === undefined ? "is missing" : otherwise);
}

/** A list of so many things at most. */
export function listOf<Item extends z.ZodType>(item: Item, most: number, expected = "has to be a list") {
  return z.array(item, { error: expected }).max(most, { error: `may have ${most} entries at most: leave some away` });
}

/** A file within the playbook's folder, without anything that leads out of it. */
export const filePath = form(
  /^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\p{Cc}\\]*[^\p{Cc}\\/]$/u,
  'a path within the playbook, such as "issues/kick-off.md.hbs"',
);

/** Paths with `*`, `**` and `?`, within the playbook's folder. */
export const glob = form(
  /^(?!\.{0,2}\/|!)[^\p{Cc}{}\\]*(?:\{\{[^{}/\\]*\}\}[^\p{Cc}{}\\]*)*$/u,
  'a path within the playbook such as "files/src/**", with *, ** and ? and without a slash before it, or "!"',
);
