import { canSee, isAtLeast, may, type Need, roleOf } from "../identity/access.ts";
import type { Access } from "../model/app.ts";
import type { Issue } from "../model/issue.ts";
import type { Repository } from "../model/repository.ts";
import type { Context } from "./context.ts";
import { notAccessible, Problem } from "./problem.ts";

/** Throws what GitHub answers to an app that was not granted to read this kind of thing. */
export function requireRead({ caller }: Context, repository: Repository, ...permissions: readonly string[]): void {
  const need: Need = { role: "read", permissions: permissions.map((name): [string, Access] => [name, "read"]) };
  if (!may(caller, repository, need)) throw notAccessible();
}

export function requireReadIssue(context: Context, { repository, pull }: Issue): void {
  requireRead(context, repository, pull === null ? "issues" : "pull_requests");
}

/** What a mutation needs, and the name by which GitHub refuses it. */
export interface Asked extends Need {
  readonly mutation: string;
}

/** Throws what GitHub answers to whoever may not, and where nobody may, as the repository is archived. */
export function requireWrite({ caller, viewer }: Context, repository: Repository, { mutation, ...need }: Asked): void {
  if (!canSee(caller, repository)) {
    throw new Problem(
      "NOT_FOUND",
      `Could not resolve to a Repository with the name '${repository.owner.login}/${repository.name}'.`,
    );
  }
  if (!may(caller, repository, need)) {
    if (caller.kind === "installation") throw notAccessible();
    const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
    throw new Problem("FORBIDDEN", `${viewer.login} does not have the correct permissions to execute \`${name}\``);
  }
  if (repository.archived) throw new Problem("FORBIDDEN", "Repository was archived so is read-only.");
}

/** Whether the caller could do it. */
export function canWrite({ caller }: Context, repository: Repository, need: Need): boolean {
  return !repository.archived && may(caller, repository, need);
}

/** What changing somebody's words needs: to be who wrote them, or to keep the repository. */
export function needToEdit({ viewer }: Context, author: object, ...permissions: readonly string[]): Need {
  return {
    role: author === viewer ? "read" : "write",
    permissions: permissions.map((name): [string, Access] => [name, "write"]),
  };
}

export function permissionsFor({ pull }: Issue): readonly string[] {
  return pull === null ? ["issues"] : ["issues", "pull_requests"];
}

/** Whether a locked conversation is closed to the caller. */
export function isShut({ caller }: Context, { locked, repository }: Issue): boolean {
  return locked && caller.kind === "user" && !isAtLeast(roleOf(caller.account, repository), "write");
}
