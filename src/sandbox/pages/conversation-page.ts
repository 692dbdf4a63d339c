import type { Context } from "hono";
import type { Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";
import type { Issue, PullRequest } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import { notFound } from "../refusal.ts";
import { checksOf } from "./check-view.ts";
import { stateOf, viewLabel, viewReactions } from "./issue-view.ts";
import { viewMergeBox } from "./merge-box.ts";
import { issuePath } from "./paths.ts";
import { textRenderer } from "./people-text.ts";
import { personOf } from "./person.ts";
import { pullHeading } from "./pull-heading.ts";
import { frameOf } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";
import { currentSpeaker, rightsOf, viewSpeakers } from "./speaker.ts";
import { textsIn, timelineOf } from "./timeline.ts";

/** What a form said that could not be done, so that it can be said better. */
export interface Said {
  readonly speaker?: Account | null;
  readonly status?: number;
  readonly refusal?: string | null;
  /** What was typed, by the names of the fields. */
  readonly typed?: Readonly<Record<string, string>>;
}

/** The issue or pull request that an address names. Throws a Refusal where there is none. */
export function requireIssue(repository: Repository, context: Context): Issue {
  const { number = "" } = context.req.param() as Record<string, string>;
  const issue = /^\d+$/.test(number) ? repository.issues.get(Number(number)) : undefined;
  if (issue === undefined) throw notFound();
  return issue;
}

/** What makes an issue a pull request. Throws a Refusal where it is none. */
export function pullOf(issue: Issue | undefined): PullRequest {
  if (issue === undefined || issue.pull === null) throw notFound();
  return issue.pull;
}

/** Shows the page of an issue or a pull request: who said and did what, and what the speaker may do. */
export async function showConversation(site: Site, context: Context, issue: Issue, said: Said = {}): Promise<Response> {
  const { forge } = site;
  const { repository, pull } = issue;
  const speaker = said.speaker ?? currentSpeaker(forge, repository, context);
  const rights = rightsOf(speaker, issue);
  const render = await textRenderer(forge, repository, textsIn(issue));
  const tools = { render, mayEdit: rights.edit };
  const data = {
    frame: frameOf(forge, repository, pull === null ? "Issues" : "Pull requests"),
    ...viewHead(forge, issue),
    pull: pull === null ? null : await pullHeading(forge, pull, "conversation"),
    html: issue.body === null || issue.body.trim() === "" ? null : render(issue.body, "description"),
    reactions: viewReactions(forge, issue.reactions),
    timeline: await timelineOf(forge, issue, tools),
    checks: pull === null ? [] : await checksOf(forge, repository, pull.head.commit),
    merge: pull === null ? null : await viewMergeBox(forge, pull, { rights, typed: said.typed ?? {} }),
    ...viewSidebar(forge, issue),
    rights: { comment: rights.comment, close: rights.close, label: rights.label },
    speaker: speaker === null ? null : personOf(forge, speaker),
    speakers: viewSpeakers(forge, repository, speaker?.login ?? null),
    mayApprove: speaker !== issue.author,
    refusal: said.refusal ?? null,
    typed: said.typed?.["body"] ?? "",
  };
  const title = `${issue.title} · #${issue.number}`;
  return showPage(site, context, { template: "conversation", title, data, status: said.status ?? 200 });
}

function viewHead(forge: Forge, issue: Issue) {
  const { number, title, author, createdAt, locked, pull, comments } = issue;
  return {
    number,
    title,
    path: issuePath(issue),
    state: stateOf(issue),
    isOpen: issue.state === "open",
    isMerged: pull !== null && pull.merged !== null,
    isPull: pull !== null,
    author: personOf(forge, author),
    createdAt,
    locked,
    comments: comments.length,
  };
}

function viewSidebar(forge: Forge, issue: Issue) {
  const { labels, repository, assignees, milestone, pull } = issue;
  return {
    labels: labels.map(viewLabel),
    otherLabels: repository.labels.filter((label) => !labels.includes(label)).map(({ name }) => name),
    assignees: assignees.map((account) => personOf(forge, account)),
    reviewers: pull === null ? [] : viewReviewers(forge, pull),
    milestone: milestone === null ? null : { title: milestone.title, number: milestone.number },
  };
}

/** Who is asked for a review, and who has given one, with the last thing that they said. */
function viewReviewers(forge: Forge, pull: PullRequest) {
  const words = { APPROVED: "approved", CHANGES_REQUESTED: "asked for changes", COMMENTED: "commented" };
  const said = new Map(pull.requestedReviewers.map((account) => [account, "is asked"]));
  for (const { author, state } of pull.reviews) {
    if (author === pull.issue.author || state === "PENDING" || state === "DISMISSED") continue;
    if (!said.has(author) || state !== "COMMENTED") said.set(author, words[state]);
  }
  return Array.from(said, ([account, word]) => ({ person: personOf(forge, account), word }));
}
