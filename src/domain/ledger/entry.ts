import type { PullRequestEvidence } from "../credit/pull-request-credit.ts";
import type { Role } from "../credit/roles.ts";

/** Somebody as the ledger knows them. */
export interface LedgerPerson {
  /** `account:101`, `address:<keyed hash>`, `assistant:<name>`, or `name:<name>`. Never shown. */
  readonly key: string;
  /** Null where no account is known. */
  readonly accountId: number | null;
  readonly name: string;
}

/** Why somebody has credit, and where it can be seen. */
export interface Evidence {
  readonly kind: PullRequestEvidence["kind"];
  readonly url: string;
  /** What tells it from others of its kind, such as a commit's short id. */
  readonly label: string;
}

/** One person in one role for one subject. */
export interface LedgerEntry {
  readonly person: LedgerPerson;
  readonly role: Role;
  /** Whether it stands apart from people, as an assistant's. */
  readonly isAssistant: boolean;
  readonly state: "promised" | "landed" | "lost";
  /** Since when it counts: the merge's moment, or the commit's. Null while it is promised. */
  readonly countedAt: Date | null;
  readonly evidence: readonly Evidence[];
  /** Whom a mentor taught here; empty in every other role. */
  readonly mentees: readonly LedgerPerson[];
}
