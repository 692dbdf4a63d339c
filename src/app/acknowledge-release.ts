import { stateOfRelease } from "../domain/release/release-state.ts";
import { keepReleaseState, rememberRelease } from "../store/releases.ts";
import { decideThanks } from "./decide-thanks.ts";
import type { Deps } from "./deps.ts";
import { type ReleasePlace, readReleaseAsConfigured } from "./read-release-as-configured.ts";
import { sectionsInForce } from "./sections-in-force.ts";
import { tellOfEdits, tellOfTeam, tellOfTemplate } from "./tell-of-release.ts";
import { type SectionOutcome, writeReleaseSection } from "./write-release-section.ts";

/** What became of a release. */
export type ReleaseOutcome =
  | {
      readonly kind: SectionOutcome;
      readonly url: string;
      readonly tag: string;
      /** How many people it thanks. */
      readonly people: number;
    }
  /** Nothing was done: there is no such release, no commit that it is at, or nobody wants it. */
  | { readonly kind: "no release" | "no commit" | "not wanted" };

/**
 * Makes the section of a release that thanks people true, and touches nothing else of it. Run again it writes nothing.
 * `isAsked` where somebody asked for it, whatever the settings say. Throws what GitHubClient throws, and PostponeUntil while
 * the history is being read.
 */
export async function acknowledgeRelease(
  deps: Deps,
  place: ReleasePlace,
  { isAsked }: { readonly isAsked: boolean },
): Promise<ReleaseOutcome> {
  const configured = await readReleaseAsConfigured(deps, place, { isAsked });
  if (configured.kind !== "wanted") return configured;
  const thanks = await decideThanks(deps, configured);
  if (thanks === null) return { kind: "no commit" };
  const { client, key, release, configuration } = configured;
  const { surroundings } = configured;
  const { repository } = surroundings;
  const { acknowledgements, works, page, until: publishedAt } = thanks;
  const { id, tag, isDraft } = release;
  const made = { id, tag, isDraft, range: acknowledgements.range, works, publishedAt };
  if (await rememberRelease(deps.database, key, made)) {
    // Whoever wrote about one of its works since these were read did not find the release by it yet.
    const { owner, name } = repository;
    await deps.enqueue({ kind: "release", ...key, owner, name, tag, releaseId: id });
  }
  const about = { key, repository, release };
  const sections = await sectionsInForce(deps, client, { repository, configuration, acknowledgements });
  const written = await writeReleaseSection(client, {
    place: repository,
    id,
    acknowledgements,
    sections,
    page,
    tellOfEdits: () => tellOfEdits(deps, about),
  });
  if (sections.mistake !== null) await tellOfTemplate(deps, about, sections.mistake);
  for (const team of thanks.unknownTeams) await tellOfTeam(deps, about, team);
  if (written === null) return { kind: "no release" };
  // As it was when it was read: what changed since is yet to be looked at.
  const listed = surroundings.releases.find((one) => one.id === id);
  if (listed !== undefined) {
    const state = stateOfRelease({ ...listed, sha: surroundings.tagSha });
    await keepReleaseState(deps.database, key, { id, state });
  }
  return { kind: written, url: release.url, tag, people: acknowledgements.people.length };
}
