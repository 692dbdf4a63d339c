import { checkPlaybook } from "../../domain/playbook/check-playbook.ts";
import type { PlaybookCheck } from "../../domain/playbook/playbook.ts";
import type { ListedPlaybook } from "../../domain/playbook/playbook-reply.ts";
import { describeBrokenPlaybook, describeSourceProblem } from "../../domain/playbook/source-mistakes.ts";
import { builtInFolder, builtInPlaybooks } from "../../render/built-in-playbooks.ts";
import { readPlaybookFolder } from "../../render/read-playbook-folder.ts";
import type { Deps } from "../deps.ts";
import type { PlaybookSearch } from "./open-playbook.ts";
import { readSearched, type SearchedSource } from "./read-searched.ts";
import { patience, withSource } from "./with-source.ts";

export interface PlaybookList {
  /** By their names, each as `findPlaybook` would find it. */
  readonly playbooks: readonly ListedPlaybook[];
  /** What is wrong with whole sources, in Markdown that is safe as it is. */
  readonly mistakes: readonly string[];
  /** How many more there are. */
  readonly more: number;
}

const most = 50;

/** Lists the playbooks that can be asked for. Throws what GitHubClient throws, and a UserError where git cannot. */
export async function listPlaybooks(deps: Deps, search: PlaybookSearch): Promise<PlaybookList> {
  const signal = AbortSignal.timeout(patience);
  const listed = new Map<string, ListedPlaybook>();
  const mistakes: string[] = [];
  let more = 0;
  for (const searched of await readSearched(deps, search)) {
    if (searched.problem !== null) {
      mistakes.push(describeSourceProblem(searched.problem, searched.written));
      continue;
    }
    const found = await listSource(deps, { searched, signal, listed });
    if (typeof found === "number") more += found;
    else mistakes.push(found.mistake);
  }
  for (const name of builtInPlaybooks()) {
    if (listed.has(name)) continue;
    const check = checkPlaybook(await readPlaybookFolder(builtInFolder(name) ?? ""));
    listed.set(name, toListed({ name, from: null }, check));
  }
  const playbooks = [...listed.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return { playbooks, mistakes, more };
}

interface Listing {
  readonly searched: Extract<SearchedSource, { readonly problem: null }>;
  readonly signal: AbortSignal;
  /** What was listed until now, of which a source adds to. */
  readonly listed: Map<string, ListedPlaybook>;
}

/** Adds what a source has and no source before it; says how many there was no room for. */
async function listSource(
  deps: Deps,
  { searched: { written, source }, signal, listed }: Listing,
): Promise<number | { readonly mistake: string }> {
  try {
    return await withSource(deps, { source, signal }, async (open) => {
      const folders = await open.folders();
      if (folders === null) return { mistake: describeSourceProblem("too much", written) };
      const names = [...folders.keys()].filter((name) => !listed.has(name)).toSorted();
      const shown = names.slice(0, Math.max(0, most - listed.size));
      for (const name of shown) {
        signal.throwIfAborted();
        const check = await open.check(folders.get(name) ?? "");
        listed.set(name, toListed({ name, from: written }, check));
      }
      return names.length - shown.length;
    });
  } catch (error) {
    if (!signal.aborted) throw error;
    return { mistake: describeSourceProblem("too slow", written) };
  }
}

function toListed({ name, from }: Pick<ListedPlaybook, "name" | "from">, check: PlaybookCheck): ListedPlaybook {
  if (!check.ok) {
    const mistake = describeBrokenPlaybook({ name, source: from ?? "built in" }, check.errors);
    return { name, from, about: null, mistake };
  }
  const { title, description, version, lifecycle } = check.playbook.manifest;
  return { name, from, about: { title, description, version, lifecycle }, mistake: null };
}
