import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import type { Happening } from "./happening.ts";

/** The repository that something happened in, if in any. */
export function repositoryOf(happening: Happening): Repository | null {
  switch (happening.event) {
    case "issues":
      return happening.issue.repository;
    case "issue_comment":
      return happening.comment.issue.repository;
    case "pull_request":
      return happening.pull.issue.repository;
    case "pull_request_review":
      return happening.review.pull.issue.repository;
    case "pull_request_review_comment":
      return happening.comment.pull.issue.repository;
    case "label":
      return happening.label.repository;
    case "milestone":
      return happening.milestone.repository;
    case "release":
      return happening.release.repository;
    case "check_run":
      return happening.run.suite.repository;
    case "merge_group":
      return happening.queue.repository;
    case "push":
    case "create":
    case "delete":
    case "repository":
    case "member":
      return happening.repository;
    case "organization":
    case "installation":
    case "installation_repositories":
    case "installation_target":
      return null;
  }
}

/** The account that something happened at. */
export function ownerOf(happening: Happening): Account {
  const repository = repositoryOf(happening);
  if (repository !== null) return repository.owner;
  if (happening.event === "organization") return happening.organization;
  if ("installation" in happening) return happening.installation.account;
  throw new Error(`${happening.event} has no owner`);
}
