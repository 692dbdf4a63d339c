import { findByAddress, noreplyAddress } from "../actions/accounts.ts";
import { tipOf } from "../actions/change-refs.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { diffFiles } from "../git/changed-files.ts";
import { type GitCommit, readCommits } from "../git/commits.ts";
import { listCommits } from "../git/list-commits.ts";
import { resolveCommit } from "../git/resolve-commit.ts";
import type { Signature } from "../git/signatures.ts";
import { fullName, type Repository } from "../model/repository.ts";
import { presentRepository } from "../present/repository.ts";
import { time } from "../present/time.ts";
import type { Happening } from "./happening.ts";

/** What one push tells of at most. */
const mostCommits = 2048;

/** Of pushes alone, GitHub tells some times of the repository as seconds since 1970. */
export function presentPushed(forge: Forge, repository: Repository) {
  return {
    ...presentRepository(forge, repository),
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}

export async function presentPush(forge: Forge, push: Extract<Happening, { event: "push" }>): Promise<object> {
  const { repository, ref, before, after, forced, sender } = push;
  const directory = gitDirectory(forge, repository);
  const isCreated = /^0+$/.test(before);
  const isDeleted = /^0+$/.test(after);
  const tip = isDeleted ? null : await resolveCommit(directory, after);
  const [head] = tip === null ? [] : await readCommits(directory, [tip]);
  const known = isCreated ? await tipOf(forge, repository, repository.defaultBranch) : before;
  const exclude = known === null || known === after ? [] : [known];
  const isBranch = ref.startsWith("refs/heads/");
  const commits =
    tip === null || !isBranch ? [] : await listCommits(directory, { include: [tip], exclude, limit: mostCommits });
  const page = `${forge.web}/${fullName(repository)}`;
  return {
    ref,
    before,
    after,
    created: isCreated,
    deleted: isDeleted,
    forced,
    base_ref: null,
    compare: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: await Promise.all(commits.toReversed().map((commit) => presentPushedCommit(forge, repository, commit))),
    head_commit: head ? await presentPushedCommit(forge, repository, head) : null,
    pusher: { name: sender.login, email: sender.publicAddress ?? noreplyAddress(sender) },
  };
}

async function presentPushedCommit(forge: Forge, repository: Repository, commit: GitCommit) {
  const directory = gitDirectory(forge, repository);
  const files = await diffFiles(directory, { from: commit.parents[0] ?? null, to: commit.sha, patches: false });
  const paths = (...kinds: string[]): string[] =>
    files.flatMap(({ status, path }) => (kinds.includes(status) ? path : []));
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.replace(/\n+$/, ""),
    timestamp: commit.committer.date.toISOString().replace(/\.\d+Z$/, "Z"),
    url: `${forge.web}/${fullName(repository)}/commit/${commit.sha}`,
    author: presentPerson(forge, commit.author),
    committer: presentPerson(forge, commit.committer),
    added: paths("added"),
    removed: [...paths("removed"), ...files.flatMap(({ previousPath }) => previousPath ?? [])],
    modified: paths("modified", "changed", "renamed"),
  };
}

function presentPerson(forge: Forge, { name, email, date }: Signature) {
  const account = findByAddress(forge.state, email);
  return { name, email, date: time(date), ...(account === null ? {} : { username: account.login }) };
}
