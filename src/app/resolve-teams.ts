import { MissingPermission, NotThere } from "../github/errors.ts";
import { readTeamMembers } from "../github/read-team-members.ts";
import type { Deps } from "./deps.ts";

/** Who is in the teams that settings name. */
export interface ResolvedTeams {
  /** The logins of each, by its name, as `acme/platform`. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Those that the app may not see, or that are not there. */
  readonly unknown: readonly string[];
}

/** Asks GitHub who is in teams, each once; nothing is asked where none is named. Throws what GitHubClient throws. */
export async function resolveTeams(
  { octokitFor }: Pick<Deps, "octokitFor">,
  installationId: number,
  names: readonly string[],
): Promise<ResolvedTeams> {
  const members = new Map<string, readonly string[]>();
  const unknown: string[] = [];
  for (const name of new Set(names)) {
    const found = await readOne(name);
    if (found === null) unknown.push(name);
    else members.set(name, found);
  }
  return { members, unknown };

  async function readOne(name: string): Promise<readonly string[] | null> {
    try {
      return await readTeamMembers(octokitFor(installationId, { permissions: { members: "read" } }), name);
    } catch (error) {
      if (error instanceof MissingPermission || error instanceof NotThere) return null;
      throw error;
    }
  }
}
