import type { Plan } from "./plan.ts";

/** Create the repository, read its branch, write a tree and a commit, move the branch, and say what it is about. */
const forFiles = 6;
/** Find the repository; and read its branch and files, write a tree and a commit, make a branch, open the pull request. */
const toFind = 1;
const forPullRequest = 6;
/** GitHub asks for a second between writes, and counts what people see as content; the others go by faster. */
const seconds = { content: 1, other: 0.5 };
/** Nobody needs to know it better. */
const roundedTo = 5;

/**
 * How many requests a run takes, and about how long: six for any number of files and one more for each that is no text,
 * then one each for labels, milestones, issues, teams and people to assign, and for the topics, properties and protection.
 */
export function estimateCost({
  target,
  repository,
  files,
  issues,
}: Pick<Plan, "target" | "repository" | "files" | "issues">): Plan["cost"] {
  const { labels, milestones, teams, topics, properties, protection } = repository;
  const content = labels.length + milestones.length + issues.length;
  const other =
    (target.kind === "new" ? forFiles : toFind + (files.length > 0 ? forPullRequest : 0)) +
    files.filter(({ isBinary }) => isBinary).length +
    teams.length +
    new Set(issues.flatMap(({ assignees }) => assignees.map((login) => login.toLowerCase()))).size +
    // A new repository has labels already, which are looked at first.
    [labels, topics, Object.keys(properties)].filter((some) => some.length > 0).length +
    (protection === null ? 0 : 1);
  const time = content * seconds.content + other * seconds.other;
  return { requests: content + other, seconds: Math.ceil(time / roundedTo) * roundedTo };
}
