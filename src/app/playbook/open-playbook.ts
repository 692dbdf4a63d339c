import { checkPlaybook } from "../../domain/playbook/check-playbook.ts";
import type { PlanSource } from "../../domain/playbook/plan.ts";
import type { Playbook } from "../../domain/playbook/playbook.ts";
import {
  describeBrokenPlaybook,
  describeSourceProblem,
  describeUnknownPlaybook,
} from "../../domain/playbook/source-mistakes.ts";
import { builtInFolder, builtInPlaybooks } from "../../render/built-in-playbooks.ts";
import { readPlaybookFolder } from "../../render/read-playbook-folder.ts";
import type { Deps } from "../deps.ts";
import { readSearched, type SearchedSource } from "./read-searched.ts";
import { reopenSource } from "./reopen-source.ts";
import { patience, withSource } from "./with-source.ts";

/** A playbook that may be rendered, with where it comes from. */
export interface FoundPlaybook {
  readonly playbook: Playbook;
  readonly source: PlanSource;
}

/** Who looks for playbooks, and where. */
export interface PlaybookSearch {
  readonly installationId: number;
  /** The organisation's login. */
  readonly organisation: string;
  /** As the organisation's settings name them: `acme/playbooks@v3`. */
  readonly sources: readonly string[];
  /** Whether everybody can read where it is asked: then nothing from a private repository is found. */
  readonly isPublic: boolean;
}

export type PlaybookFinding =
  | { readonly ok: true; readonly found: FoundPlaybook }
  /** What is wrong, as a sentence in Markdown that is safe as it is. */
  | { readonly ok: false; readonly mistake: string };

/**
 * Finds the playbook of that name: in the organisation's sources, in their order, or among those that come with the
 * product. A source that cannot be read, or a playbook that is broken, is told of and not passed over: what comes after it is
 * not what was meant. Throws what GitHubClient throws, and a UserError where git cannot.
 */
export async function findPlaybook(deps: Deps, search: PlaybookSearch, name: string): Promise<PlaybookFinding> {
  const signal = AbortSignal.timeout(patience);
  const known: string[] = [];
  for (const searched of await readSearched(deps, search)) {
    const finding = await lookIn(deps, { searched, signal, name });
    if ("ok" in finding) return finding;
    known.push(...finding.names);
  }
  const playbook = await openBuiltIn(name);
  if (playbook === null) {
    return { ok: false, mistake: describeUnknownPlaybook(name, [...known, ...builtInPlaybooks()]) };
  }
  return { ok: true, found: { playbook, source: { kind: "built-in" } } };
}

/**
 * The playbook of a plan, exactly as it was when the plan was made: at the plan's commit, whatever its tag says by now. Null
 * where it cannot be had any more. Throws what GitHubClient throws, and a UserError where git cannot.
 */
export async function reopenPlaybook(
  deps: Deps,
  {
    installationId,
    source,
    name,
  }: { readonly installationId: number; readonly source: PlanSource; readonly name: string },
): Promise<Playbook | null> {
  if (source.kind === "built-in") return openBuiltIn(name);
  const reopened = await reopenSource(deps, { installationId, source });
  if (reopened === null) return null;
  const signal = AbortSignal.timeout(patience);
  const check = await withSource(deps, { source: reopened, signal }, (open) => open.check(source.folder));
  return check.ok && check.playbook.manifest.name === name ? check.playbook : null;
}

/** What a source has of that name; the names that it has where there is none. */
async function lookIn(
  deps: Deps,
  { searched, signal, name }: { searched: SearchedSource; signal: AbortSignal; name: string },
): Promise<PlaybookFinding | { readonly names: readonly string[] }> {
  const { written, problem } = searched;
  if (problem !== null) return { ok: false, mistake: describeSourceProblem(problem, written) };
  const { source } = searched;
  try {
    return await withSource(deps, { source, signal }, async (open) => {
      const folders = await open.folders();
      if (folders === null) return { ok: false, mistake: describeSourceProblem("too much", written) };
      const folder = folders.get(name);
      if (folder === undefined) return { names: [...folders.keys()] };
      const check = await open.check(folder);
      if (!check.ok) return { ok: false, mistake: describeBrokenPlaybook({ name, source: written }, check.errors) };
      return { ok: true, found: { playbook: check.playbook, source: toPlanSource(searched, folder) } };
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    return { ok: false, mistake: describeSourceProblem("too slow", written) };
  }
}

function toPlanSource(
  { source, name, ref }: Extract<SearchedSource, { readonly problem: null }>,
  folder: string,
): PlanSource {
  const { id, isPrivate, commit } = source;
  return { kind: "repository", id, name, isPrivate, folder, commit, ref };
}

async function openBuiltIn(name: string): Promise<Playbook | null> {
  const folder = builtInFolder(name);
  if (folder === null) return null;
  const check = checkPlaybook(await readPlaybookFolder(folder));
  return check.ok ? check.playbook : null;
}
