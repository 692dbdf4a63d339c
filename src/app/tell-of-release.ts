import { textHash } from "../domain/release/text-hash.ts";
import { applyActions } from "../github/apply-actions.ts";
import { MissingPermission, NotThere } from "../github/errors.ts";
import type { ReleaseSurroundings } from "../github/read-release-surroundings.ts";
import type { Release } from "../github/releases.ts";
import { escapeMarkdown, markdownCode } from "../render/escape-markdown.ts";
import { markdownHelpers } from "../render/markdown-helpers.ts";
import type { RepositoryKey } from "../store/subject-key.ts";
import { rememberTold, wasTold } from "../store/told.ts";
import type { Deps } from "./deps.ts";
import type { SectionMistake } from "./sections-in-force.ts";

interface About {
  readonly key: RepositoryKey;
  readonly repository: ReleaseSurroundings["repository"];
  readonly release: Release;
}

const title = "Curtain Call needs a look";
const introduction =
  "Here I tell of what only a person can settle, one comment for each thing. Close this issue when all of it is: should " +
  "there be more one day, I open another.";

/** Tells, once for each release, that what somebody wrote inside the markers was written over, and how to keep it. */
export function tellOfEdits(deps: Deps, about: About): Promise<void> {
  const { release } = about;
  const body =
    `Somebody had changed the thanks in ${wordRelease(release)}, between its markers, ` +
    "and they are written anew. What stands outside the markers is never touched. To keep what you write inside them, add the line " +
    "`<!-- curtain-call:keep -->` there: the section stays then as it is.\n";
  return tellOnce(deps, about, { thing: `edited ${release.id}`, body });
}

/** A draft is for those alone who may write, and the issue may be for everybody. */
function wordRelease({ tag, url, isDraft }: Release): string {
  return isDraft ? "a draft of a release" : `the release [${escapeMarkdown(tag)}](${markdownHelpers.address(url)})`;
}

/** Tells, once for each state of the file, that a template of the repository's own cannot be used. */
export function tellOfTemplate(deps: Deps, about: About, mistake: SectionMistake): Promise<void> {
  const { path, text, line, message } = mistake;
  const where = line === null ? markdownCode(path) : `${markdownCode(path)}, line ${line}`;
  const body =
    `The template for releases is not used, and the built-in one was: ${where}: ${escapeMarkdown(message)} ` +
    "`npm run cli -- preview` tries a template out.\n";
  return tellOnce(deps, about, { thing: `template ${textHash(`${path}\n${text ?? ""}\n${message}`)}`, body });
}

/** Tells, once for each, of a team that the settings name and nobody is known of. */
export function tellOfTeam(deps: Deps, about: About, team: string): Promise<void> {
  const body =
    `The settings name ${markdownCode(`@${team}`)}, and I can't see who that is: there is no such team, or an owner of the organisation ` +
    "has not granted me `members: read`. Until then releases treat nobody as of it; people can be named one by one.\n";
  return tellOnce(deps, about, { thing: `team ${textHash(team)}`, body });
}

/** Where issues are off, or not allowed, it is said in the log alone. */
async function tellOnce(
  { database, octokitFor, clock, log }: Deps,
  { key, repository }: About,
  { thing, body }: { readonly thing: string; readonly body: string },
): Promise<void> {
  const { installationId, repositoryId } = key;
  if (!repository.hasIssues || (await wasTold(database, key, thing))) return;
  const client = octokitFor(installationId, { repositoryId, permissions: { issues: "write", metadata: "read" } });
  const marker = `<!-- curtain-call:thing ${textHash(thing)} -->`;
  const place = { owner: repository.owner, name: repository.name };
  try {
    await applyActions(client, place, [{ kind: "tell", marker, title, introduction, body }]);
  } catch (error) {
    if (!(error instanceof MissingPermission || error instanceof NotThere)) throw error;
    log.info({ installation: installationId, thing: thing.replace(/ .*/, "") }, "a repository cannot be told");
  }
  await rememberTold(database, key, { thing, now: clock() });
}
