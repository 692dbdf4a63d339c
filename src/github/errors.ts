/** The app is no longer installed there: a state, and no error of anybody's. */
export class InstallationGone extends Error {
  override readonly name = "InstallationGone";
  readonly installationId: number;

  constructor(installationId: number, options: { cause?: unknown } = {}) {
    super(`installation ${installationId} is gone`, options);
    this.installationId = installationId;
  }
}

/** The installation's owner has suspended it. */
export class InstallationSuspended extends Error {
  override readonly name = "InstallationSuspended";
  readonly installationId: number;

  constructor(installationId: number, options: { cause?: unknown } = {}) {
    super(`installation ${installationId} is suspended`, options);
    this.installationId = installationId;
  }
}

/** What was asked for needs a permission that the installation has not granted. */
export class MissingPermission extends Error {
  override readonly name = "MissingPermission";
  /** As `checks: write`, and `issues: write or pull_requests: write` where one would do; empty where GitHub does not tell. */
  readonly permissions: readonly string[];

  constructor(permissions: readonly string[], options: { cause?: unknown } = {}) {
    super(`the installation has not granted ${permissions.join(", ") || "a permission that this needs"}`, options);
    this.permissions = permissions;
  }
}

/** It does not exist, exists no longer, or is not shown to this installation. */
export class NotThere extends Error {
  override readonly name = "NotThere";
}

/** Nobody can write there now: the repository is archived, or the conversation locked. */
export class ReadOnly extends Error {
  override readonly name = "ReadOnly";
}

/** GitHub answered a query with errors of its own; the first is in the message. */
export class QueryFailed extends Error {
  override readonly name = "QueryFailed";
}

/** Whether a request that ended in this error may have been carried out all the same: GitHub failed, or was not heard. */
export function mayHaveHappened(error: unknown): boolean {
  return (statusOf(error) ?? 0) >= 500;
}

/** The status of an answer that Octokit threw; 500 where there was none, as after a timeout. */
export function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("status" in error)) return null;
  return typeof error.status === "number" ? error.status : null;
}
