import type { ReplyPart } from "../../domain/command/compose-reply.ts";
import { mistake } from "../../domain/command/mistake.ts";
import { formPlaybook } from "../../domain/playbook/form-playbook.ts";
import { formLabel } from "../../domain/playbook/issue-form.ts";
import { readForm } from "../../domain/playbook/read-form.ts";
import type { TaskOf } from "../../domain/task.ts";
import { MissingPermission } from "../../github/errors.ts";
import type { GitHubClient } from "../../github/github-client.ts";
import { readRequestIssue } from "../../github/playbook/read-request-issue.ts";
import type { Deps } from "../deps.ts";
import { replyTo, say } from "../reply-to.ts";
import { describeMissing } from "./describe-missing.ts";
import { findPlaybook } from "./open-playbook.ts";
import { type PlaybookAsk, searchOf } from "./playbook-ask.ts";
import { settleAsk } from "./settle-ask.ts";
import { toRefusal } from "./to-refusal.ts";
import { usePlaybook } from "./use-playbook.ts";

type FormTask = TaskOf<"playbook request">;

/**
 * Plans what an issue asks for that was made from a playbook's form, as `/playbook use` does for its author. An issue that
 * only has the label is left alone. Throws what GitHubClient throws.
 */
export async function answerForm(deps: Deps, task: FormTask): Promise<void> {
  const asked = await readAsk(deps, task);
  if (asked === null) return;
  const { ask, name } = asked;
  const parts = await answer(deps, ask, name);
  const { client, installationId, comment } = ask;
  const refused = parts.length > 0 ? 1 : 0;
  await replyTo(deps, { client, installationId, comment }, { parts, refused, all: 1 });
}

/** Says on the issue that it could not be planned, and by what name to ask about it. */
export async function apologiseForForm(deps: Deps, task: FormTask, reference: string): Promise<void> {
  const asked = await readAsk(deps, task);
  if (asked === null) return;
  const text = "something went wrong on our side, and nothing was planned. Write `/playbook use` in a comment later.";
  const part = { kind: "mistake" as const, source: asked.ask.source, text };
  await say(deps, asked.ask, { parts: [part], reference, othersDone: false });
}

async function readAsk({ octokitFor }: Deps, task: FormTask): Promise<{ ask: PlaybookAsk; name: string } | null> {
  const { installationId, repositoryId, owner, name: repository, number } = task;
  const permissions = { metadata: "read", issues: "write" } as const;
  const client: GitHubClient = octokitFor(installationId, { repositoryId, permissions });
  const issue = await readRequestIssue(client, { owner, name: repository, number });
  if (issue === null || !issue.isOpen) return null;
  if (!issue.labels.some((label) => label.toLowerCase() === formLabel)) return null;
  const { author: asker } = issue.comment;
  if (asker === null || asker.kind === "bot") return null;
  const name = formPlaybook(issue.comment.body);
  const source = "This issue";
  return name === null ? null : { ask: { installationId, client, comment: issue.comment, asker, source }, name };
}

async function answer(deps: Deps, ask: PlaybookAsk, name: string): Promise<readonly ReplyPart[]> {
  const { comment } = ask;
  if (comment.isEditedByOthers) {
    return [toRefusal(ask, mistake("Somebody else has changed this text. Write `/playbook use` in a comment."))];
  }
  try {
    const settled = await settleAsk(deps, ask);
    if ("text" in settled) return [toRefusal(ask, settled)];
    const finding = await findPlaybook(deps, searchOf(settled), name);
    if (!finding.ok) return [toRefusal(ask, mistake(finding.mistake))];
    const { manifest } = finding.found.playbook;
    const answers = readForm(comment.body, Object.keys(manifest.inputs));
    return await usePlaybook(deps, settled, { name: manifest.name, answers, target: "new" });
  } catch (error) {
    if (!(error instanceof MissingPermission)) throw error;
    return [toRefusal(ask, mistake(describeMissing(error)))];
  }
}
