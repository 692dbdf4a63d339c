import { once } from "node:events";
import { createClaimRules } from "../domain/credit/claims.ts";
import type { Commit } from "../domain/credit/commit.ts";
import { parseMailmap } from "../domain/credit/mailmap.ts";
import { createPeople } from "../domain/credit/people.ts";
import { UserError } from "../domain/errors.ts";
import { type AcknowledgementRules, type Acknowledgements, acknowledge } from "../domain/release/acknowledge.ts";
import { commitsInForce, isRevert } from "../domain/release/commits-in-force.ts";
import { createReleaseCredits } from "../domain/release/release-credits.ts";
import { findRange } from "../domain/release/version-order.ts";
import { decodeUtf8OrWestern } from "../git/decode-text.ts";
import { type Clone, openClone } from "../git/open-clone.ts";
import { readAncestryOfRange } from "../git/read-ancestry.ts";
import { readHistory } from "../git/read-history.ts";
import { readPorts } from "../git/read-ports.ts";
import { readSettings } from "../git/read-settings.ts";
import { readTags } from "../git/read-tags.ts";
import { requireCommits, resolveRange } from "../git/resolve-range.ts";
import { type AcknowledgementsForm, loadAcknowledgementsFormat } from "./format-acknowledgements.ts";
import { startProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { writeSectionIntoFile } from "./write-section-into-file.ts";

/** What the command `acknowledge` was asked for, checked. */
export interface AcknowledgeRequest extends AcknowledgementsForm, Pick<AcknowledgementRules, "sort" | "exclude"> {
  readonly directory: string;
  /** Null where `to` is a tag whose range is to be found. */
  readonly from: string | null;
  readonly to: string;
  /** The file to write into; null for standard output. */
  readonly write: string | null;
}

/** What to read, by names and by object ids. */
interface Range extends Pick<Acknowledgements, "release" | "range"> {
  readonly revisions: readonly string[];
}

/** Reads a clone and thanks everybody in a range, in print or in a file. */
export async function runAcknowledge(request: AcknowledgeRequest, terminal: Terminal): Promise<void> {
  const [clone, format] = await Promise.all([openClone(request.directory), loadAcknowledgementsFormat(request)]);
  const range = await findCommits(clone, request);
  if (clone.shallow) {
    terminal.stderr.write(
      `curtain-call: the history in ${clone.directory} is cut (a shallow clone), so some may be missing and others seem new; git fetch --unshallow brings the rest\n`,
    );
  }
  const credits = await readReleaseCredits(clone, range, terminal);
  const text = format(acknowledge(credits, { ...request, ...range }));
  if (request.write === null) {
    if (!terminal.stdout.write(text)) await once(terminal.stdout, "drain");
    return;
  }
  terminal.stderr.write(`${await writeSectionIntoFile(request.write, { range: range.range, text })}\n`);
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
  return { release: isTag ? to : null, range: start === null ? to : `${start}..${to}`, revisions };
}

async function readReleaseCredits(
  clone: Clone,
  { revisions }: Range,
  terminal: Terminal,
): Promise<ReturnType<ReturnType<typeof createReleaseCredits>["finish"]>> {
  const settings = await readSettings(clone, decodeUtf8OrWestern);
  const credits = createReleaseCredits({
    claims: createClaimRules({ parse: "tolerant", grammar: settings.grammar }),
    people: createPeople(parseMailmap(settings.mailmaps)),
  });
  const before = revisions.filter((id) => id.startsWith("^")).map((id) => id.slice(1));
  const progress = startProgress(terminal.stderr);
  try {
    const inRange: Commit[] = [];
    for await (const commits of readHistory(clone, { revisions, paths: [] }, decodeUtf8OrWestern)) {
      inRange.push(...commits);
      progress.advance(commits.length);
    }
    const ancestry = inRange.some(isRevert) ? await readAncestryOfRange(clone, revisions) : new Map();
    for (const work of await readPorts(clone, commitsInForce(inRange, ancestry))) credits.add(work);
    if (before.length > 0) {
      for await (const commits of readHistory(clone, { revisions: before, paths: [] }, decodeUtf8OrWestern)) {
        for (const commit of commits) credits.addEarlier(commit);
        progress.advance(commits.length);
      }
    }
  } finally {
    progress.stop();
  }
  return credits.finish({ hasEarlier: before.length > 0 });
}
