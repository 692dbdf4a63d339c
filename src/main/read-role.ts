import { UserError } from "../domain/errors.ts";

/** What a process does: take in and show, work on what was taken in, or both. */
export type Role = "web" | "worker" | "all";

const roles: readonly Role[] = ["web", "worker", "all"];

/**
 * Reads ROLE. Throws a UserError where it is none, or where there is not what several processes need: a GitHub that is
 * not one process's own, and a database that each can open.
 */
export function readRole(environment: NodeJS.ProcessEnv, isInSandbox: boolean): Role {
  const text = environment["ROLE"] || "all";
  const role = roles.find((name) => name === text);
  if (role === undefined) {
    throw new UserError(`ROLE is ${JSON.stringify(text)}; give web, worker or all`, { misuse: true });
  }
  if (role !== "all" && isInSandbox) {
    throw new UserError(`ROLE=${role} needs an app on GitHub: give its credentials, or leave ROLE out`, {
      misuse: true,
    });
  }
  if (role !== "all" && !environment["DATABASE_URL"]) {
    throw new UserError(
      `ROLE=${role} needs DATABASE_URL: only PostgreSQL can be shared; leave ROLE out for one process`,
      {
        misuse: true,
      },
    );
  }
  return role;
}
