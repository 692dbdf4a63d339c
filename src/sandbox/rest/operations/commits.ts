import { findByAddress } from "../../actions/accounts.ts";
import { changeRefs, tipOf } from "../../actions/change-refs.ts";
import { signatureOf, webSignature } from "../../actions/contents.ts";
import { type Forge, gitDirectory } from "../../forge.ts";
import { countAheadBehind, findMergeBase } from "../../git/ancestry.ts";
import { diffFiles } from "../../git/changed-files.ts";
import { type GitCommit, readCommits, writeCommit } from "../../git/commits.ts";
import { listCommits } from "../../git/list-commits.ts";
import { mergeTrees } from "../../git/merge.ts";
import { rawDiff, rawPatch } from "../../git/raw-diff.ts";
import { listRefs } from "../../git/refs.ts";
import { resolveCommit } from "../../git/resolve-commit.ts";
import type { Account } from "../../model/account.ts";
import { fullName, type Repository } from "../../model/repository.ts";
import { findAccount } from "../../model/state.ts";
import { presentAccount } from "../../present/account.ts";
import { summarizeProtection } from "../../present/branch-protection.ts";
import { presentChangedFile, presentCommit } from "../../present/commit.ts";
import { presentPull } from "../../present/pull.ts";
import { readPullsOfCommits } from "../../present/pulls-of-commits.ts";
import { presentRepository, repositoryUrl } from "../../present/repository.ts";
import { notFound, Refusal } from "../../refusal.ts";
import {
  type Answer,
  actorOf,
  created,
  cutPage,
  done,
  inRepository,
  type Operation,
  ok,
  paged,
  toRead,
  toWrite,
} from "../operation.ts";

const toReadContents = toRead("contents");
/** The most files that GitHub lists for a comparison or commit. */
const mostFiles = 300;

