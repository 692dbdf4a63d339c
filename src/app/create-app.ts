import type { Probot } from "probot";
import { type GitHubEvent, toEvent } from "../github/to-event.ts";
import type { Enqueue } from "./deps.ts";

type Kind = GitHubEvent["kind"];
type Answer<Name extends Kind> = (event: Extract<GitHubEvent, { kind: Name }>) => Promise<void>;

/** The Probot application: what each event is a hint at. A handler re-reads GitHub, so that here nothing is decided. */
export function createApp({ enqueue }: { readonly enqueue: Enqueue }): (probot: Probot) => void {
  const answers: { readonly [Name in Kind]?: Answer<Name> } = {
    "pull request": async ({ installationId, repository, number }) => {
      const { id: repositoryId, owner, name } = repository;
      const key = `${installationId}/${repositoryId}/${number}`;
      await enqueue("pull-requests", { installationId, repositoryId, owner, name, number }, { key, installationId });
    },
  };

  async function answer(event: GitHubEvent): Promise<void> {
    const answerKind = answers[event.kind] as Answer<Kind> | undefined;
    await answerKind?.(event as never);
  }

  return (probot) => {
    probot.onAny(async ({ name, payload }) => {
      const event = toEvent(name, payload);
      if (event !== null) await answer(event);
    });
  };
}
