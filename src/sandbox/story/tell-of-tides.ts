import { addComment, addReaction } from "../actions/comments.ts";
import { openIssue, setAssignees, setLabels } from "../actions/issues.ts";
import { findLabel } from "../actions/labels.ts";
import { mergePull } from "../actions/merge-pull.ts";
import { openPull, requestReviewers } from "../actions/pulls.ts";
import { addReview, replyToComment } from "../actions/reviews.ts";
import type { Account } from "../model/account.ts";
import type { Issue, PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { Cast } from "./create-cast.ts";
import { pushBranch, seedRepository } from "./seed-repository.ts";
import { by, type DaysAgo, readText } from "./told.ts";
import type { StoryCommit } from "./write-history.ts";

interface Chapter {
  readonly daysAgo: DaysAgo;
  readonly cast: Cast;
  readonly tides: Repository;
}

/** Tells of the repository `tides`, up to the pull request that is open there now. */
export async function tellOfTides(
  daysAgo: DaysAgo,
  { organization, cast }: { organization: Account; cast: Cast },
): Promise<{ tides: Repository; pullRequest: PullRequest }> {
  const wanted = {
    owner: organization,
    name: "tides",
    description: "Tide tables as a service",
    merging: { deleteBranchOnMerge: true },
  };
  const tides = await seedRepository(daysAgo, { creator: cast.ada, wanted, commits: historyOf(cast) });
  const chapter = { daysAgo, cast, tides };
  await tellOfChartDatum(chapter);
  await tellOfMissingLowWater(chapter);
  await tellOfMoreStations(chapter);
  return { tides, pullRequest: await tellOfCalendarDays(chapter) };
}

function historyOf({ ada, grace, katherine }: Cast): StoryCommit[] {
  const withAda = "\n\nCo-authored-by: Ada Example <ada@example.com>";
  const withKatherine = "\n\nCo-authored-by: Katherine Model <katherine@example.com>";
  // Joan's own account has another address: this one is nobody's.
  const withJoan = "\n\nCo-authored-by: Joan Figure <joan.figure@example.com>";
  const main = "main";
  return [
    {
      folder: "tides/01-moon",
      branch: main,
      author: ada,
      daysAgo: 62,
      message: "Begin with one station and the pull of the moon",
    },
    {
      folder: "tides/02-gauge",
      branch: main,
      author: grace,
      daysAgo: 55,
      message: `Hold the heights against the gauge${withAda}`,
    },
    {
      folder: "tides/03-table",
      branch: main,
      author: ada,
      daysAgo: 48,
      message: `Find the high and low waters of a day${withKatherine}`,
    },
    { folder: "tides/04-serve", branch: main, author: katherine, daysAgo: 41, message: "Answer over HTTP" },
    {
      folder: "tides/05-northquay",
      branch: main,
      author: grace,
      daysAgo: 33,
      message: `Add the station at Northquay${withKatherine}`,
    },
    {
      folder: "tides/chart-datum-1",
      branch: "chart-datum",
      author: grace,
      daysAgo: 26,
      message: `Count heights from chart datum${withAda}`,
    },
    {
      folder: "tides/chart-datum-2",
      branch: "chart-datum",
      author: grace,
      daysAgo: 25,
      message: "Test that no station falls below chart datum",
    },
    {
      folder: "tides/calendar-days-1",
      branch: "calendar-days",
      author: ada,
      daysAgo: 6,
      message: "Let a day last from midnight to midnight",
    },
    {
      folder: "tides/calendar-days-2",
      branch: "calendar-days",
      author: grace,
      daysAgo: 5,
      message: "Test the days on which the clocks change",
    },
    {
      folder: "tides/calendar-days-3",
      branch: "calendar-days",
      author: ada,
      daysAgo: 3,
      message: `Say which of two equal hours is meant${withJoan}`,
    },
  ];
}

/** A question that became a pull request, and is closed by its merge. */
async function tellOfChartDatum({ daysAgo, cast, tides }: Chapter): Promise<void> {
  const { grace, katherine } = cast;
  const issue = await openIssue(
    daysAgo(30),
    { repository: tides, title: "Which zero are the heights counted from?", body: await text("1-which-zero") },
    by(katherine),
  );
  await say(daysAgo, { issue, days: 29, author: grace, words: "1-answer" });
  await setAssignees(daysAgo(28.9), { issue, assignees: [grace] }, by(grace));
  await pushBranch(daysAgo, tides, { branch: "chart-datum", daysAgo: 24.9, author: grace });
  const pull = await openPull(
    daysAgo(24.8),
    {
      repository: tides,
      title: "Count heights from chart datum",
      body: await text("2-chart-datum"),
      head: "chart-datum",
      base: "main",
    },
    by(grace),
  );
  await addReview(daysAgo(23), { pull, body: await text("2-review"), verdict: "APPROVE" }, by(katherine));
  await mergePull(daysAgo(22), { pull, method: "squash" }, by(katherine));
}

/** What somebody from outside found, and somebody from inside explained. */
async function tellOfMissingLowWater({ daysAgo, cast, tides }: Chapter): Promise<void> {
  const { grace, katherine, hedy } = cast;
  const issue = await openIssue(
    daysAgo(12),
    {
      repository: tides,
      title: "The last low water of 25 October is missing",
      body: await text("3-missing-low-water"),
    },
    by(hedy),
  );
  const bug = findLabel(tides, "bug");
  if (bug !== null) await setLabels(daysAgo(11.8), { issue, labels: [bug] }, by(katherine));
  await say(daysAgo, { issue, days: 11.7, author: katherine, words: "3-helpful-comment" });
  addReaction(daysAgo(11.6), { reactions: issue.reactions, content: "heart" }, by(grace));
  await say(daysAgo, { issue, days: 11.5, author: hedy, words: "3-thanks" });
}

async function tellOfMoreStations({ daysAgo, cast, tides }: Chapter): Promise<void> {
  const { grace, hedy } = cast;
  const enhancement = findLabel(tides, "enhancement");
  const issue = await openIssue(
    daysAgo(9),
    {
      repository: tides,
      title: "Which station next?",
      body: await text("4-more-stations"),
      labels: enhancement === null ? [] : [enhancement],
    },
    by(grace),
  );
  await say(daysAgo, { issue, days: 8, author: hedy, words: "4-answer" });
}

/** The pull request by three people that waits to be merged. */
async function tellOfCalendarDays({ daysAgo, cast, tides }: Chapter): Promise<PullRequest> {
  const { ada, grace, katherine, hedy } = cast;
  await pushBranch(daysAgo, tides, { branch: "calendar-days", daysAgo: 2.95, author: ada });
  const pull = await openPull(
    daysAgo(2.9),
    {
      repository: tides,
      title: "Count a day by the calendar",
      body: await text("5-calendar-days"),
      head: "calendar-days",
      base: "main",
    },
    by(ada),
  );
  const { issue } = pull;
  await requestReviewers(daysAgo(2.89), { pull, reviewers: [katherine] }, by(ada));
  await say(daysAgo, { issue, days: 2.5, author: grace, words: "5-question" });
  await say(daysAgo, { issue, days: 2.4, author: ada, words: "5-answer" });
  const comments = [{ path: "tides/day.py", line: 12, body: await text("5-line") }];
  await addReview(daysAgo(2), { pull, body: await text("5-review"), verdict: "APPROVE", comments }, by(katherine));
  const [comment] = pull.reviewComments;
  if (comment !== undefined) {
    await replyToComment(daysAgo(1.9), { comment, body: await text("5-line-answer") }, by(ada));
    addReaction(daysAgo(1.8), { reactions: comment.reactions, content: "+1" }, by(ada));
  }
  await say(daysAgo, { issue, days: 1, author: hedy, words: "5-hedy" });
  addReaction(daysAgo(0.9), { reactions: issue.reactions, content: "hooray" }, by(grace));
  return pull;
}

async function say(
  daysAgo: DaysAgo,
  { issue, days, author, words }: { issue: Issue; days: number; author: Account; words: string },
): Promise<void> {
  await addComment(daysAgo(days), { issue, body: await text(words) }, by(author));
}

function text(name: string): Promise<string> {
  return readText(`tides-conversation/${name}.md`);
}