export const commitOperations: readonly Operation[] = [
  inRepository("repos/list-branches", toReadContents, async (request) => {
    const { forge, repository } = request;
    const refs = await listRefs(gitDirectory(forge, repository), "refs/heads/");
    return paged(request, refs, ({ name, sha }) => ({
      name: name.slice("refs/heads/".length),
      commit: { sha, url: `${repositoryUrl(forge, repository)}/commits/${sha}` },
      protected: repository.protections.has(name.slice("refs/heads/".length)),
    }));
  }),
  inRepository("repos/get-branch", toReadContents, async ({ forge, repository, parameters }) => {
    const { branch } = parameters;
    const tip = await tipOf(forge, repository, branch);
    if (tip === null) throw new Refusal(404, "Branch not found");
    const url = `${repositoryUrl(forge, repository)}/branches/${branch}`;
    return ok({
      name: branch,
      commit: presentCommit(forge, repository, await requireCommit(forge, repository, tip)),
      _links: { self: url, html: `${forge.web}/${fullName(repository)}/tree/${branch}` },
      ...summarizeProtection(forge, repository, branch),
    });
  }),
  inRepository("repos/rename-branch", toWrite("admin", "administration"), async (request) => {
    const { forge, repository, parameters, body } = request;
    const tip = await tipOf(forge, repository, parameters.branch);
    if (tip === null) throw new Refusal(404, "Branch not found");
    const isDefault = repository.defaultBranch === parameters.branch;
    const changes = [
      { ref: `refs/heads/${body.new_name}`, from: null, to: tip },
      { ref: `refs/heads/${parameters.branch}`, from: tip, to: null },
    ];
    for (const { pull } of repository.issues.values()) {
      // Open pull requests move along, so the branch that goes takes none of them with it.
      if (pull?.merged !== null) continue;
      if (pull.head.branch === parameters.branch) pull.head = { ...pull.head, branch: body.new_name };
      if (pull.base.branch === parameters.branch) pull.base = { ...pull.base, branch: body.new_name };
    }
    if (isDefault) repository.defaultBranch = body.new_name;
    const protection = repository.protections.get(parameters.branch);
    if (protection !== undefined) repository.protections.set(body.new_name, protection);
    repository.protections.delete(parameters.branch);
    await changeRefs(forge, { repository, changes }, actorOf(request));
    const url = `${repositoryUrl(forge, repository)}/branches/${body.new_name}`;
    return created({
      name: body.new_name,
      commit: presentCommit(forge, repository, await requireCommit(forge, repository, tip)),
      _links: { self: url, html: `${forge.web}/${fullName(repository)}/tree/${body.new_name}` },
      ...summarizeProtection(forge, repository, body.new_name),
    });
  }),
  inRepository("repos/list-commits", toReadContents, async (request) => {
    const { forge, repository, parameters } = request;
    const directory = gitDirectory(forge, repository);
    const start = await resolveCommit(directory, parameters.sha ?? repository.defaultBranch);
    if (start === null) {
      if (parameters.sha !== undefined) throw notFound();
      throw new Refusal(409, "Git Repository is empty.");
    }
    const commits = await listCommits(directory, {
      include: [start],
      paths: parameters.path === undefined ? undefined : [parameters.path],
      authors: authorsNamed(forge, parameters.author),
      since: readDate(parameters.since),
      until: readDate(parameters.until),
    });
    return paged(request, commits, (commit) => presentCommit(forge, repository, commit));
  }),
  inRepository("repos/get-commit", toReadContents, async (request) => {
    const { forge, repository, parameters, accept } = request;
    const directory = gitDirectory(forge, repository);
    const sha = await resolveCommit(directory, parameters.ref);
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${parameters.ref}`);
    const commit = await requireCommit(forge, repository, sha);
    const between = { from: commit.parents[0] ?? null, to: sha };
    const plain = await answerPlain(directory, between, accept);
    if (plain !== null) return plain;
    const files = await diffFiles(directory, { ...between, patches: true });
    const { part, page } = cutPage({ parameters: { ...parameters, per_page: mostFiles } }, files);
    const additions = files.reduce((sum, file) => sum + file.additions, 0);
    const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
    return {
      status: 200,
      body: {
        ...presentCommit(forge, repository, commit),
        stats: { total: additions + deletions, additions, deletions },
        files: part.map((file) => presentChangedFile(forge, { repository, commit: sha, file })),
      },
      page,
    };
  }),
  inRepository("repos/compare-commits-with-basehead", toReadContents, async (request) => {
    const { forge, repository, parameters, accept } = request;
    const directory = gitDirectory(forge, repository);
    const [baseName = "", headName = ""] = parameters.basehead.split("...");
    const owner = `${repository.owner.login}:`;
    const names = [baseName, headName].map((name) => (name.startsWith(owner) ? name.slice(owner.length) : name));
    const [base, head] = await Promise.all(names.map((name) => resolveCommit(directory, name)));
    if (!base || !head) throw notFound();
    const mergeBase = await findMergeBase(directory, base, head);
    if (mergeBase === null) throw new Refusal(404, `No common ancestor between ${baseName} and ${headName}.`);
    const plain = await answerPlain(directory, { from: mergeBase, to: head }, accept);
    if (plain !== null) return plain;
    const [{ ahead, behind }, commits, files] = await Promise.all([
      countAheadBehind(directory, base, head),
      listCommits(directory, { include: [head], exclude: [base], reverse: true }),
      diffFiles(directory, { from: mergeBase, to: head, patches: true }),
    ]);
    // Without a page asked for, GitHub gives the first 250 commits.
    const asked = parameters.per_page === undefined && parameters.page === undefined ? { per_page: 250 } : {};
    const { part, page } = cutPage({ parameters: { ...parameters, ...asked } }, commits);
    const url = `${repositoryUrl(forge, repository)}/compare/${baseName}...${headName}`;
    const html = `${forge.web}/${fullName(repository)}/compare`;
    const present = async (sha: string) =>
      presentCommit(forge, repository, await requireCommit(forge, repository, sha));
    return {
      status: 200,
      body: {
        url,
        html_url: `${html}/${baseName}...${headName}`,
        permalink_url: `${html}/${base.slice(0, 7)}...${head.slice(0, 7)}`,
        diff_url: `${html}/${baseName}...${headName}.diff`,
        patch_url: `${html}/${baseName}...${headName}.patch`,
        base_commit: await present(base),
        merge_base_commit: await present(mergeBase),
        status: ahead === 0 ? (behind === 0 ? "identical" : "behind") : behind === 0 ? "ahead" : "diverged",
        ahead_by: ahead,
        behind_by: behind,
        total_commits: commits.length,
        commits: part.map((commit) => presentCommit(forge, repository, commit)),
        files:
          page.number > 1
            ? []
            : files.slice(0, mostFiles).map((file) => presentChangedFile(forge, { repository, commit: head, file })),
      },
      page,
    };
  }),
  inRepository("repos/list-pull-requests-associated-with-commit", toRead("pull_requests"), async (request) => {
    const { forge, repository, parameters } = request;
    const directory = gitDirectory(forge, repository);
    const sha = await resolveCommit(directory, parameters.commit_sha);
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${parameters.commit_sha}`);
    const pullsOf = await readPullsOfCommits(forge, repository);
    return paged(request, pullsOf(sha), (pull) => presentPull(forge, pull));
  }),
  inRepository("repos/list-contributors", toReadContents, async (request) => {
    const { forge, repository, parameters } = request;
    const directory = gitDirectory(forge, repository);
    const tip = await tipOf(forge, repository, repository.defaultBranch);
    if (tip === null) return done();
    const counts = countContributions(forge, await listCommits(directory, { include: [tip] }));
    const wanted =
      parameters.anon === "1" || parameters.anon === "true" ? counts : counts.filter(({ account }) => account !== null);
    return paged(request, wanted, ({ account, name, address, count: contributions }) =>
      account === null
        ? { type: "Anonymous", name, email: address, contributions }
        : { ...presentAccount(forge, account), contributions },
    );
  }),
  inRepository("repos/get-combined-status-for-ref", toRead("statuses"), async (request) => {
    const { forge, repository, parameters } = request;
    const sha = await resolveCommit(gitDirectory(forge, repository), parameters.ref);
    if (sha === null) throw new Refusal(422, `No commit found for SHA: ${parameters.ref}`);
    const url = `${repositoryUrl(forge, repository)}/commits/${sha}`;
    // Nobody writes statuses here; what apps say is in check runs.
    const none = { state: "pending", statuses: [], sha, total_count: 0 };
    return ok({ ...none, repository: presentRepository(forge, repository), commit_url: url, url: `${url}/status` });
  }),
  inRepository("repos/list-branches-for-head-commit", toReadContents, async ({ forge, repository, parameters }) => {
    const refs = await listRefs(gitDirectory(forge, repository), "refs/heads/");
    const heads = refs.filter(({ sha }) => sha === parameters.commit_sha);
    return ok(
      heads.map(({ name, sha }) => ({
        name: name.slice("refs/heads/".length),
        commit: { sha, url: `${repositoryUrl(forge, repository)}/commits/${sha}` },
        protected: repository.protections.has(name.slice("refs/heads/".length)),
      })),
    );
  }),
  inRepository("repos/merge", toWrite("write", "contents"), async (request) => {
    const { forge, repository, body } = request;
    const directory = gitDirectory(forge, repository);
    const base = await tipOf(forge, repository, body.base);
    if (base === null) throw new Refusal(404, "Base does not exist");
    const head = await resolveCommit(directory, body.head);
    if (head === null) throw new Refusal(404, "Head does not exist");
    if ((await findMergeBase(directory, base, head)) === head) return done();
    const merged = await mergeTrees(directory, base, head);
    if ("conflicts" in merged) throw new Refusal(409, "Merge conflict");
    const actor = actorOf(request);
    const sha = await writeCommit(directory, {
      tree: merged.tree,
      parents: [base, head],
      author: signatureOf(forge, actor.account),
      committer: webSignature(forge),
      message: body.commit_message ?? `Merge ${body.head} into ${body.base}`,
    });
    await changeRefs(forge, { repository, changes: [{ ref: `refs/heads/${body.base}`, from: base, to: sha }] }, actor);
    return created(presentCommit(forge, repository, await requireCommit(forge, repository, sha)));
  }),
];

