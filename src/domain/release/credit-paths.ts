import { type Role, roles } from "../credit/roles.ts";
import type { ReleaseCredit } from "./acknowledge.ts";

/** Which paths give a role to whoever changes them, as `CreditSettings` has it. */
export type PathRoles = Readonly<Partial<Record<Role, (path: string) => boolean>>>;

/**
 * Adds the roles that authors have by the paths which their work changes, behind the credits that are there. `pathsOf` gives
 * the paths of a work; none for one that is nobody's own, as a merge.
 */
export function creditPathsOfRelease(
  credits: readonly ReleaseCredit[],
  { paths, pathsOf }: { readonly paths: PathRoles; readonly pathsOf: (work: string) => readonly string[] },
): readonly ReleaseCredit[] {
  const added = credits
    .filter(({ role }) => role === "author")
    .flatMap((credit) => {
      const changed = pathsOf(credit.work);
      return roles.filter((role) => changed.some((path) => paths[role]?.(path))).map((role) => ({ ...credit, role }));
    });
  return [...credits, ...added];
}
