import type { SetCheck } from "../domain/action.ts";
import { type CreditCheck, creditCheckName, decideCreditCheck } from "../domain/credit/credit-check.ts";
import { type CommentSource, composeCreditComment } from "../domain/credit/credit-comment.ts";
import type { TemplateMistake } from "../domain/template/template-mistake.ts";
import type { FileTexts, PullRequestReading } from "../github/read-pull-request.ts";
import { type OwnRenderer, ownRenderer } from "../render/own-renderer.ts";
import { type CheckText, renderCreditCheck } from "../render/render-credit-check.ts";
import { renderCreditComment } from "../render/render-credit-comment.ts";
import { TemplateFailed } from "../render/template-failed.ts";
import type { Deps, Templates } from "./deps.ts";
import { tryTemplate, wordCheck, wordComment } from "./own-templates.ts";

/** Where a repository's own templates are, or those of its organisation in the repository `.github`. */
export const templatePaths = {
  comment: ".github/curtain-call/credit.md.hbs",
  check: ".github/curtain-call/credit-check.md.hbs",
} as const;

interface ToSay {
  readonly installationId: number;
  readonly texts: PullRequestReading["templates"];
  readonly source: CommentSource;
  readonly checked: CreditCheck | null;
}

type Tools = Pick<Deps, "templates" | "log">;

/**
 * Puts a comment in the words of the template in force: the repository's own, without one its organisation's, without
 * either ours. Where that one is broken or fails, it is ours too. The comment also tells what the pull request would
 * break in the repository's templates. Null where nothing is to be said.
 */
export async function putCommentInWords(deps: Tools, toSay: ToSay): Promise<string | null> {
  const { templates } = deps;
  const said = composeCreditComment({ ...toSay.source, templateMistakes: await findMistakes(templates, toSay) });
  if (said === null) return null;
  return inForceOrOurs(deps, toSay, {
    which: "comment",
    own: (render) => wordComment(render, said),
    ours: () => renderCreditComment(said, templates.comment),
  });
}

/** Puts a commit's check in words, by the same rule; null where none is asked for. */
export async function putCheckInWords(deps: Tools, toSay: ToSay, sha: string): Promise<SetCheck | null> {
  const { checked } = toSay;
  if (checked === null) return null;
  const words = await inForceOrOurs<CheckText>(deps, toSay, {
    which: "check",
    own: (render) => wordCheck(render, checked),
    ours: () => renderCreditCheck(checked, deps.templates.check),
  });
  return { kind: "set check", sha, name: creditCheckName, conclusion: checked.conclusion, ...words };
}

interface Ways<Text> {
  readonly which: keyof typeof templatePaths;
  readonly own: (render: OwnRenderer) => Promise<Text>;
  readonly ours: () => Text;
}

async function inForceOrOurs<Text>(
  { templates, log }: Tools,
  { installationId: installation, texts }: ToSay,
  { which, own, ours }: Ways<Text>,
): Promise<Text> {
  const text = texts[which].repository ?? texts[which].organization;
  if (text === null) return ours();
  try {
    return await own(ownRenderer(templates, text));
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
    log.info({ installation, template: which, line: error.line }, "a template is broken, and ours is used");
    return ours();
  }
}

/** What the pull request would break: it is tried on the pull request itself. */
async function findMistakes(templates: Templates, { texts, source }: ToSay): Promise<readonly TemplateMistake[]> {
  const comment = composeCreditComment({ ...source, settings: { ...source.settings, comment: "always" } });
  const check = decideCreditCheck(source, "advise");
  if (comment === null || source.facts.state !== "open") return [];
  return [
    ...(await tryProposed(templates, texts, {
      which: "comment",
      attempt: (render) => wordComment(render, comment),
    })),
    ...(await tryProposed(templates, texts, {
      which: "check",
      attempt: async (render) => check && wordCheck(render, check),
    })),
  ];
}

async function tryProposed(
  templates: Templates,
  texts: ToSay["texts"],
  { which, attempt }: { which: keyof typeof templatePaths; attempt: (render: OwnRenderer) => Promise<unknown> },
): Promise<readonly TemplateMistake[]> {
  const { proposed, repository }: FileTexts = texts[which];
  // What is the same as on the default branch is not its doing.
  if (proposed === null || proposed === repository) return [];
  const mistakes = await tryTemplate(templates, proposed, attempt);
  return mistakes.map(({ line, message }) => ({ path: templatePaths[which], line, message }));
}
