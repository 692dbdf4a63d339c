import type { CommandComment } from "../../domain/command/conversation.ts";
import type { Account } from "../../domain/credit/pull-request-facts.ts";
import type { RunPlace } from "../../domain/playbook/run.ts";
import type { GitHubClient } from "../../github/github-client.ts";
import type { PlaybookSearch } from "./open-playbook.ts";
import type { PlaybookSettings } from "./playbook-settings.ts";

/** Somebody who asks for something about playbooks, in an issue. */
export interface PlaybookAsk {
  readonly installationId: number;
  /** May read and speak in the conversation. */
  readonly client: GitHubClient;
  /** With the number 0 where it is the issue's own text. */
  readonly comment: CommandComment;
  readonly asker: Account;
  /** The command as it is written. */
  readonly source: string;
}

/** The same where the organisation's settings let playbooks be asked for. */
export interface SettledAsk extends PlaybookAsk {
  readonly settings: PlaybookSettings;
}

/** The conversation, as plans and runs are kept by it. */
export function runPlaceOf({ installationId, comment }: PlaybookAsk): RunPlace {
  const { repository, number } = comment.conversation;
  return { installationId, repositoryId: repository.id, issueNumber: number };
}

/** Where playbooks are made: in the organisation whose repository it is asked in. */
export function organisationOf({ comment }: PlaybookAsk): string {
  return comment.conversation.repository.owner;
}

/** Where playbooks are looked for. */
export function searchOf(ask: SettledAsk): PlaybookSearch {
  return {
    installationId: ask.installationId,
    organisation: organisationOf(ask),
    sources: ask.settings.sources,
    isPublic: !ask.comment.conversation.repository.isPrivate,
  };
}

/** Where profiles and repositories are, such as https://github.com. */
export function webOf({ comment }: PlaybookAsk): string {
  const { url, owner, name } = comment.conversation.repository;
  const ending = `/${owner}/${name}`;
  return url.endsWith(ending) ? url.slice(0, -ending.length) : new URL(url).origin;
}
