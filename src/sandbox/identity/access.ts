import type { Account, RepositoryRole } from "../model/account.ts";
import { repositoryRoles } from "../model/account.ts";
import type { Access, App, Installation, Permissions } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { teamsOf } from "../model/team.ts";
import { notAccessible, notFound, Refusal } from "../refusal.ts";

/** Who asks. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "user"; readonly account: Account }
  | { readonly kind: "app"; readonly app: App }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      readonly repositories: ReadonlySet<Repository> | null;
      readonly token: string;
    };

/** What a request needs: of a person a role, of an app one of these permissions. */
export interface Need {
  readonly role: RepositoryRole;
  readonly permissions: readonly (readonly [name: string, access: Access])[];
  /** Whether it may be done to an archived repository too, as bringing it back. */
  readonly evenArchived?: boolean;
}

/** What a person may do with a repository: the most that ownership, membership, teams, invitation or its being public give. */
export function roleOf(account: Account, repository: Repository): RepositoryRole {
  if (account.deleted) return "none";
  const { owner } = repository;
  const membership = owner.organization?.members.get(account);
  if (owner === account || membership === "admin") return "admin";
  const rights: RepositoryRole[] = [repository.private ? "none" : "read"];
  if (membership === "member") rights.push(owner.organization?.defaultRepositoryPermission ?? "none");
  rights.push(repository.collaborators.get(account) ?? "none");
  for (const { members, repositories } of teamsOf(owner)) {
    if (members.has(account)) rights.push(repositories.get(repository) ?? "none");
  }
  return rights.reduce(strongest);
}

function strongest(one: RepositoryRole, other: RepositoryRole): RepositoryRole {
  return isAtLeast(one, other) ? one : other;
}

export function isAtLeast(role: RepositoryRole, least: RepositoryRole): boolean {
  return repositoryRoles.indexOf(role) >= repositoryRoles.indexOf(least);
}

/** Whether the repository is there for the caller at all. */
export function canSee(caller: Caller, repository: Repository): boolean {
  if (!repository.private) return true;
  if (caller.kind === "user") return roleOf(caller.account, repository) !== "none";
  return caller.kind === "installation" && reaches(caller, repository);
}

/** Whether an installation's token covers a repository. */
export function reaches(
  { installation, repositories }: Caller & { kind: "installation" },
  repository: Repository,
): boolean {
  if (installation.account !== repository.owner) return false;
  if (installation.repositories !== null && !installation.repositories.has(repository)) return false;
  return repositories === null || repositories.has(repository);
}

const accessLevels: readonly Access[] = ["read", "write", "admin"];

export function grants(permissions: Permissions, [name, access]: readonly [string, Access]): boolean {
  const granted = permissions[name];
  return granted !== undefined && accessLevels.indexOf(granted) >= accessLevels.indexOf(access);
}

/** Whether the caller may do it. Reading what is public needs no permission. */
export function may(caller: Caller, repository: Repository, need: Need): boolean {
  const onlyReads = need.permissions.every(([, access]) => access === "read");
  if (!repository.private && onlyReads && need.role === "read") return true;
  if (caller.kind === "user") return isAtLeast(roleOf(caller.account, repository), need.role);
  if (caller.kind !== "installation" || !reaches(caller, repository)) return false;
  return need.permissions.some((permission) => grants(caller.permissions, permission));
}

/** Throws GitHub's answer to whoever may not: 404 where they may not know, 401 or 403 where they may. */
export function requireAccess(caller: Caller, repository: Repository, need: Need): void {
  if (!canSee(caller, repository)) throw notFound();
  const writes = need.permissions.some(([, access]) => access !== "read");
  if (repository.archived && writes && need.evenArchived !== true)
    throw new Refusal(403, "Repository was archived so is read-only.");
  if (may(caller, repository, need)) return;
  if (caller.kind === "installation") throw notAccessible();
  if (caller.kind === "user")
    throw new Refusal(403, `Must have ${need.role === "write" ? "push" : need.role} access to repository`);
  throw new Refusal(401, "Requires authentication");
}

/** The account that the caller acts as. Throws where nobody is signed in, or an app as itself. */
export function actingAccount(caller: Caller): Account {
  if (caller.kind === "user") return caller.account;
  if (caller.kind === "installation") return caller.installation.app.bot;
  throw new Refusal(401, "Requires authentication");
}
