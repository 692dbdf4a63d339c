import { roles } from "../domain/credit/roles.ts";
import type { TalliedPerson } from "../store/rank-people.ts";
import { personPath } from "./links.ts";

const nameless = "Somebody without a name";

/** Somebody in a table; they have a page where their account is known. */
export function viewPerson(
  owner: string,
  { accountId, login, name }: Pick<TalliedPerson, "accountId" | "login" | "name">,
) {
  const href = accountId === null || login === null ? null : personPath(owner, login);
  return { name: name || nameless, login, href };
}

/** The same with what they did. */
export function viewTallied(owner: string, person: TalliedPerson) {
  const { works, first, last } = person;
  return { ...viewPerson(owner, person), works, first, last, roles: viewRoles(person) };
}

/** How many in each role, in the order in which roles are shown. */
export function viewRoles({ roles: counts }: Pick<TalliedPerson, "roles">) {
  return roles.flatMap((role) => {
    const count = counts[role] ?? 0;
    return count === 0 ? [] : [{ role, count }];
  });
}
