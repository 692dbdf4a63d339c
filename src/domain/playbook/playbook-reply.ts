import type { CommandForm } from "../command/credit-help.ts";
import type { NamedPerson } from "../credit/named-person.ts";
import type { Some } from "../credit/some.ts";
import type { Manifest } from "./manifest-schema.ts";
import type { RunState } from "./run.ts";

/** What a reply says about playbooks. */
export type PlaybookReplyPart =
  | {
      readonly kind: "playbooks";
      readonly playbooks: Some<ListedPlaybook>;
      /** What is wrong with whole sources, in Markdown that is safe as it is. */
      readonly mistakes: readonly string[];
    }
  | ({ readonly kind: "playbook" } & PlaybookShown)
  /** What keeps a plan from being made; each mistake a line that may quote what somebody wrote. */
  | {
      readonly kind: "answers";
      readonly source: string;
      readonly mistakes: Some<string>;
      /** The command as it could be written, the one line of a block; null where that would be of no help. */
      readonly again: readonly string[] | null;
    }
  | { readonly kind: "plans"; readonly plans: Some<PlanLine> }
  | { readonly kind: "cancelled"; readonly hash: string; readonly target: string }
  | { readonly kind: "playbook help"; readonly forms: readonly CommandForm[] };

/** A playbook in a list. */
export interface ListedPlaybook {
  readonly name: string;
  /** The source as the settings name it; null for what comes with the product. */
  readonly from: string | null;
  /** What it says of itself, as its authors wrote it. Null where it is broken. */
  readonly about: Pick<Manifest, "title" | "description" | "version" | "lifecycle"> | null;
  /** What is wrong with it, in Markdown that is safe as it is. */
  readonly mistake: string | null;
}

export interface PlaybookShown extends Pick<Manifest, "name" | "title" | "description" | "version" | "lifecycle"> {
  readonly license: string;
  readonly visibility: "public" | "private" | "internal";
  readonly inputs: readonly { readonly name: string; readonly help: string; readonly takes: string }[];
  readonly counts: {
    readonly files: number;
    readonly labels: number;
    readonly milestones: number;
    readonly issues: number;
  };
  readonly authors: readonly NamedPerson[];
  readonly use: { readonly runs: number; readonly teams: number };
  /** The least to write to use it. */
  readonly example: string;
}

interface PlanLine {
  readonly hash: string;
  readonly target: string;
  readonly playbook: string;
  readonly state: RunState;
  readonly cause: string | null;
  /** Of the repository, where it is made; else null. */
  readonly url: string | null;
}
