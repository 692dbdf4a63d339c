import { builtInPlaybooks } from "../../render/built-in-playbooks.ts";
import type { Deps } from "../deps.ts";
import { type FoundPlaybook, findPlaybook, type PlaybookSearch } from "./open-playbook.ts";

/**
 * The playbooks that can be used there, each name once: what `findPlaybook` finds. Throws what GitHubClient throws.
 */
export async function listPlaybooks(deps: Deps, search: PlaybookSearch): Promise<readonly FoundPlaybook[]> {
  const findings = await Promise.all(builtInPlaybooks().map((name) => findPlaybook(deps, search, name)));
  return findings.flatMap((finding) => (finding.ok ? [finding.found] : []));
}
