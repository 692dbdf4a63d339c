import { findDirectCommits } from "../domain/ledger/direct-commits.ts";
import { cloneHistory, removeClone } from "../git/clone-history.ts";
import type { Clone } from "../git/open-clone.ts";
import { readAncestry } from "../git/read-ancestry.ts";
import { readCommits } from "../git/read-commits.ts";
import { NotThere } from "../github/errors.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type HistoryStart, readHistoryStart } from "../github/read-history-start.ts";
import { saveProgress } from "../store/backfills.ts";
import { readLandings } from "../store/pull-requests.ts";
import { moveSeen, nothingYet, readSeen, rememberRepository } from "../store/repositories.ts";
import type { BackfillPlace, Deps } from "./deps.ts";
import { toCreditSettings } from "./judge-pull-request.ts";
import { keepCommitCredits } from "./keep-commit-credits.ts";
import { configurationPath } from "./read-as-configured.ts";
import { readOwnLogin } from "./read-own-login.ts";
import { resolveCommits } from "./resolve-commits.ts";
import { settingsInForce } from "./settings-in-force.ts";
import { cloneOf, type Slice } from "./slice.ts";

const commitsAtOnce = 1000;
/** How many such batches one slice reads. */
const batchesAtOnce = 25;

/**
 * Reads some batches of the commits of the default branch that came by no pull request into the ledger; says whether
 * that was all. The branch is read as it was when this began: what came later is live work.
 */
export async function fillInCommits(deps: Deps, slice: Slice): Promise<boolean> {
  const { place } = slice;
  const { installationId, repositoryId } = place;
  const permissions = { contents: "read", metadata: "read" } as const;
  const client = deps.octokitFor(installationId, { repositoryId, permissions });
  const branch = await readHistoryStart(client, { ...place, configurationPath });
  if (branch === null) throw new NotThere("the repository is not there, or not shown to the installation");
  let { cursor } = slice.backfill;
  if (cursor === null) {
    if (branch.head === null) return isEmpty(deps, slice);
    cursor = await begin(deps, slice, { repository: branch.repository, head: branch.head });
  }
  if (branch.wait !== null) throw branch.wait;
  const directory = cloneOf(deps, place);
  const [head = "", last = null] = cursor.split(" ");
  const { url, defaultBranch } = branch.repository;
  const { token } = client;
  const wanted = { directory, url: `${url}.git`, branch: defaultBranch, head, token, signal: slice.signal };
  const clone = await cloneHistory(wanted);
  const isDone = clone !== null && (await readBatches(deps, { slice, branch, client, clone, head, last }));
  // The branch was pushed over: it is read again as it is then.
  if (clone === null) await save(deps, slice, { cursor: null, commitsDone: slice.backfill.commitsDone });
  if (isDone) await removeClone(directory);
  return isDone;
}

interface Reading {
  readonly slice: Slice;
  readonly branch: HistoryStart;
  readonly client: GitHubClient;
  readonly clone: Clone;
  readonly head: string;
  /** The last commit that was read; null before the first. */
  readonly last: string | null;
}

/** Keeps that there are no commits; false where live work has seen some since. */
async function isEmpty({ database }: Deps, { place }: Slice): Promise<boolean> {
  return database.query.transaction().execute(async (transaction) => {
    const isFirst = await moveSeen(transaction, place, { from: null, to: nothingYet });
    return isFirst || (await readSeen({ query: transaction }, place)) === nothingYet;
  });
}

/** Keeps from where on live work has all commits, and gives where to go on reading. */
async function begin(
  deps: Deps,
  { place, backfill }: Slice,
  { repository, head }: Pick<HistoryStart, "repository"> & { readonly head: string },
): Promise<string> {
  await deps.database.query.transaction().execute(async (transaction) => {
    await rememberRepository(transaction, place.installationId, repository);
    for (const from of [null, nothingYet]) await moveSeen(transaction, place, { from, to: head });
    const progress = { ...backfill, phase: "commits", cursor: head };
    await saveProgress(transaction, place, { progress, now: deps.clock() });
  });
  return head;
}

async function readBatches(deps: Deps, { slice, branch, client, clone, head, last }: Reading): Promise<boolean> {
  const { place, backfill, signal } = slice;
  const { repository, configuration: texts } = branch;
  const ownLogin = await readOwnLogin(deps, place.installationId);
  const settings = toCreditSettings(await settingsInForce(deps.database, { ...place, texts }), ownLogin);
  const left = await findLeft(deps, { place, clone, head, last });
  let { commitsDone } = backfill;
  for (let batch = 0; batch < batchesAtOnce && left.length > 0 && !signal.aborted; batch += 1) {
    const shas = left.splice(0, commitsAtOnce);
    const read = await readCommits(clone, shas);
    const { commits, wait } = await resolveCommits(deps, { client, place, url: repository.url, commits: read });
    await keepCommitCredits(deps, { installationId: place.installationId, repository, commits, settings });
    commitsDone += shas.length;
    await save(deps, slice, { cursor: `${head} ${shas.at(-1)}`, commitsDone });
    if (wait !== null) throw wait;
  }
  return left.length === 0;
}

async function findLeft(
  { database }: Deps,
  { place, clone, head, last }: Pick<Reading, "clone" | "head" | "last"> & { readonly place: BackfillPlace },
): Promise<string[]> {
  const landings = await readLandings(database, place);
  const direct = findDirectCommits(await readAncestry(clone, head), { head, landings });
  return last === null ? direct : direct.slice(direct.indexOf(last) + 1);
}

async function save(
  { database, clock }: Deps,
  { place, backfill }: Slice,
  { cursor, commitsDone }: { readonly cursor: string | null; readonly commitsDone: number },
): Promise<void> {
  const progress = { ...backfill, phase: "commits", cursor, commitsDone };
  await database.query.transaction().execute((transaction) => {
    return saveProgress(transaction, place, { progress, now: clock() });
  });
}
