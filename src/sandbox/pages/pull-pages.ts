import type { Context, Hono } from "hono";
import { commitsOf } from "../actions/pulls.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { findMergeBase } from "../git/ancestry.ts";
import { readDiffText, readPatchText } from "../git/patch-text.ts";
import type { PullRequest } from "../model/issue.ts";
import { filesOf } from "../present/pull.ts";
import { notFound } from "../refusal.ts";
import { viewChecks } from "./check-view.ts";
import { summarizeCommit } from "./commit-summary.ts";
import { pullOf, requireIssue } from "./conversation-page.ts";
import { type DiffRow, viewDiff } from "./diff-view.ts";
import { stateOf } from "./issue-view.ts";
import { issuePath } from "./paths.ts";
import { textRenderer } from "./people-text.ts";
import { personOf } from "./person.ts";
import { pullHeading } from "./pull-heading.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type Site, showPage } from "./site.ts";
import { currentSpeaker, viewSpeakers } from "./speaker.ts";
import { textsIn, viewThread } from "./timeline.ts";

const path = "/:owner/:repository/pull/:number{[0-9]+}";

/** What pull requests show besides their conversation: commits, files, and the checks on them. */
export function addPullPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get(`${path}/commits`, async (context) => {
    const pull = requirePull(forge, context);
    const commits = (await commitsOf(forge, pull)).map((one) => summarizeCommit(forge, pull.issue.repository, one));
    const data = { ...(await viewAbove(forge, pull, "commits")), commits };
    return showPage(site, context, { template: "pull-commits", title: `Commits of #${pull.issue.number}`, data });
  });
  app.get(`${path}/files`, async (context) => {
    const pull = requirePull(forge, context);
    const data = { ...(await viewAbove(forge, pull, "files")), ...(await viewFiles(site, context, pull)) };
    return showPage(site, context, { template: "pull-files", title: `Files of #${pull.issue.number}`, data });
  });
  app.get("/:owner/:repository/pull/:file{[0-9]+\\.(?:diff|patch)}", async (context) => {
    const [number, kind] = context.req.param("file").split(".");
    const { issue, base, head } = pullOf(requireRepository(forge, context).issues.get(Number(number)));
    const directory = gitDirectory(forge, issue.repository);
    const from = (await findMergeBase(directory, base.commit, head.commit)) ?? base.commit;
    const read = kind === "diff" ? readDiffText : readPatchText;
    return context.body(new Uint8Array(await read(directory, { from, to: head.commit })), 200, {
      "Content-Type": "text/plain; charset=utf-8",
    });
  });
  app.get("/:owner/:repository/runs/:id", async (context) => {
    const repository = requireRepository(forge, context);
    const id = Number(context.req.param("id"));
    const run = repository.checkSuites.flatMap(({ runs }) => runs).find((one) => one.id === id);
    if (run === undefined) throw notFound();
    const [check] = await viewChecks(forge, repository, [run]);
    const data = { frame: frameOf(forge, repository, "Pull requests"), check };
    return showPage(site, context, { template: "check", title: run.name, data });
  });
}

function requirePull(forge: Forge, context: Context): PullRequest {
  return pullOf(requireIssue(requireRepository(forge, context), context));
}

async function viewAbove(forge: Forge, pull: PullRequest, current: "commits" | "files") {
  const { issue } = pull;
  return {
    frame: frameOf(forge, issue.repository, "Pull requests"),
    number: issue.number,
    title: issue.title,
    path: issuePath(issue),
    state: stateOf(issue),
    author: personOf(forge, issue.author),
    createdAt: issue.createdAt,
    locked: issue.locked,
    isPull: true,
    pull: await pullHeading(forge, pull, current),
  };
}

async function viewFiles({ forge }: Site, context: Context, pull: PullRequest) {
  const { repository } = pull.issue;
  const { files, omittedFiles } = viewDiff(await filesOf(forge, pull, { patches: true }));
  const render = await textRenderer(forge, repository, textsIn(pull.issue));
  const shown = pull.reviewComments.filter(
    ({ inReplyTo, review: { state } }) => inReplyTo === null && state !== "PENDING",
  );
  const speaker = currentSpeaker(forge, repository, context);
  return {
    omittedFiles,
    files: files.map((file) => {
      const threads = shown
        .filter((comment) => comment.path === file.path)
        .map((one) => viewThread(forge, one, { render }));
      const rows = file.rows.map((row) => ({
        ...row,
        // The lines that it is about stand above it already.
        threads: threads.filter((thread) => isOn(row, thread)).map((thread) => ({ ...thread, rows: [] })),
      }));
      // On the file as a whole, or on a line that is not shown: later commits may have taken it away.
      const others = threads.filter((thread) => !rows.some((row) => isOn(row, thread)));
      return { ...file, rows, others };
    }),
    speaker: speaker === null ? null : personOf(forge, speaker),
    speakers: viewSpeakers(forge, repository, speaker?.login ?? null),
  };
}

function isOn({ left, right }: DiffRow, { line, side }: { line: number | null; side: "LEFT" | "RIGHT" }): boolean {
  return line !== null && line === (side === "LEFT" ? left : right);
}
