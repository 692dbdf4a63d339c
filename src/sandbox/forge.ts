import { join } from "node:path";
import type { Account } from "./model/account.ts";
import type { Delivery } from "./model/app.ts";
import type { Repository } from "./model/repository.ts";
import type { State } from "./model/state.ts";
import type { Happening } from "./webhooks/happening.ts";

/** The GitHub of this machine: what all of its doors (REST, GraphQL, git, pages) act on. */
export interface Forge {
  readonly state: State;
  /** Where the git repositories lie. */
  readonly folder: string;
  /** Roots of links: `http://127.0.0.1:4000`, and the same with `/api/v3`. No slash at the end. */
  readonly web: string;
  readonly api: string;
  readonly clock: () => Date;
  /** As crypto.randomBytes; seeded where a run must be repeatable. */
  readonly randomBytes: (size: number) => Buffer;
  /** Tells the apps that are installed there, in the background; the payload shows the moment of the call. */
  readonly announce: (happening: Happening) => Promise<void>;
  /** Sends a webhook once more, in the background. */
  readonly redeliver: (delivery: Delivery) => void;
  /** Runs what changes the refs of a repository, one at a time. */
  readonly inTurn: <T>(repository: Repository, work: () => Promise<T>) => Promise<T>;
}

/** The bare repository in which git keeps a repository's objects and refs. */
export function gitDirectory(forge: Pick<Forge, "folder">, repository: Repository): string {
  return join(forge.folder, `${repository.id}.git`);
}

/** Who does something: the account it is shown as, and the app, where one does it. */
export interface Actor {
  readonly account: Account;
  readonly viaAppId: number | null;
}
