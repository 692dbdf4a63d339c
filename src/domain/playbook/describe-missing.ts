import type { Effect } from "./effects.ts";

/** What people are told of an effect that could not be, and why: a sentence without its end, as plain text. */
export function describeMissing(effect: Effect, reason: string): string {
  return `${whatIsMissing(effect)} (${reason})`;
}

function whatIsMissing(effect: Effect): string {
  switch (effect.kind) {
    case "repository":
      return "the repository is not there";
    case "existing repository":
      return "the repository cannot be found";
    case "pull request":
      return "the pull request is not there";
    case "files":
      return "the files are not there";
    case "settings":
      return "not all settings are as planned";
    case "topics":
      return "the topics are not set";
    case "properties":
      return "the properties are not set";
    case "team":
      return `the team ${effect.team.team} has not got its access`;
    case "protection":
      return `${effect.protection.branch} is not protected`;
    case "label":
      return `the label ${effect.label.name} is not as planned`;
    case "milestone":
      return `the milestone ${effect.milestone.title} is not there`;
    case "assignee":
      return `${effect.login} is assigned to nothing`;
    case "issue":
      return `the issue “${effect.issue.title}” is not there`;
  }
}