/** Who wrote how many commits; GitHub links only the first five hundred addresses, and leaves the others anonymous. */
function countContributions({ state }: Forge, commits: readonly GitCommit[]) {
  const counts = new Map<Account | string, { account: Account | null; name: string; address: string; count: number }>();
  const addresses = new Set<string>();
  for (const { author } of commits) {
    const address = author.email.toLowerCase();
    addresses.add(address);
    const account = addresses.size > 500 ? null : findByAddress(state, address);
    const known = counts.get(account ?? address) ?? { account, name: author.name, address: author.email, count: 0 };
    counts.set(account ?? address, { ...known, count: known.count + 1 });
  }
  return [...counts.values()].toSorted((one, other) => other.count - one.count);
}

async function requireCommit(forge: Forge, repository: Repository, sha: string): Promise<GitCommit> {
  const [commit] = await readCommits(gitDirectory(forge, repository), [sha]);
  if (commit === null || commit === undefined) throw notFound();
  return commit;
}

/** Diff or patch as text, where the header `Accept` asks for it. */
export async function answerPlain(
  directory: string,
  between: { from: string | null; to: string },
  accept: string,
): Promise<Answer | null> {
  const [, kind] = /application\/vnd\.github(?:\.v3)?\.(diff|patch)\b/.exec(accept) ?? [];
  if (kind === undefined) return null;
  const content = kind === "diff" ? await rawDiff(directory, between) : await rawPatch(directory, between);
  return { status: 200, raw: { contentType: `application/vnd.github.${kind}; charset=utf-8`, content } };
}

/** An author is asked for by login or by address. */
function authorsNamed({ state }: Forge, author: string | undefined): string[] | undefined {
  if (author === undefined) return undefined;
  const account = author.includes("@") ? findByAddress(state, author) : findAccount(state, author);
  if (account === null) return author.includes("@") ? [`<${author}>`] : [];
  return [
    ...account.addresses.map((address) => `<${address}>`),
    `<${account.id}+`,
    `<${account.login}@users.noreply.github.com>`,
  ];
}

function readDate(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
