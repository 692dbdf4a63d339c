import { basename, dirname } from "node:path";
import { UserError } from "../../domain/errors.ts";
import { type Clone, openClone } from "../../git/open-clone.ts";
import { reasonOf, runGit } from "../../git/run-git.ts";
import { deleteRepository } from "../actions/delete-repository.ts";
import { createRepository } from "../actions/repositories.ts";
import { type Actor, type Forge, gitDirectory } from "../forge.ts";
import { setDefaultBranch } from "../git/create-repository.ts";
import type { Account } from "../model/account.ts";
import type { Repository } from "../model/repository.ts";
import { addMergedPulls } from "./add-merged-pulls.ts";
import { addTagReleases } from "./add-tag-releases.ts";
import { type ChosenRefs, chooseRefs } from "./choose-refs.ts";
import { createAccounts } from "./create-accounts.ts";
import { type ReadCommit, readHistory } from "./read-history.ts";

export interface CloneToImport {
  /** The folder of a clone on this machine, bare or with a work tree. */
  readonly clone: string;
  readonly owner: Account;
  /** The repository's; the folder's where it is not given. */
  readonly name?: string;
  /** Whether each tag becomes a release; a history itself knows of none. */
  readonly releases?: boolean;
  /** Hears how many commits have been read, now and then. */
  readonly onProgress?: (commits: number) => void;
}

export interface Imported {
  readonly repository: Repository;
  readonly pullRequests: number;
  /** Pull requests whose base is not in the history, as where a shallow clone ends. */
  readonly skipped: number;
  /** Authors and co-authors, assistants and bots aside. */
  readonly people: number;
  readonly commits: number;
  readonly tags: number;
  readonly releases: number;
}

/**
 * Brings a clone over with its branches, tags, people and merged pull requests, dated as its commits are, and tells
 * nobody. What a history does not hold is not made up: no issues, reviews or conversations, and releases only where they
 * are asked for. Throws a UserError where the clone cannot be read, and a Refusal where the name is taken or is none; then
 * nothing is left behind.
 */
export async function importClone(forge: Forge, wanted: CloneToImport): Promise<Imported> {
  const clone = await openClone(wanted.clone, "--import");
  const refs = await chooseRefs(clone);
  const history = await readHistory(clone, refs, wanted.onProgress ?? (() => {}));
  const span = timeSpan(history.commits.values());
  const quiet = { ...forge, announce: async () => {} };
  const actor = { account: wanted.owner, viaAppId: null };
  const name = wanted.name ?? nameOf(clone);
  const repository = await createRepository(
    { ...quiet, clock: () => span.oldest },
    { owner: wanted.owner, name },
    actor,
  );
  return forge.inTurn(repository, async () => {
    await bringRefs(quiet, { repository, clone, refs }, actor);
    const accounts = createAccounts(quiet, history.traces);
    const pulls = await addMergedPulls(quiet, { repository, history, accounts, tip: refs.head });
    const releases = wanted.releases === true ? await addTagReleases(quiet, repository) : 0;
    Object.assign(repository, { updatedAt: span.newest, pushedAt: span.newest });
    return {
      repository,
      pullRequests: pulls.added,
      skipped: pulls.skipped,
      people: [...new Set(accounts.values())].filter(({ type }) => type === "User").length,
      commits: history.commits.size,
      tags: refs.tags,
      releases,
    };
  });
}

async function bringRefs(
  forge: Forge,
  { repository, clone, refs }: { repository: Repository; clone: Clone; refs: ChosenRefs },
  actor: Actor,
): Promise<void> {
  const directory = gitDirectory(forge, repository);
  const branches = Array.from(refs.branches, ([branch, ref]) => `+${ref}:refs/heads/${branch}\n`);
  const { status, stderr } = await runGit(
    directory,
    [
      "--git-dir=.",
      // Histories hold objects that today's checks refuse.
      "-c",
      "fetch.fsckObjects=false",
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--update-shallow",
      "--stdin",
      clone.root,
    ],
    {
      input: [...branches, "+refs/tags/*:refs/tags/*\n"].join(""),
      // What a partial clone lacks stays where it is: no import reaches for the network. The rest of the configuration is
      // the user's, for there it says whose clones git may read.
      environment: { GIT_NO_LAZY_FETCH: "1" },
    },
  );
  if (status !== 0) {
    await deleteRepository(forge, repository, actor);
    throw new UserError(`git cannot copy ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`);
  }
  repository.defaultBranch = refs.defaultBranch;
  await setDefaultBranch(directory, refs.defaultBranch);
}

/** The folder's name, `hono` for `hono.git` and `hono/.git` too, with hyphens for what no repository's name may have. */
function nameOf({ root }: Clone): string {
  const folder = basename(root) === ".git" ? dirname(root) : root;
  return (
    basename(folder)
      .replace(/\.git$/, "")
      .replace(/[^\w.-]+/g, "-") || "repository"
  );
}

function timeSpan(commits: Iterable<ReadCommit>): { oldest: Date; newest: Date } {
  let oldest = Number.POSITIVE_INFINITY;
  let newest = 0;
  for (const { committed } of commits) {
    oldest = Math.min(oldest, committed.getTime());
    newest = Math.max(newest, committed.getTime());
  }
  return { oldest: new Date(oldest), newest: new Date(newest) };
}
