import type { WrittenAnswers } from "../playbook/answer-text.ts";

/** What `/playbook` asks for. */
export type PlaybookCommand =
  | { readonly kind: "list" }
  | { readonly kind: "cancel" }
  | { readonly kind: "status" }
  | { readonly kind: "retry" }
  | { readonly kind: "help" }
  | { readonly kind: "show"; readonly name: string }
  /** To plan a new repository, or what one that is there lacks. */
  | { readonly kind: "use" | "apply"; readonly name: string; readonly answers: WrittenAnswers }
  /** The first digits of a plan's hash, in lower case: eight at least. */
  | { readonly kind: "confirm"; readonly hash: string };
