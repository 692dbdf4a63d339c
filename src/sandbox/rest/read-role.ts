import { type RepositoryRole, repositoryRoles } from "../model/account.ts";
import { invalid } from "../refusal.ts";

/** The role that a request names, in old words or new ones. Throws a Refusal where it names none. */
export function readRole(text: string, resource: string): Exclude<RepositoryRole, "none"> {
  const role = { pull: "read", push: "write" }[text] ?? text;
  const known = repositoryRoles.find((name) => name === role);
  if (known === undefined || known === "none") throw invalid({ resource, field: "permission", code: "invalid" });
  return known;
}
