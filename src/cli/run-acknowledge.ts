import { createClaimRules } from "../domain/credit/claims.ts";
import type { Commit } from "../domain/credit/commit.ts";
import { parseMailmap } from "../domain/credit/mailmap.ts";
import { createPeople } from "../domain/credit/people.ts";
import { UserError } from "../domain/errors.ts";
import { type Acknowledgements, acknowledge, type ReleaseCredit } from "../domain/release/acknowledge.ts";
import { commitsInForce, isRevert } from "../domain/release/commits-in-force.ts";
import { creditPathsOfRelease } from "../domain/release/credit-paths.ts";
import { createReleaseCredits } from "../domain/release/release-credits.ts";
import { findRange } from "../domain/release/version-order.ts";
import { decodeUtf8OrWestern } from "../git/decode-text.ts";
import { type Clone, openClone } from "../git/open-clone.ts";
import { readAncestryOfRange } from "../git/read-ancestry.ts";
import { readChangedPaths } from "../git/read-changed-paths.ts";
import { readFileAt } from "../git/read-file-at.ts";
import { readHistory } from "../git/read-history.ts";
import { readPorts } from "../git/read-ports.ts";
import { readSettings } from "../git/read-settings.ts";
import { readTags } from "../git/read-tags.ts";
import { requireCommits, resolveRange } from "../git/resolve-range.ts";
import { formatAcknowledgements } from "./format-acknowledgements.ts";
import { startProgress } from "./progress.ts";
import { putOutSection } from "./put-out-section.ts";
import { type ReleaseOptions, type ReleaseWishes, readReleaseWishes } from "./read-release-wishes.ts";
import type { Terminal } from "./terminal.ts";

/** What the command `acknowledge` was asked for, checked. */
export interface AcknowledgeRequest extends ReleaseOptions {
  /** Null where `to` is a tag whose range is to be found. */
  readonly from: string | null;
  readonly to: string;
  /** The file to write into; null for standard output. */
  readonly write: string | null;
}

/** The same, of a clone. */
export interface AcknowledgeCloneRequest extends AcknowledgeRequest {
  readonly directory: string;
}

/** What to read, by names and by object ids. */
interface Range extends Pick<Acknowledgements, "release" | "range"> {
  /** The tag whose prefix says what the release is made of; null where neither end is one. */
  readonly tag: string | null;
  /** Its end, and then those to leave out. */
  readonly revisions: readonly string[];
}

/** Reads a clone and thanks everybody in a range, in print or in a file. */
export async function runAcknowledge(request: AcknowledgeCloneRequest, terminal: Terminal): Promise<void> {
  const clone = await openClone(request.directory);
  const range = await findCommits(clone, request);
  const { stderr } = terminal;
  if (clone.shallow) {
    stderr.write(
      `curtain-call: the history in ${clone.directory} is cut (a shallow clone), so some may be missing and others seem new; git fetch --unshallow brings the rest\n`,
    );
  }
  const [end = ""] = range.revisions;
  const readFile = async (path: string): Promise<string | null> => {
    const found = await readFileAt(clone, end, path);
    if (found !== "not here") return found?.toString() ?? null;
    stderr.write(
      `curtain-call: ${path} at ${request.to} is not in ${clone.directory} (a partial clone), so it does not count; git fetch --refetch --filter=blob:limit=1m brings it\n`,
    );
    return null;
  };
  const wishes = await readReleaseWishes(request, { name: clone.directory, readFile }, { tag: range.tag, stderr });
  const credits = await readReleaseCredits(clone, { range, wishes }, terminal);
  const { release } = range;
  const text = await formatAcknowledgements(
    acknowledge(credits, { ...wishes.rules, release, range: range.range }),
    wishes.form,
  );
  await putOutSection(text, { ...request, range: range.range }, terminal);
}

