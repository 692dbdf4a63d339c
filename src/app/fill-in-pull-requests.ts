import type { Configuration } from "../domain/config/configuration-schema.ts";
import { addSuperseded } from "../github/add-superseded.ts";
import { MissingPermission, NotThere } from "../github/errors.ts";
import type { GitHubClient } from "../github/github-client.ts";
import { type MergedReadings, readMergedPullRequests } from "../github/read-merged-pull-requests.ts";
import { type BackfillProgress, saveProgress } from "../store/backfills.ts";
import type { BackfillPlace, Deps } from "./deps.ts";
import { judgeAsHeard } from "./judge-as-heard.ts";
import { keepCredits } from "./keep-credits.ts";
import { configurationPath } from "./read-as-configured.ts";
import { settingsInForce, settingsLastInForce } from "./settings-in-force.ts";
import type { Slice } from "./slice.ts";

/** How many pages one slice reads. */
const pagesAtOnce = 4;
const permissions = { contents: "read", issues: "read", metadata: "read", pull_requests: "read" } as const;

/**
 * Reads some pages of merged pull requests into the ledger, as each would be after its merge, without a word to anybody.
 * Gives false: commits follow at the end. Throws what readMergedPullRequests throws, NotThere, and PostponeUntil.
 */
export async function fillInPullRequests(deps: Deps, { place, backfill, signal }: Slice): Promise<false> {
  let progress: BackfillProgress = { ...backfill, phase: "pull requests" };
  for (let page = 0; page < pagesAtOnce && progress.phase === "pull requests" && !signal.aborted; page += 1) {
    const { readings, configuration, ...read } = await readConfigured(deps, place, progress.cursor);
    for (const reading of readings) {
      const pull = { ...place, number: reading.facts.number };
      const { source: decision } = await judgeAsHeard(deps, pull, { reading, configuration });
      await keepCredits(deps, { installationId: place.installationId, reading, decision });
    }
    progress = {
      ...progress,
      phase: read.next === null ? "commits" : "pull requests",
      cursor: read.next,
      pullsTotal: read.total,
      pullsDone: progress.pullsDone + readings.length,
    };
    const saved = { progress, now: deps.clock() };
    await deps.database.query.transaction().execute((transaction) => saveProgress(transaction, place, saved));
    if (read.wait !== null) throw read.wait;
  }
  return false;
}

type ConfiguredReadings = Omit<MergedReadings, "configuration"> & { readonly configuration: Configuration };

/** A page, with all that the settings ask for; they are read along, so that one query is mostly enough. */
async function readConfigured(deps: Deps, place: BackfillPlace, after: string | null): Promise<ConfiguredReadings> {
  const asked = wishesOf(await settingsLastInForce(deps.database, place));
  const first = await readAsAllowed(deps, place, { after, ...asked });
  const configuration = await settingsInForce(deps.database, { ...place, texts: first.read.configuration });
  const wanted = wishesOf(configuration);
  const isEnough = (asked.wantsComments || !wanted.wantsComments) && (asked.wantsFiles || !wanted.wantsFiles);
  const { client, read } = isEnough ? first : await readAsAllowed(deps, place, { after, ...wanted });
  return { ...read, readings: await addSuperseded(client, read.readings), configuration };
}

interface Wishes {
  readonly wantsComments: boolean;
  readonly wantsFiles: boolean;
}

function wishesOf({ credit }: Configuration): Wishes {
  const wantsFiles = Object.values(credit.paths).some((globs) => (globs ?? []).length > 0);
  return { wantsComments: credit.commenters, wantsFiles };
}

/** Where issues may not be read, all is known but who reported them. */
async function readAsAllowed(
  { octokitFor }: Deps,
  { installationId, repositoryId, owner, name }: BackfillPlace,
  wishes: Wishes & { readonly after: string | null },
): Promise<{ readonly client: GitHubClient; readonly read: MergedReadings }> {
  const wish = { owner, name, configurationPath, ...wishes };
  const { issues, ...others } = permissions;
  try {
    const client = octokitFor(installationId, { repositoryId, permissions: { ...others, issues } });
    return { client, read: required(await readMergedPullRequests(client, wish)) };
  } catch (error) {
    if (!(error instanceof MissingPermission) || error.permissions.join() !== "issues: read") throw error;
    const narrower = octokitFor(installationId, { repositoryId, permissions: others });
    return { client: narrower, read: required(await readMergedPullRequests(narrower, wish)) };
  }
}

function required(read: MergedReadings | null): MergedReadings {
  if (read === null) throw new NotThere("the repository is not there, or not shown to the installation");
  return read;
}
