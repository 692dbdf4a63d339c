import type { CommandForm } from "../command/credit-help.ts";
import type { NamedPerson } from "../credit/named-person.ts";
import type { Some } from "../credit/some.ts";
import type { RunState } from "./run.ts";

/** What a reply says about playbooks. */
export type PlaybookReplyPart =
  | { readonly kind: "playbooks"; readonly playbooks: Some<PlaybookLine> }
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

interface PlaybookLine {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly lifecycle: "experimental" | "production" | "deprecated";
}

export interface PlaybookShown extends PlaybookLine {
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
