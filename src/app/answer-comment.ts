import {
  answerCreditCommand,
  type CommandContext,
  type CreditAnswer,
  loginsIn,
} from "../domain/command/answer-credit-command.ts";
import { helpPart, isRefusal, type ReplyPart } from "../domain/command/compose-reply.ts";
import type { CommandComment } from "../domain/command/conversation.ts";
import { type Mistake, mistake } from "../domain/command/mistake.ts";
import { type CommandRequest, type RequestOf, readCommands } from "../domain/command/read-commands.ts";
import type { Account } from "../domain/credit/pull-request-facts.ts";
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
import { answerPlaybook } from "./playbook/answer-playbook.ts";
import { replyTo, say } from "./reply-to.ts";

type CommentTask = TaskOf<"comment">;
type CreditRequest = RequestOf<"credit">;
interface Answered {
  readonly request: CreditRequest;
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

  const commands = requests.filter((request) => request.name === "credit");
  const context = await gather(deps, { client, task, comment, asker, requests: commands });
  const answers = new Map(commands.map((request) => [request.line, answer(request, context)]));
  await carryOut(deps, { task, comment, asker, answers: Array.from(answers.values()) });
  const plans = requests.filter(({ command: { kind } }) => kind === "use" || kind === "apply").length;
  const parts: ReplyPart[] = [];
  let refused = 0;
  for (const request of requests) {
    const said = await partsOf(request);
    parts.push(...said);
    if (said.some(isRefusal)) refused += 1;
  }
  const { installationId } = task;
  await replyTo(deps, { client, installationId, comment }, { parts, refused, all: requests.length });

  async function partsOf(request: CommandRequest): Promise<readonly ReplyPart[]> {
    if (comment === null || asker === null) return [];
    if (request.name === "playbook") {
      const ask = { installationId: task.installationId, client, comment, asker, source: request.source };
      return answerPlaybook(deps, ask, judgePlaybook(request, { comment, plans }));
    }
    const given = answers.get(request.line);
    return given === undefined ? [] : toParts(deps, { task, comment, request, answer: given });
  }
}

/** Says on the conversation that a command could not be carried out, and by what name to ask about it. */
export async function apologise(deps: Deps, task: CommentTask, reference: string): Promise<void> {
  const client = clientFor(deps, task);
  const comment = await readCommandComment(client, { id: task.nodeId, isPullRequest: task.isPullRequest });
  if (comment === null) return;
  const text = "something went wrong on our side, and it was not carried out. Write it again in a new comment later.";
  const parts = readCommands(comment.body).map(({ source }) => ({ kind: "mistake" as const, source, text }));
  await say(deps, { client, comment }, { parts, reference, othersDone: false });
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
  readonly requests: readonly CreditRequest[];
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

const edited = mistake("Somebody else has changed this comment. Write the command in one of your own.");
const several = mistake("One plan at a time: write each of them in a comment of its own.");

function answer({ command }: CreditRequest, context: CommandContext): CreditAnswer | Mistake {
  if (context.comment.isEditedByOthers) return edited;
  return command.kind === "mistake" ? command : answerCreditCommand(command, context);
}

function judgePlaybook(
  { command }: RequestOf<"playbook">,
  { comment, plans }: { readonly comment: CommandComment; readonly plans: number },
): RequestOf<"playbook">["command"] {
  if (comment.isEditedByOthers) return edited;
  return plans > 1 && (command.kind === "use" || command.kind === "apply") ? several : command;
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
