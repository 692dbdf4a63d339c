import type { Hono } from "hono";
import { gitDirectory } from "../forge.ts";
import { diffFiles } from "../git/changed-files.ts";
import { readCommits } from "../git/commits.ts";
import { listCommits } from "../git/list-commits.ts";
import { resolveCommit } from "../git/resolve-commit.ts";
import { notFound } from "../refusal.ts";
import { checksOf } from "./check-view.ts";
import { summarizeCommit } from "./commit-summary.ts";
import { sumChanges, viewDiff } from "./diff-view.ts";
import { pageNumber, pageSize, paginate } from "./pagination.ts";
import { commitPath, contentPath } from "./paths.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { readRevision } from "./revision-in-address.ts";
import { type Site, showPage } from "./site.ts";

/** The history of a branch, or of a file in it, and single commits. */
export function addCommitPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/:owner/:repository/commits/*", async (context) => {
    const repository = requireRepository(forge, context);
    const { revision, commit, path } = await readRevision(forge, repository, context);
    const commits = await listCommits(gitDirectory(forge, repository), {
      include: [commit],
      skip: (pageNumber(context) - 1) * pageSize,
      limit: pageSize + 1,
      ...(path === "" ? {} : { paths: [path] }),
    });
    const data = {
      frame: frameOf(forge, repository, "Code"),
      revision,
      path,
      tree: contentPath(repository, { kind: "tree", revision }),
      commits: commits.slice(0, pageSize).map((one) => summarizeCommit(forge, repository, one)),
      pages: paginate(context, commits.length > pageSize),
    };
    return showPage(site, context, { template: "commits", title: `Commits of ${revision}`, data });
  });
  app.get("/:owner/:repository/commit/:sha", async (context) => {
    const repository = requireRepository(forge, context);
    const directory = gitDirectory(forge, repository);
    const sha = await resolveCommit(directory, context.req.param("sha"));
    const [commit] = sha === null ? [] : await readCommits(directory, [sha]);
    if (commit === undefined || commit === null) throw notFound();
    const [parent = null] = commit.parents;
    const files = await diffFiles(directory, { from: parent, to: commit.sha, patches: true });
    const summary = summarizeCommit(forge, repository, commit);
    const data = {
      frame: frameOf(forge, repository, "Code"),
      commit: summary,
      ...viewDiff(files),
      sum: sumChanges(files),
      parents: commit.parents.map((one) => ({ short: one.slice(0, 7), href: commitPath(repository, one) })),
      tree: contentPath(repository, { kind: "tree", revision: commit.sha }),
      checks: await checksOf(forge, repository, commit.sha),
    };
    return showPage(site, context, { template: "commit", title: summary.title, data });
  });
}
