import type { Role } from "../credit/roles.ts";

/** What `/credit` asks for. Logins are as written, each once, whatever its case. */
export type CreditCommand =
  | {
      readonly kind: "give";
      readonly people: readonly string[];
      readonly roles: readonly Role[];
      /** Whom the people mentored; only with the role of a mentor. */
      readonly mentees: readonly string[];
    }
  | {
      readonly kind: "remove";
      readonly people: readonly string[];
      /** Null for all that they have here. */
      readonly roles: readonly Role[] | null;
    }
  /** About one person, or null for everybody. */
  | { readonly kind: "why" | "tally"; readonly login: string | null }
  /** To thank people in the release of a tag. */
  | { readonly kind: "release"; readonly tag: string }
  | { readonly kind: "never-me" | "forget-me" | "help" };
