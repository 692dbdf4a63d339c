import { readConfiguration } from "../../domain/config/read-configuration.ts";
import type { PlaybookError } from "../../domain/playbook/playbook.ts";
import { decidePlaybookCheck, type PlaybookCheckRun, playbookCheckName } from "../../domain/playbook/playbook-check.ts";
import { foldersOfPath } from "../../domain/playbook/playbook-folders.ts";
import { isNamedIn } from "../../domain/playbook/source-name.ts";
import { readChangedFiles } from "../../github/playbook/read-changed-files.ts";
import type { PullRequestReading } from "../../github/read-pull-request.ts";
import { renderPlaybookCheck } from "../../render/render-playbook-check.ts";
import type { Deps, PullRequestPlace } from "../deps.ts";
import type { ConfiguredReading } from "../read-as-configured.ts";
import { tryToCheck } from "../try-to-check.ts";
import { testFolder } from "./test-folder.ts";
import { type OpenSource, patience, withSource } from "./with-source.ts";

/** How many playbooks of one pull request are looked at. */
const most = 20;

/**
 * Tells on a commit of an open pull request whether the playbooks that it changes are in order, where the organisation's
 * settings name the repository as a source. Of all other repositories nothing more is asked. Throws what GitHubClient throws,
 * and a UserError where git cannot.
 */
export async function checkProposedPlaybooks(
  deps: Deps,
  place: PullRequestPlace,
  { client, reading, sha }: Pick<ConfiguredReading, "client" | "reading"> & { readonly sha: string | null },
): Promise<void> {
  if (sha === null || reading.facts.state !== "open" || !isSource(reading)) return;
  const proposal = { place, sha, repository: reading.facts.repository };
  const signal = AbortSignal.timeout(patience);
  const check = await judge(deps, { ...proposal, signal }, await changed(client, place)).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    return refuse("To fetch this commit takes too long.");
  });
  const words = renderPlaybookCheck(check, deps.templates.playbookCheck);
  await tryToCheck(deps, place, {
    kind: "set check",
    sha,
    name: playbookCheckName,
    conclusion: check.conclusion,
    ...words,
  });
}

/** The organisation's settings came along with the pull request. */
function isSource({ facts: { repository }, configuration: texts }: PullRequestReading): boolean {
  if (texts.organization === null) return false;
  const read = readConfiguration(texts.organization);
  return read.ok && isNamedIn(read.configuration.playbooks.sources, repository);
}

/** The folders in which something changes; null where it may be all. */
async function changed(
  client: ConfiguredReading["client"],
  place: PullRequestPlace,
): Promise<ReadonlySet<string> | null> {
  const paths = await readChangedFiles(client, place);
  return paths === null ? null : new Set(paths.flatMap(foldersOfPath));
}

interface Proposal {
  readonly place: PullRequestPlace;
  readonly sha: string;
  readonly repository: PullRequestReading["facts"]["repository"];
  readonly signal: AbortSignal;
}

async function judge(
  deps: Deps,
  { place: { installationId }, sha, repository, signal }: Proposal,
  folders: ReadonlySet<string> | null,
): Promise<PlaybookCheckRun> {
  if (folders?.size === 0) return decidePlaybookCheck([], 0);
  const { id, isPrivate, url } = repository;
  const source = { installationId, id, isPrivate, url, commit: sha };
  return withSource(deps, { source, signal }, async (open) => {
    const there = await open.folders();
    if (there === null) return refuse("There are more files than anybody can look through.");
    const touched = [...there.values()].filter((folder) => folders === null || folders.has(folder)).toSorted();
    const judged = [];
    for (const folder of touched.slice(0, most)) {
      judged.push({ folder, errors: await judgeFolder(deps, open, { key: `${id} ${sha} ${folder}`, sha, folder }) });
    }
    return decidePlaybookCheck(judged, touched.length - judged.length);
  });
}

/** What is wrong with the commit as a whole. */
function refuse(message: string): PlaybookCheckRun {
  return decidePlaybookCheck([{ folder: ".", errors: [{ path: "", line: null, message }] }], 0);
}

/** All that `playbook lint` and `playbook test` would tell of a folder; kept, as a commit never changes. */
async function judgeFolder(
  { playbookCache, templates }: Deps,
  open: OpenSource,
  { key, sha, folder }: { readonly key: string; readonly sha: string; readonly folder: string },
): Promise<readonly PlaybookError[]> {
  const known = playbookCache.verdicts.get(key);
  if (known !== undefined) return known;
  const check = await open.check(folder);
  const wrong = check.ok ? check.notes : check.errors;
  const renderer = { render: templates.renderUntrusted };
  const tested = check.ok
    ? await testFolder(
        { directory: await open.directory(), playbook: check.playbook, renderer },
        { commit: sha, folder },
      )
    : [];
  const found = [...wrong, ...tested].slice(0, 100);
  playbookCache.verdicts.set(key, found, 1);
  return found;
}
