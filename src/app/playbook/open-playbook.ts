import { checkPlaybook } from "../../domain/playbook/check-playbook.ts";
import type { PlanSource } from "../../domain/playbook/plan.ts";
import type { Playbook } from "../../domain/playbook/playbook.ts";
import { builtInFolder } from "../../render/built-in-playbooks.ts";
import { readPlaybookFolder } from "../../render/read-playbook-folder.ts";
import type { Deps } from "../deps.ts";

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
 * product. Throws what GitHubClient throws.
 */
export async function findPlaybook(_deps: Deps, _search: PlaybookSearch, name: string): Promise<PlaybookFinding> {
  const playbook = await openBuiltIn(name);
  if (playbook === null) return { ok: false, mistake: "There is no such playbook." };
  return { ok: true, found: { playbook, source: { kind: "built-in" } } };
}

/**
 * The playbook of a plan, exactly as it was when the plan was made: at the plan's commit, whatever its tag says by now. Null
 * where it cannot be had any more. Throws what GitHubClient throws.
 */
export async function reopenPlaybook(
  _deps: Deps,
  { source, name }: { readonly installationId: number; readonly source: PlanSource; readonly name: string },
): Promise<Playbook | null> {
  return source.kind === "built-in" ? openBuiltIn(name) : null;
}

async function openBuiltIn(name: string): Promise<Playbook | null> {
  const folder = builtInFolder(name);
  if (folder === null) return null;
  const check = checkPlaybook(await readPlaybookFolder(folder));
  return check.ok ? check.playbook : null;
}