async function findCommits(clone: Clone, { from, to }: Pick<AcknowledgeRequest, "from" | "to">): Promise<Range> {
  const tags = await readTags(clone);
  const isTag = tags.includes(to);
  if (from === null && !isTag) {
    throw new UserError(
      `'${to}' is no tag in ${clone.directory}; git tag lists them, and v1.3.0..HEAD would be a range`,
    );
  }
  const start = from ?? findRange(tags, to).from;
  const end = isTag ? `refs/tags/${to}` : to;
  const revisions = await resolveRange(clone, end);
  await requireCommits(clone, to, revisions);
  if (start !== null) {
    const excluded = await resolveRange(clone, tags.includes(start) ? `refs/tags/${start}` : start);
    await requireCommits(clone, start, excluded);
    revisions.push(...excluded.map((id) => `^${id}`));
  }
  return {
    release: isTag ? to : null,
    range: start === null ? to : `${start}..${to}`,
    tag: [to, start].find((name) => name !== null && tags.includes(name)) ?? null,
    revisions,
  };
}

async function readReleaseCredits(
  clone: Clone,
  { range: { revisions, range: name }, wishes }: { readonly range: Range; readonly wishes: ReleaseWishes },
  terminal: Terminal,
): Promise<readonly ReleaseCredit[]> {
  const settings = await readSettings(clone, decodeUtf8OrWestern);
  const credits = createReleaseCredits({
    claims: createClaimRules({ parse: "tolerant", additional: wishes.settings.trailers, grammar: settings.grammar }),
    people: createPeople(parseMailmap(settings.mailmaps)),
  });
  const before = revisions.filter((id) => id.startsWith("^")).map((id) => id.slice(1));
  const pathsOfWork = new Map<string, readonly string[]>();
  const progress = startProgress(terminal.stderr);
  try {
    const inRange: Commit[] = [];
    for await (const commits of readHistory(clone, { revisions, paths: [] }, decodeUtf8OrWestern)) {
      inRange.push(...commits);
      progress.advance(commits.length);
    }
    const ancestry = inRange.some(isRevert) ? await readAncestryOfRange(clone, revisions) : new Map();
    const changes = await readChanges(clone, commitsInForce(inRange, ancestry), wishes);
    for (const [place, work] of (await readPorts(clone, changes.commits)).entries()) {
      credits.add(work);
      pathsOfWork.set(work.commit.id, changes.pathsOf(place));
    }
    if (before.length > 0) {
      if (inRange.length === 0 && (await isReversed(clone, revisions))) {
        terminal.stderr.write(
          `curtain-call: ${name} holds no commit, the other way round it does: a range is <older>..<newer>\n`,
        );
      }
      for await (const commits of readHistory(clone, { revisions: before, paths: [] }, decodeUtf8OrWestern)) {
        for (const commit of commits) credits.addEarlier(commit);
        progress.advance(commits.length);
      }
    }
  } finally {
    progress.stop();
  }
  return creditPathsOfRelease(credits.finish({ hasEarlier: before.length > 0 }), {
    paths: wishes.settings.paths,
    pathsOf: (work) => pathsOfWork.get(work) ?? [],
  });
}

/** Whether the range that leads from its end to its beginning holds a commit. */
async function isReversed(clone: Clone, revisions: readonly string[]): Promise<boolean> {
  const reversed = revisions.map((id) => (id.startsWith("^") ? id.slice(1) : `^${id}`));
  for await (const commits of readHistory(clone, { revisions: reversed, paths: [] }, decodeUtf8OrWestern)) {
    if (commits.length > 0) return true;
  }
  return false;
}

/** The commits that are of the release, and what gives roles in each, by its place: nobody wrote what a merge brings. */
async function readChanges(
  clone: Clone,
  commits: readonly Commit[],
  { isPartOf, settings }: ReleaseWishes,
): Promise<{ readonly commits: readonly Commit[]; readonly pathsOf: (place: number) => readonly string[] }> {
  if (isPartOf === null && Object.keys(settings.paths).length === 0) return { commits, pathsOf: () => [] };
  const ids = commits.map(({ id }) => id);
  const changes = await readChangedPaths(clone, ids);
  const own = isPartOf === null ? commits : commits.filter(({ id }) => changes.get(id)?.paths.some(isPartOf));
  return {
    commits: own,
    pathsOf: (place) => {
      const change = changes.get(own[place]?.id ?? "");
      return change === undefined || change.isMerge ? [] : change.paths;
    },
  };
}
