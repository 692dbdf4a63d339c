import type { Manifest } from "./manifest-schema.ts";
import type { RenderedFile, RenderedIssue, RenderedPlaybook, RenderedRepository } from "./rendered-playbook.ts";

/** Where a playbook comes from: a folder of a repository at a commit, or this product. */
export type PlanSource =
  | {
      readonly kind: "repository";
      readonly id: number;
      /** As `owner/name`. */
      readonly name: string;
      readonly isPrivate: boolean;
      readonly folder: string;
      /** The commit's id, and the tag or branch by which it was found. */
      readonly commit: string;
      readonly ref: string;
    }
  | { readonly kind: "built-in" };

/** Whether the repository is made, or is there and gets what it lacks, by a pull request. */
export type PlanTarget =
  | { readonly kind: "new" }
  | {
      readonly kind: "existing";
      readonly repositoryId: number;
      /** The branch that the pull request is for. */
      readonly branch: string;
      /** The paths of files that are there already, and stay as they are. */
      readonly kept: readonly string[];
    };

/** Somebody with an account. */
export interface PlanPerson {
  readonly id: number;
  readonly login: string;
  /** As they call themselves; null where they say nothing. */
  readonly name: string | null;
}

/** A file as the plan names it: what it will be, without its bytes. */
export interface PlannedFile extends Pick<RenderedFile, "path" | "mode" | "isRendered"> {
  readonly size: number;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
  /** Whether GitHub takes it by a request of its own, because it is no text. */
  readonly isBinary: boolean;
}

/** Exactly what a run does, as data. Nothing in it has been done. */
export interface Plan {
  readonly schema: 1;
  readonly playbook: Pick<Manifest, "name" | "title" | "version" | "lifecycle" | "license" | "authors">;
  readonly source: PlanSource;
  readonly requester: PlanPerson;
  readonly inputs: RenderedPlaybook["inputs"];
  readonly target: PlanTarget;
  readonly repository: RenderedRepository;
  readonly files: readonly PlannedFile[];
  readonly issues: readonly RenderedIssue[];
  readonly commit: {
    readonly title: string;
    /** Whole lines: who gets credit for the one commit. */
    readonly trailers: readonly string[];
  };
  readonly cost: {
    /** To GitHub, where nothing has to be asked twice. */
    readonly requests: number;
    /** At GitHub's pace, rounded up. */
    readonly seconds: number;
  };
}

/** A plan by its hash, which stands for all of it. */
export interface NamedPlan {
  readonly plan: Plan;
  /** SHA-256 over the plan's canonical form, in hexadecimal digits. People are shown eight of them: see `shortHash`. */
  readonly hash: string;
}

/** What people see of a plan's hash, and write to confirm it. */
export function shortHash({ hash }: Pick<NamedPlan, "hash">): string {
  return hash.slice(0, 8);
}
