import type { Identity } from "./identity.ts";

/** A commit, as far as credit goes. */
export interface Commit {
  /** The full object id. */
  readonly id: string;
  readonly author: Identity;
  /** The whole message, without the headers. */
  readonly message: string;
}
