import type { CreditCheck } from "../domain/credit/credit-check.ts";
import type { CreditComment } from "../domain/credit/credit-comment.ts";
import { checkTemplate, type TemplateError } from "../domain/template/check-template.ts";
import { type OwnRenderer, ownRenderer } from "../render/own-renderer.ts";
import { type CheckText, creditCheckContext, splitCreditCheck } from "../render/render-credit-check.ts";
import { draftCreditComment, signCreditComment } from "../render/render-credit-comment.ts";
import { TemplateFailed } from "../render/template-failed.ts";
import type { Templates } from "./deps.ts";

/** GitHub takes no longer summary: https://docs.github.com/rest/checks/runs. */
const longestCheck = 65_535;

/** All that is wrong with a template, or the one failure of trying it. */
export async function tryTemplate(
  templates: Templates,
  text: string,
  attempt: (render: OwnRenderer) => Promise<unknown>,
): Promise<readonly (Pick<TemplateError, "message"> & { readonly line: number | null })[]> {
  const check = checkTemplate(text, Object.keys(templates.partials));
  if (!check.ok) return check.errors;
  try {
    await attempt(ownRenderer(templates, text));
    return [];
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
    return [{ line: error.line, message: error.message }];
  }
}

/** The comment by a template of the repository's own. Throws TemplateFailed where it makes none. */
export async function wordComment(render: OwnRenderer, said: CreditComment): Promise<string> {
  for (const draft of draftCreditComment(said)) {
    const text = await render(draft);
    if (text.trim() === "") throw new TemplateFailed("It makes an empty comment.");
    const body = signCreditComment(text);
    if (body !== null) return body;
  }
  throw new TemplateFailed("It makes a longer comment than GitHub takes, even about nobody.");
}

/** The check by a template of the repository's own. Throws TemplateFailed where it makes none. */
export async function wordCheck(render: OwnRenderer, checked: CreditCheck): Promise<CheckText> {
  const text = splitCreditCheck(await render(creditCheckContext(checked)));
  if (text.title === "" || text.summary === "") {
    throw new TemplateFailed("It has to make a line for the check's title, and below it the check's text.");
  }
  if (text.summary.length > longestCheck) throw new TemplateFailed("It makes a longer text than GitHub takes.");
  return text;
}
