import { rm } from "node:fs/promises";
import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { type Repository } from "../model/repository.ts";
import { type Node } from "../model/state.ts";
import { takeFromTeams } from "./leave-teams.ts";

/** Deletes a repository and everything in it. */
export async function deleteRepository(forge: Forge, repository: Repository, actor: Actor): Promise<void> {
  const { state } = forge;
  await forge.announce({ event: "repository", action: "deleted", repository, sender: actor.account });
  state.repositories.delete(repository.id);
  for (const [name, other] of state.repositoriesByName) {
    if (other === repository) state.repositoriesByName.delete(name);
  }
  for (const { repositories } of state.installations.values()) repositories?.delete(repository);
  takeFromTeams(state, repository);
  for (const [nodeId, node] of state.nodes) {
    if (repositoryOfNode(node) === repository) state.nodes.delete(nodeId);
  }
  for (const [id, comment] of state.comments) if (comment.issue.repository === repository) state.comments.delete(id);
  for (const [id, comment] of state.reviewComments) {
    if (comment.pull.issue.repository === repository) state.reviewComments.delete(id);
  }
  for (const other of state.repositories.values()) {
    if (other.parent === repository) other.parent = null;
    for (const { pull } of other.issues.values()) {
      if (pull?.head.repository === repository) pull.head = { ...pull.head, repository: null };
    }
  }
  await rm(gitDirectory(forge, repository), { recursive: true, force: true });
}

function repositoryOfNode({ type, value }: Node): Repository | null {
  switch (type) {
    case "Repository":
      return value;
    case "Issue":
    case "Label":
    case "Milestone":
    case "CheckSuite":
    case "Release":
    case "MergeQueue":
      return value.repository;
    case "MergeQueueEntry":
      return value.queue.repository;
    case "PullRequest":
    case "IssueComment":
    case "IssueEvent":
      return value.issue.repository;
    case "PullRequestReview":
    case "PullRequestReviewComment":
      return value.pull.issue.repository;
    case "CheckRun":
      return value.suite.repository;
    case "Reaction":
    case "User":
    case "Organization":
    case "Bot":
    case "Team":
    case "App":
      return null;
  }
}
