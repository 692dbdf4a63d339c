import type { Commit } from "../credit/commit.ts";
import type { Ancestry } from "../ledger/direct-commits.ts";
import { createMerges, type Merges } from "./merges.ts";
import { readMessageStatements } from "./message-statements.ts";
import { pullOf, titleOf } from "./pull-of.ts";

/** What `git revert` writes, of one commit, and of a merge with the parent that it leads back to; a commit may hold several. */
const revertLine =
  /^This reverts commit ([\da-f]{7,64})\b(?:(?: \(.*\))?, reversing\s+changes made to ([\da-f]{7,64})\b)?/gim;

/** Whether a commit says that it takes something back, so that `commitsInForce` has a use for the ancestry. */
export function isRevert(commit: Commit): boolean {
  return revertedIds(commit).length > 0 || revertedPulls(commit).length > 0;
}

/**
 * The commits of a range whose work is in it at the end: without those that a later one reverts, and without that revert. It
 * names them by their ids, or by the number of the pull request that a commit says it came by; a merge goes with all that it
 * brought, and one that brought nothing else goes too, as far as the ancestry of the range tells. A revert that was reverted
 * itself takes nothing away. A commit that says by its title that it does something else as well stays. The commits come and
 * go newest first, as git lists them.
 */
export function commitsInForce(commits: readonly Commit[], ancestry: Ancestry = new Map()): readonly Commit[] {
  const merges = createMerges(ancestry);
  const places = new Map(commits.map(({ id }, place) => [id, place]));
  const range: Range = { commits, places, byPull: placesByPull(commits), merges };
  const gone = new Set<string>();
  for (const commit of inTurn(range)) {
    if (gone.has(commit.id)) continue;
    const reverted = revertedBy(commit, { gone, range });
    const takenBack = reverted.filter((other) => other !== commit.id && !gone.has(other));
    for (const other of takenBack) gone.add(other);
    if (takenBack.length > 0 && /\brevert/i.test(titleOf(commit.message))) gone.add(commit.id);
  }
  for (const merge of merges.oldestFirst) {
    const isEmpty =
      ancestry
        .get(merge)
        ?.slice(1)
        .some((id) => gone.has(id)) ?? false;
    if (isEmpty && merges.brought(merge).every((id) => gone.has(id))) gone.add(merge);
  }
  return commits.filter(({ id }) => !gone.has(id));
}

interface Range {
  readonly commits: readonly Commit[];
  readonly places: ReadonlyMap<string, number>;
  /** The places of the commits that came by each pull request. */
  readonly byPull: ReadonlyMap<number, readonly number[]>;
  readonly merges: Merges;
}

/** Newest first, but for the merge of a pull request that reverts others: what it brought takes back the same, and says more. */
function* inTurn({ commits, places, merges }: Range): Generator<Commit> {
  const done = new Set<string>();
  for (const commit of commits) {
    const before = revertedPulls(commit).length === 0 ? [] : merges.brought(commit.id);
    for (const one of [...before.flatMap((id) => commits[places.get(id) ?? -1] ?? []), commit]) {
      if (!done.has(one.id)) yield one;
      done.add(one.id);
    }
  }
}

/** All that a commit takes back. */
function revertedBy(
  commit: Commit,
  { gone, range }: { readonly gone: ReadonlySet<string>; readonly range: Range },
): string[] {
  const { commits, places, byPull, merges } = range;
  const place = places.get(commit.id) ?? 0;
  const named = revertedIds(commit).flatMap(({ written, mainline }) => {
    const id = findId(written, places);
    return id === null ? [] : [id, ...merges.brought(id, mainline)];
  });
  const numbered = revertedPulls(commit).flatMap((number) => {
    // The same work may be picked and reverted several times: it is about the last time.
    const before = (byPull.get(number) ?? []).filter((other) => other > place).flatMap((other) => commits[other] ?? []);
    const last = before.find(({ id }) => !gone.has(id));
    return last === undefined || named.includes(last.id) ? [] : [last.id, ...merges.brought(last.id)];
  });
  return [...named, ...numbered];
}

function revertedIds({ message }: Commit): { written: string; mainline?: string }[] {
  return Array.from(message.matchAll(revertLine), ([, written = "", mainline]) => {
    return { written: written.toLowerCase(), ...(mainline !== undefined && { mainline: mainline.toLowerCase() }) };
  });
}

/** A fork names the repository that it comes from, and a clone may be of any: only the number counts. */
function revertedPulls(commit: Commit): number[] {
  const stated = readMessageStatements(commit).filter(({ kind }) => kind === "reverts");
  return stated.flatMap(({ references }) => references.map(({ number }) => number));
}

function placesByPull(commits: readonly Commit[]): Map<number, number[]> {
  const places = new Map<number, number[]>();
  for (const [place, commit] of commits.entries()) {
    const number = pullOf(commit);
    if (number === null) continue;
    const known = places.get(number);
    if (known === undefined) places.set(number, [place]);
    else known.push(place);
  }
  return places;
}

/** The one commit whose id is written, or begins like that; null where there is none, or more than one. */
function findId(written: string, ids: ReadonlyMap<string, unknown>): string | null {
  if (ids.has(written)) return written;
  const [only, ...others] = [...ids.keys()].filter((id) => id.startsWith(written));
  return others.length === 0 ? (only ?? null) : null;
}
