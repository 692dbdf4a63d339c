import {
  answerCreditCommand,
  type CommandContext,
  type CreditAnswer,
  loginsIn,
} from "../domain/command/answer-credit-command.ts";
import { helpPart, type Reply, type ReplyPart } from "../domain/command/compose-reply.ts";
import type { CommandComment } from "../domain/command/conversation.ts";
import { type Mistake, mistake } from "../domain/command/mistake.ts";
import { type CommandRequest, readCommands } from "../domain/command/read-commands.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
import { referenceOf } from "../domain/reference.ts";
import type { TaskOf } from "../domain/task.ts";
import { applyActions } from "../github/apply-actions.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { readAccounts } from "../github/read-accounts.ts";
import { readCommandComment } from "../github/read-command-comment.ts";
import { readPermission } from "../github/read-permission.ts";
import { readUnlisted } from "../store/unlisted.ts";
import { answerQuestion } from "./answer-question.ts";
import { answerRelease } from "./answer-release.ts";
import { carryOut } from "./carry-out.ts";
import type { Deps } from "./deps.ts";

type CommentTask = TaskOf<"comment">;
interface Answered {
  readonly request: CommandRequest;
  readonly answer: CreditAnswer;
}

/**
 * Does what the commands in a comment ask for: eyes at once, then a rocket, or a confused face and a reply that says what
 * is wrong and what to write instead. Only what its author wrote counts, as it stands now.
 */
export async function answerComment(deps: Deps, task: CommentTask): Promise<void> {
  const client = clientFor(deps, task);
  const comment = await readCommandComment(client, { id: task.nodeId, isPullRequest: task.isPullRequest });
  const asker = comment?.author ?? null;
  if (comment === null || asker === null || asker.kind === "bot") return;
  const requests = readCommands(comment.body);
  if (requests.length === 0) return;
  const place = comment.conversation.repository;
  await applyActions(client, place, [{ kind: "react", commentId: comment.id, content: "eyes" }]);

  const context = await gather(deps, { client, task, comment, asker, requests });
  const answered = requests.map((request) => ({ request, answer: answer(request, context) }));
  await carryOut(deps, { task, comment, asker, answers: answered.map((one) => one.answer) });
  const parts: ReplyPart[] = [];
  for (const one of answered) parts.push(...(await toParts(deps, { task, comment, ...one })));

  const mistakes = parts.filter(({ kind }) => kind === "mistake").length;
  await reply(deps, { client, task, comment }, { parts, mistakes, othersDone: mistakes < answered.length });
}

/** Says on the conversation that a command could not be carried out, and by what name to ask about it. */
export async function apologise(deps: Deps, task: CommentTask, reference: string): Promise<void> {
  const client = clientFor(deps, task);
  const comment = await readCommandComment(client, { id: task.nodeId, isPullRequest: task.isPullRequest });
  if (comment === null) return;
  const text = "something went wrong on our side, and it was not carried out. Write it again in a new comment later.";
  const parts = readCommands(comment.body).map(({ source }) => ({ kind: "mistake" as const, source, text }));
  await say(deps, { client, task, comment }, { parts, reference, othersDone: false });
  await applyActions(client, comment.conversation.repository, [
    { kind: "react", commentId: comment.id, content: "confused" },
  ]);
}

/** On a pull request the app may say something without a permission for issues. */
function clientFor({ octokitFor }: Deps, { installationId, repositoryId, isPullRequest }: CommentTask): GitHubClient {
  const speaking = isPullRequest ? { pull_requests: "write" as const } : { issues: "write" as const };
  return octokitFor(installationId, { repositoryId, permissions: { metadata: "read", ...speaking } });
}

interface Gathering {
  readonly client: GitHubClient;
  readonly task: CommentTask;
  readonly comment: CommandComment;
  readonly asker: Account;
  readonly requests: readonly CommandRequest[];
}

async function gather(
  { database, hash }: Deps,
  { client, task, comment, asker, requests }: Gathering,
): Promise<CommandContext> {
  const commands = requests.flatMap(({ command }) => (command.kind === "mistake" ? [] : [command]));
  const logins = [...new Set(commands.flatMap((command) => loginsIn(command).map((login) => login.toLowerCase())))];
  const accounts = await readAccounts(client, logins);
  const accountIds = Array.from(accounts.values(), ({ id }) => id);
  const decides = commands.some(({ kind }) => ["give", "remove", "release"].includes(kind));
  return {
    comment,
    asker,
    accounts,
    unlisted: await readUnlisted(database, task.installationId, { accountIds, hash }),
    // Asked at this moment, and only where it matters.
    permission: decides ? await readPermission(client, comment.conversation.repository, asker) : "none",
  };
}

function answer({ command }: CommandRequest, context: CommandContext): CreditAnswer | Mistake {
  if (context.comment.isEditedByOthers) {
    return mistake("Somebody else has changed this comment. Write the command in one of your own.");
  }
  return command.kind === "mistake" ? command : answerCreditCommand(command, context);
}

async function toParts(
  deps: Deps,
  { task, comment, request, answer: given }: Answered & { task: CommentTask; comment: CommandComment },
): Promise<ReplyPart[]> {
  switch (given.kind) {
    case "mistake":
      return [{ kind: "mistake", source: request.source, text: given.text }];
    case "help":
      return [helpPart];
    case "why":
    case "tally":
      return [await answerQuestion(deps, { task, conversation: comment.conversation, question: given })];
    case "release":
      return [await answerRelease(deps, { task, source: request.source, tag: given.tag })];
    case "corrections":
    case "hide":
    case "forget":
      // The rocket says it.
      return [];
  }
}

interface Speaking {
  readonly client: GitHubClient;
  readonly task: CommentTask;
  readonly comment: CommandComment;
}

async function reply(
  deps: Deps,
  speaking: Speaking,
  { mistakes, ...said }: Omit<Reply, "reference"> & { readonly mistakes: number },
): Promise<void> {
  const { client, task, comment } = speaking;
  const reference = referenceOf(`${task.repositoryId} ${comment.id}`);
  const isMistaken = mistakes > 0;
  if (isMistaken) deps.log.info({ installation: task.installationId, reference }, "a command was refused");
  if (said.parts.length > 0) await say(deps, speaking, { ...said, reference: isMistaken ? reference : null });
  const content = isMistaken ? "confused" : "rocket";
  await applyActions(client, comment.conversation.repository, [{ kind: "react", commentId: comment.id, content }]);
}

async function say({ templates }: Deps, { client, comment }: Speaking, said: Reply): Promise<void> {
  const { repository, number } = comment.conversation;
  // One reply to a comment, however often this is run.
  const marker = `<!-- curtain-call:reply ${comment.id} -->`;
  const body = `${marker}\n${templates.reply(said).trimEnd()}\n`;
  await applyActions(client, repository, [{ kind: "upsert comment", number, marker, body }]);
}
