import { type Caller, grants, roleOf } from "../../identity/access.ts";
import type { RepositoryRole } from "../../model/account.ts";
import { fullName, type Repository } from "../../model/repository.ts";

/** Whether a repository is of the type that a list asks for. */
export function isOfType(repository: Repository, type: string): boolean {
  if (type === "public") return !repository.private;
  if (type === "private") return repository.private;
  return type !== "forks";
}

/** Repositories in the order that a list asks for. */
export function sortRepositories(
  repositories: readonly Repository[],
  { sort = "created", direction }: { sort?: string; direction?: "asc" | "desc" },
): Repository[] {
  const keys: Record<string, (repository: Repository) => string> = {
    created: ({ createdAt, id }) => `${createdAt.toISOString()} ${id}`,
    updated: ({ updatedAt }) => updatedAt.toISOString(),
    pushed: ({ pushedAt }) => pushedAt.toISOString(),
    full_name: (repository) => fullName(repository).toLowerCase(),
  };
  const key = keys[sort] ?? fullName;
  const order = (direction ?? (sort === "full_name" ? "asc" : "desc")) === "asc" ? 1 : -1;
  return repositories.toSorted((one, other) => (key(one) < key(other) ? -order : order));
}

/** What the caller may do, as answers tell it; null where nobody is signed in. */
export function callerRole(caller: Caller, repository: Repository): RepositoryRole | null {
  if (caller.kind === "user") return roleOf(caller.account, repository);
  if (caller.kind !== "installation") return null;
  if (grants(caller.permissions, ["administration", "write"])) return "admin";
  return grants(caller.permissions, ["contents", "write"]) ? "write" : "read";
}
