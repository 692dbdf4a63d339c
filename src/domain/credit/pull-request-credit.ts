import type { Found } from "./claims.ts";
import type { Identity } from "./identity.ts";
import type { Role } from "./roles.ts";

/** Somebody on one pull request. */
export interface CreditedPerson {
  /** What makes it this person: an account's id, an address, an assistant's name. Never shown. */
  readonly key: string;
  /** The account's number; null where GitHub tells of no account. */
  readonly id: number | null;
  /** The account's login as GitHub gives it now, to show and to link. */
  readonly login: string | null;
  /** What to call them, without addresses; empty where they go by nothing that can be seen. */
  readonly name: string;
  /** The name of the assistant that it is, or null for a human. */
  readonly assistant: string | null;
  /** The names and addresses that commits give for them, those most used first. Addresses are not for showing. */
  readonly identities: readonly Identity[];
}

/** Why somebody has credit. */
export interface PullRequestEvidence {
  readonly kind:
    | "commit"
    | "trailer"
    | "review"
    | "issue"
    | "superseded pull request"
    | "comment"
    | "files"
    | "command";
  readonly url: string;
  /** What tells it from others of its kind: a commit's short id, a number as `#12`, a review's state, a count of files. */
  readonly label: string;
  /** Which reading found it, where it stands in a commit. Absent for those whom only GitHub reads there. */
  readonly found?: Found;
}

/** One person in one role, and why. */
export interface PullRequestCredit {
  readonly person: CreditedPerson;
  readonly role: Role;
  readonly evidence: readonly PullRequestEvidence[];
  /** Whom a mentor taught. */
  readonly mentees?: readonly CreditedPerson[];
}

/** A trailer that names nobody by a well-formed `Name <address>`. */
export interface UnattributedTrailer {
  readonly role: Role;
  readonly key: string;
  /** As it stands in the commit. It may hold an address. */
  readonly text: string;
  readonly sha: string;
  readonly url: string;
}

/** Everybody's credit on one pull request; lists are in the order of the roles, then by name. */
export interface PullRequestCredits {
  readonly credits: readonly PullRequestCredit[];
  /** Apart from people, unless the configuration counts them among them or hides them. */
  readonly assistants: readonly PullRequestCredit[];
  readonly unattributed: readonly UnattributedTrailer[];
  /** The human who answers for what assistants did: the pull request's author, else who merged it. */
  readonly accountable: CreditedPerson | null;
}

/** What a repository's configuration says about credit. */
export interface CreditSettings {
  readonly assistants: "section" | "count" | "hide" | "forbid";
  /** Whether commenting makes a helper of those who have no other credit. */
  readonly commenters: boolean;
  /** Keys of trailers that the repository adds, as in `rolesByTrailerKey`. */
  readonly trailers: Readonly<Record<string, Role>>;
  /** The roles that whoever wrote commits has as well, by the paths that the pull request changes. */
  readonly paths: Readonly<Partial<Record<Role, (path: string) => boolean>>>;
  readonly isExcluded: (login: string) => boolean;
  /** Who asked not to be listed, by their accounts' numbers. */
  readonly unlisted?: ReadonlySet<number>;
}
