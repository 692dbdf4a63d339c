import type { Probot } from "probot";
import type { Task } from "../domain/task.ts";
import { type GitHubEvent, toEvent } from "../github/to-event.ts";
import type { Enqueue } from "./deps.ts";

/** The Probot application: what each event is a hint at. A handler re-reads GitHub, so that here nothing is decided. */
export function createApp({ enqueue }: { readonly enqueue: Enqueue }): (probot: Probot) => void {
  return (probot) => {
    probot.onAny(async ({ name, payload }) => {
      const event = toEvent(name, payload);
      for (const task of event === null ? [] : toTasks(event)) await enqueue(task);
    });
  };
}

/** What has to be looked at after an event. */
function toTasks(event: GitHubEvent): readonly Task[] {
  if (event.kind !== "issue") {
    const task = toTask(event);
    return task === null ? [] : [task];
  }
  const { id: repositoryId, owner, name } = event.repository;
  const issue = { installationId: event.installationId, repositoryId, owner, name, number: event.number };
  return [
    ...(event.action === "opened" ? [] : [{ kind: "issue" as const, ...issue }]),
    ...(event.mayAskForPlaybook && event.actor?.kind === "person"
      ? [{ kind: "playbook request" as const, ...issue }]
      : []),
  ];
}

/** The one thing that has to be looked at after an event; null for nothing. */
function toTask(event: Exclude<GitHubEvent, { readonly kind: "issue" }>): Task | null {
  if (event.kind === "installation") {
    return { kind: "installation", installationId: event.installationId, account: event.account };
  }
  if (event.kind === "account") return { kind: "account", installationId: event.installationId };
  if (event.kind === "repository" && event.action === "created") {
    // It may have come with a history.
    return { kind: "installation", installationId: event.installationId, account: null };
  }
  const { id: repositoryId, owner, name } = event.repository;
  const place = { installationId: event.installationId, repositoryId, owner, name };
  switch (event.kind) {
    case "pull request":
      return { kind: "pull request", ...place, number: event.number };
    case "comment": {
      const { number, isPullRequest, commentId, nodeId, mayCommand, actor } = event;
      // What bots say, and this app among them, means nothing here.
      if (actor?.kind !== "person" || !(mayCommand || isPullRequest)) return null;
      return { kind: "comment", ...place, number, isPullRequest, commentId, nodeId, mayCommand };
    }
    case "push":
      return event.isDefaultBranch ? { kind: "default branch", ...place } : null;
    case "release":
      return { kind: "release", ...place, tag: event.tag, releaseId: event.releaseId };
    case "repository":
      return { kind: "repository", ...place };
    case "merge group":
      return { kind: "merge group", ...place, number: event.number, sha: event.sha };
  }
}
