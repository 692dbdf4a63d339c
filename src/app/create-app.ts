import type { Probot } from "probot";
import { type GitHubEvent, toEvent } from "../github/to-event.ts";
import type { Enqueue } from "./deps.ts";

/** The Probot application: what each event is a hint at. A handler re-reads GitHub, so that here nothing is decided. */
export function createApp({ enqueue }: { readonly enqueue: Enqueue }): (probot: Probot) => void {
  async function answer(event: GitHubEvent): Promise<void> {
    switch (event.kind) {
      case "pull request": {
        const { installationId, repository, number } = event;
        const { id: repositoryId, owner, name } = repository;
        const key = `${installationId}/${repositoryId}/${number}`;
        return enqueue("pull-requests", { installationId, repositoryId, owner, name, number }, { key, installationId });
      }
      case "issue":
      case "comment":
      case "push":
      case "merge group":
      case "repository":
      case "installation":
        // What they hint at is read with the next look at a pull request.
        return undefined;
    }
  }

  return (probot) => {
    probot.onAny(async ({ name, payload }) => {
      const event = toEvent(name, payload);
      if (event !== null) await answer(event);
    });
  };
}
