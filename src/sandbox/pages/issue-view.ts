import type { Forge } from "../forge.ts";
import type { Issue, Reaction } from "../model/issue.ts";
import { reactionContents } from "../model/issue.ts";
import type { Label } from "../model/repository.ts";
import { issuePath, repositoryPath } from "./paths.ts";
import { personOf } from "./person.ts";

export type ShownState = "open" | "draft" | "merged" | "closed";

/** How an issue or a pull request stands, in one word. */
export function stateOf({ state, pull }: Issue): ShownState {
  if (pull !== null && pull.merged !== null) return "merged";
  return state === "open" && pull?.draft === true ? "draft" : state;
}

/** An issue or a pull request as lists show it. */
export function summarizeIssue(forge: Forge, issue: Issue) {
  const { number, title, author, labels, milestone, comments, createdAt } = issue;
  return {
    number,
    title,
    href: issuePath(issue),
    state: stateOf(issue),
    author: personOf(forge, author),
    labels: labels.map(viewLabel),
    milestone: milestone?.title ?? null,
    comments: comments.length + (issue.pull?.reviewComments.length ?? 0),
    createdAt,
  };
}

export function viewLabel(label: Pick<Label, "name" | "color"> & { readonly repository?: Label["repository"] }) {
  const query = new URLSearchParams({ label: label.name });
  const href = label.repository === undefined ? null : `${repositoryPath(label.repository)}/issues?${query.toString()}`;
  return { name: label.name, color: `#${label.color}`, href };
}

const pictures = {
  "+1": "👍",
  "-1": "👎",
  laugh: "😄",
  confused: "😕",
  heart: "❤️",
  hooray: "🎉",
  rocket: "🚀",
  eyes: "👀",
};
const names = {
  "+1": "thumbs up",
  "-1": "thumbs down",
  laugh: "laugh",
  confused: "confused",
  heart: "heart",
  hooray: "hooray",
  rocket: "rocket",
  eyes: "eyes",
};

/** The reactions to something: how many of each, and by whom. */
export function viewReactions(forge: Forge, reactions: readonly Reaction[]) {
  const given = reactionContents.flatMap((content) => {
    const people = reactions.filter((one) => one.content === content).map(({ user }) => personOf(forge, user).login);
    if (people.length === 0) return [];
    return [{ picture: pictures[content], name: names[content], count: people.length, people: people.join(", ") }];
  });
  const choices = reactionContents.map((content) => ({ content, picture: pictures[content], name: names[content] }));
  return { given, choices };
}
