import {
  type CommentSource,
  type CreditComment,
  composeCreditComment,
} from "../../src/domain/credit/credit-comment.ts";
import { compareLanded, foreseeMerge } from "../../src/domain/credit/merge-outlook.ts";
import type { CreditSettings } from "../../src/domain/credit/pull-request-credit.ts";
import { creditPullRequest } from "../../src/domain/credit/pull-request-credits.ts";
import type { PullRequestFacts } from "../../src/domain/credit/pull-request-facts.ts";
import { loadTemplate } from "../../src/render/load-template.ts";
import { renderCreditComment } from "../../src/render/render-credit-comment.ts";
import { defaults } from "./pull-request.ts";

interface Given {
  readonly settings?: Partial<CreditSettings>;
  readonly comment?: CommentSource["settings"]["comment"];
  readonly newcomers?: readonly number[];
  readonly hasCommands?: boolean;
}

const template = await loadTemplate("comments/credit.md.hbs", [
  "comments/credit-warning.md.hbs",
  "comments/evidence.md.hbs",
]);

/** All that the core decides about a pull request. */
export function sourceOf(facts: PullRequestFacts, given: Given = {}): CommentSource {
  const { comment = "auto", newcomers = [], hasCommands = true } = given;
  const settings = { ...defaults, ...given.settings };
  const credits = creditPullRequest(facts, settings);
  return {
    facts,
    credits,
    outlook: foreseeMerge(facts, credits, settings),
    landed: compareLanded(facts, credits, settings),
    settings: { ...settings, comment },
    isNewcomer: (id) => newcomers.includes(id),
    hasCommands,
  };
}

export function composeFrom(facts: PullRequestFacts, given: Given = {}): CreditComment | null {
  return composeCreditComment(sourceOf(facts, given));
}

/** The comment on a pull request, as it is written to GitHub; empty where there is none. */
export function commentOn(facts: PullRequestFacts, given: Given = {}): string {
  const comment = composeFrom(facts, given);
  return comment === null ? "" : renderCreditComment(comment, template);
}
